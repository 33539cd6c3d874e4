package dev.migaki.samples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Writes everything below {@code samples/}: {@code GenerateSamples <samples directory> [<Japanese
 * font>]}.
 */
public final class GenerateSamples {
  private GenerateSamples() {}

  public static void main(String[] arguments) throws IOException {
    if (arguments.length < 1) {
      throw new IllegalArgumentException("usage: GenerateSamples DIRECTORY [JAPANESE_FONT.ttf]");
    }
    Path directory = Path.of(arguments[0]);
    Optional<Path> font =
        arguments.length > 1 ? Optional.of(Path.of(arguments[1])) : Optional.empty();
    SampleFiles samples = SampleFiles.render(font);
    for (Batch batch : Batch.values()) {
      Path folder = Files.createDirectories(directory.resolve(batch.folder()));
      for (Map.Entry<String, byte[]> file : samples.files(batch).entrySet()) {
        Files.write(folder.resolve(file.getKey()), file.getValue());
      }
    }
    write(directory.resolve("planted.json"), new TruthFile(samples).write());
    write(directory.resolve("unanswerable.jsonl"), UnanswerableFile.write());
  }

  private static void write(Path file, String text) throws IOException {
    Files.write(file, text.getBytes(StandardCharsets.UTF_8));
  }
}
