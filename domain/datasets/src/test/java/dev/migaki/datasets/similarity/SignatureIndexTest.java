package dev.migaki.datasets.similarity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignatureIndexTest {
  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz      あいうえおかきくけこ水器";
  private static final int TEXTS = 3000;
  private static final int LENGTH = 300;

  @TempDir private Path directory;

  @Test
  void shouldFindNearlyAllPlantedCopiesAndNothingElseWhenTextsAreRandom() throws IOException {
    // Given
    Random random = new Random(7);
    SignatureIndex index = SignatureIndex.inMemory();
    String[] texts = new String[TEXTS];
    for (int i = 0; i < TEXTS; i++) {
      texts[i] = text(random);
      index.add("t" + i, texts[i]);
    }
    // When
    int found = 0;
    int wrong = 0;
    for (int i = 0; i < TEXTS; i++) {
      String expected = "t" + i;
      List<SignatureIndex.Match> matches =
          index.similarTo(changed(texts[i], random, LENGTH / 60), 0.7);
      found += matches.stream().anyMatch(m -> m.id().equals(expected)) ? 1 : 0;
      wrong += matches.stream().anyMatch(m -> !m.id().equals(expected)) ? 1 : 0;
    }
    // Then
    assertThat((double) found / TEXTS).isGreaterThanOrEqualTo(0.98);
    assertThat(wrong).isZero();
  }

  @Test
  void shouldKnowTextsAgainWhenOpenedAfterItWasNotClosed() throws IOException {
    // Given
    SignatureIndex killed = SignatureIndex.open(directory);
    killed.add("a", "The filter lasts for six months in a normal household.");
    killed.add("b", "Free shipping starts at eighty dollars for members of the club.");
    // When
    try (SignatureIndex again = SignatureIndex.open(directory)) {
      // Then
      assertThat(again.size()).isEqualTo(2);
      assertThat(again.similarTo("the filter lasts for SIX months, in a normal household", 0.7))
          .singleElement()
          .satisfies(match -> assertThat(match.id()).isEqualTo("a"))
          .satisfies(match -> assertThat(match.exact()).isTrue());
      assertThat(again.id(1)).contains("b");
    }
  }

  @Test
  void shouldReplaceATextWhenItsIdComesAgain() throws IOException {
    // Given
    SignatureIndex index = SignatureIndex.inMemory();
    index.add("a", "The filter lasts for six months in a normal household.");
    // When
    index.add("a", "Free shipping starts at eighty dollars for members of the club.");
    // Then
    assertThat(index.similarTo("The filter lasts for six months in a normal household.", 0.7))
        .isEmpty();
    assertThat(index.similarTo("Free shipping starts at eighty dollars for members.", 0.6))
        .extracting(SignatureIndex.Match::id)
        .containsExactly("a");
  }

  @Test
  void shouldLeaveNoIdInItsFilesWhenATextIsRemoved() throws IOException {
    // Given
    String id = "document-of-a-customer-4711";
    try (SignatureIndex index = SignatureIndex.open(directory)) {
      index.add(id, "My parcel has not arrived yet, please look for it.");
      // When
      boolean known = index.remove(id);
      boolean again = index.remove(id);
      // Then
      assertThat(known).isTrue();
      assertThat(again).isFalse();
      assertThat(index.similarTo("My parcel has not arrived yet, please look for it.", 0.5))
          .isEmpty();
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.filter(f -> f.getFileName().toString().startsWith("ids")).toList()) {
        String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        assertThat(bytes.contains(id)).isFalse();
      }
    }
  }

  @Test
  void shouldStayFastWhenThousandsOfTextsAreTheSame() throws IOException {
    // Given
    SignatureIndex index = SignatureIndex.inMemory();
    Set<Integer> sizes = new HashSet<>();
    // When
    for (int i = 0; i < 2000; i++) {
      sizes.add(
          index.findAndAdd("t" + i, "This text is the same everywhere, word by word.", 0.7).size());
    }
    // Then
    assertThat(sizes).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(64));
    assertThat(sizes).contains(0, 1, 64);
  }

  @Test
  void shouldSayWhatIsWrongWhenTheDirectoryHoldsSomethingElse() throws IOException {
    // Given
    byte[] other = new byte[4096];
    other[0] = 1;
    Files.write(directory.resolve("header-0000.bin"), other);
    // When / Then
    assertThatThrownBy(() -> SignatureIndex.open(directory))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("another kind or version of index");
  }

  private static String text(Random random) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < LENGTH; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private static String changed(String text, Random random, int changes) {
    StringBuilder changed = new StringBuilder(text);
    for (int i = 0; i < changes; i++) {
      changed.setCharAt(random.nextInt(changed.length()), (char) ('a' + random.nextInt(26)));
    }
    return changed.toString();
  }
}
