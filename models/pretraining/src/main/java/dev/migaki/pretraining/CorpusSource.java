package dev.migaki.pretraining;

import java.util.List;
import java.util.Random;

/** One kind of corpus lines. */
interface CorpusSource {

  /** Name in the recipe's quotas. */
  String name();

  /**
   * Makes about {@code characters} characters of lines, fewer when the material is exhausted.
   *
   * @param random seeded by recipe and name, so that a source does not change when another one does
   */
  List<CorpusLine> lines(int characters, Random random);
}
