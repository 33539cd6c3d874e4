package dev.migaki.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class NearDuplicateIndexTest {

  private static final double THRESHOLD = 0.7;
  private static final long SEED = 5;

  @Test
  void shouldFindWhatSharesABandAndIsSimilarHoweverManyTextsThereAre() {
    // Given
    Random random = new Random(SEED);
    List<String> texts = new ArrayList<>();
    Map<Long, List<Integer>> bands = new HashMap<>();
    NearDuplicateIndex index = new NearDuplicateIndex(THRESHOLD, texts::get);

    for (int number = 0; number < 20_000; number++) {
      String text = number % 5 == 4 ? copy(texts, random) : text(random);
      Shingles shingles = Shingles.of(text);

      // When
      List<Integer> found = index.similarTo(shingles);

      // Then
      assertThat(found)
          .as("seed %d, text %d", SEED, number)
          .isEqualTo(expected(shingles, texts, bands));
      texts.add(text);
      assertThat(index.add(shingles)).isEqualTo(number);
      for (long key : keys(shingles)) {
        bands.computeIfAbsent(key, k -> new ArrayList<>()).add(number);
      }
    }
  }

  @Test
  void shouldFindNothingLikeATextWithoutLetters() {
    // Given
    List<String> texts = List.of("!!!", "Returns are free of charge.", "???");
    NearDuplicateIndex index = new NearDuplicateIndex(THRESHOLD, texts::get);
    texts.forEach(text -> index.add(Shingles.of(text)));

    // Then
    assertThat(index.similarTo(Shingles.of("..."))).isEmpty();
    assertThat(index.similarTo(Shingles.of("Returns are free of charge!"))).containsExactly(1);
  }

  private static List<Integer> expected(
      Shingles shingles, List<String> texts, Map<Long, List<Integer>> bands) {
    TreeSet<Integer> candidates = new TreeSet<>();
    for (long key : keys(shingles)) {
      candidates.addAll(bands.getOrDefault(key, List.of()));
    }
    return candidates.stream()
        .filter(number -> Shingles.of(texts.get(number)).jaccard(shingles) >= THRESHOLD)
        .toList();
  }

  private static long[] keys(Shingles shingles) {
    return shingles.size() == 0 ? new long[0] : MinHash.bandKeys(shingles);
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int length = random.nextInt(30);
    for (int i = 0; i < length; i++) {
      text.append((char) ('a' + random.nextInt(26)));
    }
    return text.toString();
  }

  private static String copy(List<String> texts, Random random) {
    String original = texts.get(random.nextInt(texts.size()));
    return original.isEmpty() ? "x" : original.substring(1) + "z";
  }
}
