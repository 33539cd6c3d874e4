package dev.migaki.datasets.balance;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.similarity.Shingles;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How many truly different texts a dataset has: the Vendi score of order 2 (Pasarkar and Dieng,
 * "Cousins of the Vendi Score", 2023), which is 1 over the sum of the squared eigenvalues of K/n.
 * That sum is the squared Frobenius norm, so no eigensolver is needed. K is the cosine similarity
 * of the character 5-gram sets. n copies of one text give 1, n texts with nothing in common give n.
 */
final class Diversity {
  /** n² similarities are computed; a sample of this size takes well under a second. */
  static final int MOST_SAMPLED = 500;

  private Diversity() {}

  /** The score of a sample that depends on content alone. */
  static double of(List<String> texts) {
    List<Shingles> sample =
        texts.stream()
            .sorted(
                Comparator.comparingLong((String text) -> ContentHash.of(text).number())
                    .thenComparing(Comparator.naturalOrder()))
            .limit(MOST_SAMPLED)
            .map(Shingles::of)
            .toList();
    int n = sample.size();
    if (n == 0) {
      return 0;
    }
    double[] rows =
        IntStream.range(0, n).mapToDouble(i -> squaredSimilarities(sample, i)).toArray();
    double sum = 0;
    for (double row : rows) {
      sum += row;
    }
    return Spread.rounded((double) n * n / sum);
  }

  private static double squaredSimilarities(List<Shingles> sample, int i) {
    double sum = 0;
    for (int j = 0; j < sample.size(); j++) {
      double cosine = i == j ? 1 : sample.get(i).cosine(sample.get(j));
      sum += cosine * cosine;
    }
    return sum;
  }
}
