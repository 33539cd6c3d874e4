package dev.migaki.cli.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SoakDocumentsTest {
  private static final int DOCUMENTS = 5000;
  private static final int DATASETS = 3;

  /** Counted as ingest sees them: bytes that lie there under another name make no event. */
  @Test
  void shouldTellOfAllButExactDuplicates() {
    // Given
    Set<ByteBuffer> contents = new HashSet<>();
    for (int number = 0; number < DOCUMENTS; number++) {
      contents.add(ByteBuffer.wrap(SoakDocuments.document(number, DATASETS).content()));
      // When
      int told = SoakDocuments.told(number + 1);
      // Then
      assertThat(told).isEqualTo(contents.size());
    }
    assertThat(contents).hasSize(DOCUMENTS * 19 / 20);
  }

  @Test
  void shouldGiveNewVersionsTheDatasetOfTheirDocument() {
    // When
    Map<String, Set<Integer>> datasets = new HashMap<>();
    for (int number = 0; number < DOCUMENTS; number++) {
      SoakDocuments.Document document = SoakDocuments.document(number, DATASETS);
      datasets.computeIfAbsent(document.name(), name -> new HashSet<>()).add(document.dataset());
    }
    // Then
    assertThat(datasets).hasSize(DOCUMENTS * 19 / 20);
    assertThat(datasets.values()).allMatch(some -> some.size() == 1);
  }

  @Test
  void shouldBeSmall() {
    assertThat(IntStream.range(0, DOCUMENTS).mapToObj(n -> SoakDocuments.document(n, 1).content()))
        .allMatch(content -> content.length >= 130 && content.length <= 280);
  }
}
