package dev.migaki.deploy.rest;

import dev.migaki.platform.openai.ChatCompletion.Usage;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;

/** What the endpoint does, in numbers. */
@ApplicationScoped
public class ServingMetrics {
  private final Timer duration;
  private final Counter promptTokens;
  private final Counter completionTokens;

  ServingMetrics(MeterRegistry registry) {
    this.duration =
        Timer.builder("migaki.chat.duration")
            .description("Time from a chat request to the end of its answer")
            .register(registry);
    this.promptTokens =
        Counter.builder("migaki.chat.prompt.tokens")
            .description("Tokens of the prompts that were answered")
            .register(registry);
    this.completionTokens =
        Counter.builder("migaki.chat.completion.tokens")
            .description("Tokens of the answers")
            .register(registry);
  }

  void answered(Usage counts, Instant started, Instant ended) {
    duration.record(Duration.between(started, ended));
    promptTokens.increment(counts.promptTokens());
    completionTokens.increment(counts.completionTokens());
  }
}
