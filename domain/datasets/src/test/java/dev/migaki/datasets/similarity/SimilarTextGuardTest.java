package dev.migaki.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.spill.SpillSpace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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

  private SpillSpace space;

  @BeforeEach
  void open(@TempDir Path directory) {
    space = new SpillSpace(directory);
  }

  @AfterEach
  void close() {
    space.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 2500})
  void shouldAgreeWithComparingEverythingWhenTextsAreRandom(int count) {
    // Given
    Random random = new Random(7);
    List<Shingles> known = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    SimilarTextGuard guard = new SimilarTextGuard(0.7, space);
    List<Set<Integer>> found = new ArrayList<>();
    List<Set<Integer>> expected = new ArrayList<>();

    // When: asked again and again while texts are added, alone and to groups
    for (int i = 0; i < count; i++) {
      String text = i % 3 == 2 ? changed(texts.get(i - 1), random) : text(random);
      texts.add(text);
      known.add(Shingles.of(text));
      int number = i % 3 == 2 ? guard.addToGroup(text) : guard.add(text);
      assertThat(number).isEqualTo(i);
      if (i % 4 == 0) {
        String asked = i % 8 == 0 ? text(random) : changed(texts.get(random.nextInt(i)), random);
        found.add(similar(guard, asked));
        expected.add(similar(known, Shingles.of(asked)));
        assertThat(guard.knows(asked)).isEqualTo(!found.get(found.size() - 1).isEmpty());
      }
    }

    // Then
    assertThat(found).isEqualTo(expected).contains(Set.of()).anyMatch(some -> some.size() > 1);
  }

  private static Set<Integer> similar(SimilarTextGuard guard, String text) {
    Set<Integer> numbers = new TreeSet<>();
    guard.anySimilar(
        text,
        number -> {
          assertThat(numbers.add(number)).as("offered once").isTrue();
          return false;
        });
    return numbers;
  }

  private static Set<Integer> similar(List<Shingles> known, Shingles text) {
    Set<Integer> numbers = new TreeSet<>();
    for (int i = 0; i < known.size(); i++) {
      if (known.get(i).jaccard(text) >= 0.7) {
        numbers.add(i);
      }
    }
    return numbers;
  }

  @Test
  void shouldRememberFoldedTextsWhenTheyAreMany() {
    // Given
    TextSet set = new TextSet();

    // When
    for (int i = 0; i < 5000; i++) {
      assertThat(set.add("Question number " + i + "?")).isTrue();
    }

    // Then
    assertThat(set.add("question NUMBER 17")).isFalse();
    assertThat(set.contains("ＱＵＥＳＴＩＯＮ number 4999")).isTrue();
    assertThat(set.contains("question number 5000")).isFalse();
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
