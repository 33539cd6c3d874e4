package dev.migaki.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.contracts.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is special about files; the promises of every store are in test-support's contract test. */
class FileArtifactStoreTest {

  private static final byte[] CONTENT = "返品は30日以内に承ります。".getBytes(StandardCharsets.UTF_8);

  @Test
  void shouldRefuseToOpenWhenTheFileWasChanged(@TempDir Path root) throws IOException {
    // Given
    FileArtifactStore store = new FileArtifactStore(root);
    ArtifactRef artifact = store.put(CONTENT, "text/plain");
    Files.writeString(root.resolve(artifact.location()), "tampered");

    // When / Then
    assertThatThrownBy(() -> store.open(artifact))
        .isInstanceOfSatisfying(
            ArtifactFailure.class,
            failure -> {
              assertThat(failure.code()).isEqualTo("ARTIFACT_CHECKSUM_MISMATCH");
              assertThat(failure.retriable()).isFalse();
            })
        .hasMessageContaining(artifact.sha256())
        .hasMessageNotContaining("tampered");
  }

  @Test
  void shouldRepairTheFileWhenTheSameContentIsStoredAgain(@TempDir Path root) throws IOException {
    // Given
    FileArtifactStore store = new FileArtifactStore(root);
    ArtifactRef artifact = store.put(CONTENT, "text/plain");
    Files.writeString(root.resolve(artifact.location()), "tampered");

    // When
    ArtifactRef again = store.put(CONTENT, "text/plain");

    // Then
    assertThat(again).isEqualTo(artifact);
    assertThat(store.read(artifact)).isEqualTo(CONTENT);
  }

  @Test
  void shouldStoreAllWhenTheyAreStoredTogether(@TempDir Path root) throws Exception {
    // Given
    FileArtifactStore store = new FileArtifactStore(root);
    ArtifactRef before = store.put(CONTENT, "text/plain");
    byte[] forgotten = "forgotten again".getBytes(StandardCharsets.UTF_8);

    // When
    List<ArtifactRef> stored =
        store.together(
            () -> {
              store.delete(store.put(forgotten, "text/plain"));
              ArtifactRef known = store.put(CONTENT, "text/plain");
              return List.of(known, store.together(() -> store.put(new byte[] {1}, "text/plain")));
            });

    // Then
    assertThat(stored.get(0)).isEqualTo(before);
    assertThat(store.read(stored.get(0))).isEqualTo(CONTENT);
    assertThat(store.read(stored.get(1))).containsExactly(1);
  }

  @Test
  void shouldLeaveNothingBehindWhenTheSourceFails(@TempDir Path root) throws IOException {
    // Given
    FileArtifactStore store = new FileArtifactStore(root);

    // When / Then
    assertThatThrownBy(() -> store.put(new BrokenStream(), "text/plain"))
        .isInstanceOfSatisfying(
            ArtifactFailure.class, failure -> assertThat(failure.retriable()).isTrue());
    try (Stream<Path> files = Files.walk(root)) {
      assertThat(files.filter(Files::isRegularFile)).isEmpty();
    }
  }

  @Test
  void shouldIgnoreTheLocationWhenItPointsOutsideTheStore(@TempDir Path root) throws IOException {
    // Given
    Path outside = Files.writeString(root.resolve("outside"), "secret");
    FileArtifactStore store = new FileArtifactStore(root.resolve("store"));
    ArtifactRef real = store.put(CONTENT, "text/plain");

    // When
    ArtifactRef forged =
        new ArtifactRef("../outside", real.sha256(), real.sizeBytes(), "text/plain");
    store.delete(forged);

    // Then
    assertThat(outside).exists();
    assertThat(store.exists(real)).isFalse();
  }

  private static final class BrokenStream extends InputStream {

    @Override
    public int read() throws IOException {
      throw new IOException("the sender hung up");
    }
  }
}
