package dev.migaki.datasets.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A dataset that leans to one side. A warning stops nothing: a support desk may well have one large
 * FAQ; somebody should know it.
 *
 * @param kind {@code source}, {@code topic}, {@code language} or {@code question-type}
 * @param name which of them
 * @param share of all originals, 0 to 1
 * @param message says what, and what to do
 */
public record BalanceWarning(String kind, String name, double share, String message) {
  /** Below that many examples every share is large. */
  private static final int LEAST_EXAMPLES = 20;

  private static final double LARGE_SOURCE = 0.25;
  private static final double LARGE_TOPIC = 0.30;
  private static final double LARGE_TYPE = 0.70;
  private static final double SMALL_LANGUAGE = 0.10;

  /** How many times its even share a category must have to be over-represented. */
  private static final double TIMES_EVEN = 3;

  static List<BalanceWarning> of(Spread sources, Spread topics, Spread languages, Spread types) {
    List<BalanceWarning> warnings = new ArrayList<>();
    if (sources.total() < LEAST_EXAMPLES) {
      return warnings;
    }
    tooLarge(
        warnings,
        "source",
        sources,
        LARGE_SOURCE,
        "one document gives %.0f %% of the examples; its style and its errors will weigh as much."
            + " Add other documents on the same matters, or split the dataset");
    tooLarge(
        warnings,
        "topic",
        topics,
        LARGE_TOPIC,
        "%.0f %% of the questions are about one topic; the model will be weaker on the others");
    tooLarge(
        warnings,
        "question-type",
        types,
        LARGE_TYPE,
        "%.0f %% of the questions ask in one way; other ways of asking are trained less");
    for (Spread.Share language : languages.largest(Integer.MAX_VALUE)) {
      if (language.share() < SMALL_LANGUAGE) {
        warnings.add(
            new BalanceWarning(
                "language",
                language.name(),
                language.share(),
                String.format(
                    Locale.ROOT,
                    "only %.1f %% of the examples are in this language; do not promise answers in"
                        + " it",
                    language.share() * 100)));
      }
    }
    return warnings;
  }

  private static void tooLarge(
      List<BalanceWarning> warnings, String kind, Spread spread, double bound, String message) {
    int distinct = spread.counts().size();
    for (Spread.Share share : spread.largest(3)) {
      boolean timesEven = distinct < TIMES_EVEN || share.share() * distinct >= TIMES_EVEN;
      if (distinct > 1 && share.share() >= bound && timesEven) {
        warnings.add(
            new BalanceWarning(
                kind,
                share.name(),
                share.share(),
                String.format(Locale.ROOT, message, share.share() * 100)));
      }
    }
  }
}
