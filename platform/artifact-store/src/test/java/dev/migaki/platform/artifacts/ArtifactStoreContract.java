package dev.migaki.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.contracts.ArtifactRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every artifact store promises; real stores and the fake extend this with the store they
 * test.
 */
abstract class ArtifactStoreContract {

  private static final byte[] CONTENT = "配送料は全国一律500円です。\n".getBytes(StandardCharsets.UTF_8);

  /** An empty store. */
  abstract ArtifactStore emptyStore() throws IOException;

  @Test
  void shouldReturnTheSameBytesWhenRead() throws IOException {
    // Given
    ArtifactStore store = emptyStore();

    // When
    ArtifactRef artifact = store.put(CONTENT, "text/plain");

    // Then
    assertThat(store.read(artifact)).isEqualTo(CONTENT);
    assertThat(artifact.sizeBytes()).isEqualTo(CONTENT.length);
    assertThat(artifact.mediaType()).isEqualTo("text/plain");
    assertThat(artifact.location())
        .isEqualTo("sha256/" + artifact.sha256().substring(0, 2) + "/" + artifact.sha256());
  }

  @Test
  void shouldGiveTheSameReferenceWhenTheSameBytesAreStoredTwice() throws IOException {
    // Given
    ArtifactStore store = emptyStore();
    ArtifactRef first = store.put(CONTENT, "text/plain");

    // When
    ArtifactRef second = store.put(CONTENT.clone(), "text/plain");

    // Then
    assertThat(second).isEqualTo(first);
    assertThat(store.read(first)).isEqualTo(CONTENT);
  }

  @Test
  void shouldKeepLargeContentWhenStreamedFromAFile(@TempDir Path directory) throws IOException {
    // Given
    ArtifactStore store = emptyStore();
    byte[] large = new byte[3_000_001];
    new Random(7).nextBytes(large);
    Path source = Files.write(directory.resolve("large"), large);
    Path target = directory.resolve("copy");

    // When
    ArtifactRef artifact = store.put(source, "application/octet-stream");
    store.copyTo(artifact, target);

    // Then
    assertThat(target).hasBinaryContent(large);
  }

  @Test
  void shouldKeepEmptyContent() throws IOException {
    // Given
    ArtifactStore store = emptyStore();

    // When
    ArtifactRef artifact = store.put(new byte[0], "text/plain");

    // Then
    assertThat(store.read(artifact)).isEmpty();
    assertThat(artifact.sha256())
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  }

  @Test
  void shouldFailForGoodWhenNothingLiesThere() throws IOException {
    // Given
    ArtifactStore store = emptyStore();
    ArtifactRef artifact = store.put(CONTENT, "text/plain");
    store.delete(artifact);

    // When / Then
    assertThat(store.exists(artifact)).isFalse();
    assertThatThrownBy(() -> store.open(artifact))
        .isInstanceOfSatisfying(
            ArtifactFailure.class,
            failure -> {
              assertThat(failure.kind()).isEqualTo(ArtifactFailure.Kind.ARTIFACT_MISSING);
              assertThat(failure.retriable()).isFalse();
            });
  }

  @Test
  void shouldRefuseWhenTheReferencePromisesAnotherSize() throws IOException {
    // Given
    ArtifactStore store = emptyStore();
    ArtifactRef artifact = store.put(CONTENT, "text/plain");
    ArtifactRef wrong =
        new ArtifactRef(
            artifact.location(), artifact.sha256(), artifact.sizeBytes() + 1, "text/plain");

    // When / Then
    assertThatThrownBy(() -> store.open(wrong))
        .isInstanceOfSatisfying(
            ArtifactFailure.class,
            failure -> assertThat(failure.code()).isEqualTo("ARTIFACT_CHECKSUM_MISMATCH"));
  }

  @Test
  void shouldDoNothingWhenDeletedTwice() throws IOException {
    // Given
    ArtifactStore store = emptyStore();
    ArtifactRef artifact = store.put(CONTENT, "text/plain");
    store.delete(artifact);

    // When / Then
    assertThatCode(() -> store.delete(artifact)).doesNotThrowAnyException();
  }
}
