package dev.migaki.datasets.balance;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.similarity.Shingles;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
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

  private static final Comparator<Sampled> BY_CONTENT =
      Comparator.comparingLong(Sampled::hash).thenComparing(Sampled::text);

  /** The texts with the lowest hashes, the highest of them first. */
  private final PriorityQueue<Sampled> sampled = new PriorityQueue<>(BY_CONTENT.reversed());

  /** A text and what decides whether it belongs to the sample. */
  private record Sampled(long hash, String text) {}

  /** Offers a text to the sample, which depends on content alone. */
  void add(String text) {
    sampled.add(new Sampled(ContentHash.of(text).number(), text));
    if (sampled.size() > MOST_SAMPLED) {
      sampled.remove();
    }
  }

  /** The score of the sample, 0 without any text. */
  double score() {
    List<Shingles> sample =
        sampled.stream().sorted(BY_CONTENT).map(s -> Shingles.of(s.text())).toList();
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
