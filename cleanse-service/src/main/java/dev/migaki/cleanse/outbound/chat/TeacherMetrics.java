package dev.migaki.cleanse.outbound.chat;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;

/** What a teacher is asked and what it costs. */
@ApplicationScoped
class TeacherMetrics {
  private final MeterRegistry registry;

  TeacherMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * @param outcome {@code answered} or the label of a reason
   */
  void asked(String outcome) {
    Counter.builder("migaki.cleanse.teacher.passages")
        .description("Passages sent to a teacher, by what came of it")
        .tag("outcome", outcome)
        .register(registry)
        .increment();
  }

  void used(long prompt, long completion) {
    tokens("prompt").increment(prompt);
    tokens("completion").increment(completion);
  }

  private Counter tokens(String kind) {
    return Counter.builder("migaki.cleanse.teacher.tokens")
        .description("Tokens sent to and received from a teacher, as its endpoint counts them")
        .baseUnit("tokens")
        .tag("kind", kind)
        .register(registry);
  }
}
