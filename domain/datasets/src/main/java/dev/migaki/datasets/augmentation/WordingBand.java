package dev.migaki.datasets.augmentation;

import dev.migaki.metrics.Chrf;

/**
 * How far a training wording may be from the question that it rewords, by chrF (Popović 2015): one
 * that is nearer teaches nothing new, one that is farther has mostly become another question, as by
 * two exchanged words.
 *
 * <p>Keywords are not measured: all of them are words of the question, and the letters between them
 * are what they leave out.
 */
final class WordingBand {
  private static final double LEAST = 30;
  private static final double MOST = 95;
  private static final String KEYWORDS = "-keywords";

  private WordingBand() {}

  /** Whether the wording is neither too near to the question nor too far from it. */
  static boolean holds(String question, Wording wording) {
    if (wording.template().contains(KEYWORDS)) {
      return true;
    }
    double chrf = Chrf.score(wording.question(), question);
    return chrf >= LEAST && chrf <= MOST;
  }
}
