package dev.migaki.datasets.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Passage;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PassageBatchTest {
  private static final int MAX = 500;

  private static Passage passage(String text, @Nullable String label) {
    return new Passage(text, label, "en");
  }

  private static List<PassageBatch> pack(List<Passage> passages) {
    List<Integer> all = IntStream.range(0, passages.size()).boxed().toList();
    return PassageBatch.pack(passages, all, MAX);
  }

  /** The values found where {@code wanted} stands in the batches. */
  private static List<List<Finding>> found(List<Passage> passages, String wanted) {
    List<List<Finding>> found = PassageBatch.nothing(passages);
    for (PassageBatch batch : pack(passages)) {
      String text = batch.text();
      for (int at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) {
        batch.report(at, at + wanted.length(), FindingType.PERSON, 0.8, "test", found);
      }
    }
    return found;
  }

  @Test
  void shouldPutShortPassagesIntoOneRequestWithTheirLabels() {
    // Given
    List<Passage> passages =
        List.of(passage("Aiko Mori", "Name"), passage("—", null), passage("Aiko Mori left.", null));

    // When
    List<PassageBatch> batches = pack(passages);

    // Then
    assertThat(batches)
        .extracting(PassageBatch::text)
        .containsExactly("Name: Aiko Mori\n\nAiko Mori left.");
    List<List<Finding>> found = found(passages, "Aiko Mori");
    assertThat(found.get(0)).extracting(Finding::start, Finding::end).containsExactly(at(0, 9));
    assertThat(found.get(1)).isEmpty();
    assertThat(found.get(2)).extracting(Finding::start, Finding::end).containsExactly(at(0, 9));
  }

  private static org.assertj.core.groups.Tuple at(int start, int end) {
    return org.assertj.core.groups.Tuple.tuple(start, end);
  }

  @Test
  void shouldCutAFindingWhereItsPassagesEnd() {
    // Given
    List<Passage> passages = List.of(passage("by Aiko", null), passage("Mori", null));
    List<List<Finding>> found = PassageBatch.nothing(passages);

    // When
    pack(passages).get(0).report(3, 13, FindingType.PERSON, 0.8, "test", found);

    // Then
    assertThat(found.get(0)).extracting(Finding::start, Finding::end).containsExactly(at(3, 7));
    assertThat(found.get(1)).extracting(Finding::start, Finding::end).containsExactly(at(0, 4));
  }

  /** A name at each place of a long text, however it is written: never lost at a cut. */
  @ParameterizedTest
  @ValueSource(strings = {"word ", "Sentence. ", "字", "😀", "文。"})
  void shouldFindANameAtEveryPlaceOfALongText(String filling) {
    String name = "Aiko F. Mori";
    for (int before = 0; before < 1400 / filling.length(); before++) {
      // Given
      String text =
          filling.repeat(before) + name + " " + filling.repeat(1400 / filling.length() - before);
      List<Passage> passages = List.of(passage(text, "label"));

      // When
      List<List<Finding>> found = found(passages, name);

      // Then
      int start = filling.length() * before;
      assertThat(found.get(0)).as("after %d", before).isNotEmpty();
      assertThat(found.get(0))
          .extracting(Finding::start, Finding::end)
          .containsOnly(at(start, start + name.length()));
    }
  }

  @Test
  void shouldKeepBoundsAndCoverEverythingWhateverTheText() {
    Random random = new Random(17);
    String[] pieces = {"a", " ", ". ", "。", "\n", "😀", "漢字", "long-word-without-an-end"};
    for (int round = 0; round < 300; round++) {
      // Given
      List<Passage> passages = new ArrayList<>();
      for (int i = 0; i < 1 + random.nextInt(4); i++) {
        StringBuilder text = new StringBuilder("x");
        for (int n = random.nextInt(900); n > 0; n--) {
          text.append(pieces[random.nextInt(pieces.length)]);
        }
        passages.add(passage(text.toString(), random.nextBoolean() ? "label" : null));
      }

      // When
      List<PassageBatch> batches = pack(passages);

      // Then
      List<List<Finding>> found = PassageBatch.nothing(passages);
      for (PassageBatch batch : batches) {
        String text = batch.text();
        assertThat(text.length()).isLessThanOrEqualTo(MAX);
        assertThat(Character.isLowSurrogate(text.charAt(0))).isFalse();
        assertThat(Character.isHighSurrogate(text.charAt(text.length() - 1))).isFalse();
        batch.report(0, text.length(), FindingType.PERSON, 0.8, "all", found);
      }
      for (int i = 0; i < passages.size(); i++) {
        int covered = 0;
        for (Finding finding : found.get(i)) {
          assertThat(finding.start()).isLessThanOrEqualTo(covered);
          covered = Math.max(covered, finding.end());
        }
        assertThat(covered).isEqualTo(passages.get(i).text().length());
      }
    }
  }
}
