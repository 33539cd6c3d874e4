package dev.migaki.datasets.spill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpillTest {
  @TempDir Path directory;
  private SpillSpace space;

  @BeforeEach
  void open() {
    space = new SpillSpace(directory);
  }

  @AfterEach
  void close() {
    space.close();
  }

  @Test
  void shouldGiveBackEveryRecordWhenReadInAnyOrderBetweenAdditions() {
    // Given
    Random random = new Random(5);
    SpilledRecords records = new SpilledRecords(space);
    List<byte[]> expected = new ArrayList<>();

    for (int i = 0; i < 3000; i++) {
      byte[] content = new byte[random.nextInt(i % 500 == 0 ? 200_000 : 300)];
      random.nextBytes(content);

      // When
      records.add(content);
      expected.add(content);

      // Then
      int asked = random.nextInt(records.size());
      assertThat(records.get(asked)).isEqualTo(expected.get(asked));
    }
    for (int i = 0; i < expected.size(); i++) {
      assertThat(records.get(i)).isEqualTo(expected.get(i));
    }
  }

  @Test
  void shouldReadAllThatWasWrittenWhenAFileIsLargerThanItsBuffers() throws IOException {
    // Given
    byte[] content = new byte[300_001];
    new Random(6).nextBytes(content);
    SpillFile file = space.newFile();

    // When
    file.append(content);

    // Then
    assertThat(file.sizeBytes()).isEqualTo(content.length);
    assertThat(file.readAll()).isEqualTo(content);
    assertThat(file.open().readAllBytes()).isEqualTo(content);
    assertThatThrownBy(() -> file.read(300_000, 2)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldSortByKeyAndKeepTheLastOfEqualOnesWhenThereAreManyRuns() {
    // Given
    Random random = new Random(7);
    SortedSpill sorted = new SortedSpill(space, 1000);
    TreeMap<String, String> expected = new TreeMap<>();
    for (int i = 0; i < 2000; i++) {
      Key128 key = new Key128(random.nextInt(40) - 20L, random.nextInt(20) - 10L);
      sorted.add(key, ("record " + i).getBytes(StandardCharsets.UTF_8));
      expected.put(key.digits(), "record " + i);
    }
    List<String> found = new ArrayList<>();

    // When
    sorted.forEach((key, content) -> found.add(key.digits() + "=" + text(content)));

    // Then
    assertThat(found).isEqualTo(expected.entrySet().stream().map(Object::toString).toList());
  }

  @Test
  void shouldLeaveNothingInTheDirectoryWhenAFileIsOpen() throws IOException {
    // When
    space.newFile().append("what a customer wrote".getBytes(StandardCharsets.UTF_8));

    // Then
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void shouldRefuseAnIdThatIsNoHash() {
    assertThat(Key128.of("00ff".repeat(8)).digits()).isEqualTo("00ff".repeat(8));
    assertThatThrownBy(() -> Key128.of("00FF".repeat(8)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Key128.of("1")).isInstanceOf(IllegalArgumentException.class);
  }

  private static String text(byte[] content) {
    return new String(content, StandardCharsets.UTF_8);
  }
}
