package dev.migaki.samples;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.tika.Tika;
import org.apache.tika.exception.TikaException;
import org.apache.tika.metadata.Metadata;
import org.apache.tika.metadata.TikaCoreProperties;

/**
 * The files as they lie in the repository, read by a decoder that knows nothing of the generator.
 */
final class CommittedSamples {
  private static final Path DIRECTORY = Path.of("..").toAbsolutePath().normalize();

  /** Finding its parsers takes a while: once is enough. */
  private static final Tika TIKA = new Tika();

  /** By file; the committed files do not change while tests run. */
  private static final Map<Path, String> DECODED = new ConcurrentHashMap<>();

  private CommittedSamples() {}

  static Path file(Batch batch, String name) {
    return DIRECTORY.resolve(batch.folder()).resolve(name);
  }

  static byte[] bytes(Batch batch, String name) {
    return read(file(batch, name));
  }

  static String text(String name) throws IOException {
    return Files.readString(DIRECTORY.resolve(name));
  }

  static List<String> names(Batch batch) {
    try (Stream<Path> files = Files.list(DIRECTORY.resolve(batch.folder()))) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The decoded text with its metadata (mail headers are there), without any white space. */
  static String decoded(Batch batch, String name) throws IOException, TikaException {
    String known = DECODED.get(file(batch, name));
    if (known != null) {
      return known;
    }
    String text = decode(batch, name);
    DECODED.put(file(batch, name), text);
    return text;
  }

  private static String decode(Batch batch, String name) throws IOException, TikaException {
    Metadata metadata = new Metadata();
    metadata.set(TikaCoreProperties.RESOURCE_NAME_KEY, name);
    String text = TIKA.parseToString(new ByteArrayInputStream(bytes(batch, name)), metadata);
    StringBuilder all = new StringBuilder(text);
    for (String key : metadata.names()) {
      all.append('\n').append(String.join("\n", metadata.getValues(key)));
    }
    return withoutBlanks(all.toString());
  }

  static String withoutBlanks(String text) {
    return text.replaceAll("\\s+", "");
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
