package dev.migaki.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimilarTextGuardTest {

  private static final String[] WORDS = {
    "return",
    "refund",
    "order",
    "delivery",
    "how",
    "long",
    "does",
    "the",
    "take",
    "filter",
    "送料",
    "返品",
    "はいくら",
    "ですか",
    "いつ",
    "届きますか"
  };

  @ParameterizedTest
  @ValueSource(ints = {300, 2500})
  void shouldAgreeWithComparingEverythingWhenTextsAreRandom(int count) {
    // Given
    Random random = new Random(7);
    List<String> known = new ArrayList<>();
    SimilarTextGuard guard = new SimilarTextGuard(0.7);
    for (int i = 0; i < count; i++) {
      String text = text(random);
      known.add(text);
      guard.add(text, "text " + i);
    }
    List<String> asked = new ArrayList<>();
    for (int i = 0; i < 600; i++) {
      asked.add(i % 2 == 0 ? text(random) : changed(known.get(i / 2), random));
    }

    // When
    List<Boolean> found = asked.stream().map(guard::knows).toList();
    List<Set<String>> labels = asked.stream().map(guard::labelsOf).toList();

    // Then
    List<Shingles> all = known.stream().map(Shingles::of).toList();
    List<Set<String>> expected =
        asked.stream().map(text -> similar(all, Shingles.of(text))).toList();
    assertThat(labels).isEqualTo(expected);
    assertThat(found)
        .isEqualTo(expected.stream().map(similar -> !similar.isEmpty()).toList())
        .contains(true, false);
  }

  private static Set<String> similar(List<Shingles> known, Shingles text) {
    Set<String> labels = new TreeSet<>();
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).jaccard(text) >= 0.7) {
        labels.add("text " + i);
      }
    }
    return labels;
  }

  @Test
  void shouldFindNearlyAllWhenIndexedByMinHash() {
    // Given
    Random random = new Random(11);
    List<String> originals = new ArrayList<>();
    NearDuplicateIndex index = new NearDuplicateIndex(0.8, originals::get);
    for (int i = 0; i < 200; i++) {
      StringBuilder text = new StringBuilder();
      for (int j = 0; j < 8; j++) {
        text.append(text(random)).append(' ').append(random.nextInt(1000)).append(' ');
      }
      originals.add(text.toString());
      index.add(Shingles.of(text.toString()));
    }

    // When
    long found = 0;
    for (int i = 0; i < originals.size(); i++) {
      String copy = originals.get(i) + "x";
      found += index.similarTo(Shingles.of(copy)).contains(i) ? 1 : 0;
    }

    // Then
    assertThat(found).isGreaterThanOrEqualTo(198);
  }

  @Test
  void shouldIgnoreWidthCaseAndPunctuationWhenFolding() {
    // When
    String folded = TextFold.fold("ＡＢＣ-１２３  サーバー、です！");

    // Then
    assertThat(folded).isEqualTo("abc123サーバーです");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    int words = 2 + random.nextInt(6);
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(' ');
    }
    return text.toString().strip();
  }

  private static String changed(String text, Random random) {
    int at = random.nextInt(text.length());
    return text.substring(0, at) + (random.nextBoolean() ? "z" : "") + text.substring(at);
  }
}
