package dev.migaki.metrics;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Every distinct answer of a dataset: a generated answer has its source in the nearest of them. */
public final class KnownAnswers {
  private final Map<String, TokenCounts> answers = new LinkedHashMap<>();

  public KnownAnswers(Collection<String> answers) {
    answers.forEach(answer -> this.answers.computeIfAbsent(answer, TokenCounts::of));
  }

  /** Whether a known answer other than the reference has a higher token F1 with the answer. */
  boolean isAnyNearer(String answer, String reference, double f1) {
    TokenCounts asked = TokenCounts.of(answer);
    return answers.entrySet().stream()
        .anyMatch(known -> !known.getKey().equals(reference) && asked.f1(known.getValue()) > f1);
  }
}
