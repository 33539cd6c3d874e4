package dev.migaki.platform.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryArchiveTest {
  @TempDir Path directory;

  @Test
  void shouldGiveTheSameBytesForTheSameFilesAndUnpackThem() throws IOException {
    // Given
    Path model = Files.createDirectories(directory.resolve("model/sub"));
    Files.writeString(model.resolve("b.txt"), "磨き");
    Files.writeString(model.getParent().resolve("a.txt"), "polish");

    // When
    DirectoryArchive.pack(model.getParent(), directory.resolve("1.zip"));
    DirectoryArchive.pack(model.getParent(), directory.resolve("2.zip"));
    DirectoryArchive.unpack(
        Files.newInputStream(directory.resolve("1.zip")), directory.resolve("out"));

    // Then
    assertThat(directory.resolve("1.zip")).hasSameBinaryContentAs(directory.resolve("2.zip"));
    assertThat(directory.resolve("out/sub/b.txt")).hasContent("磨き");
    assertThat(directory.resolve("out/a.txt")).hasContent("polish");
  }

  @Test
  void shouldRefuseEntriesThatPointOutside() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../evil.txt"));
      zip.write(1);
    }

    assertThatThrownBy(
            () ->
                DirectoryArchive.unpack(
                    new ByteArrayInputStream(bytes.toByteArray()), directory.resolve("in")))
        .hasMessageContaining("outside");
    assertThat(directory.resolve("evil.txt")).doesNotExist();
  }
}
