package dev.migaki.pretraining;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Writes the corpus of the quick-start base model: {@code CorpusMain RECIPE INPUT OUTPUT}. OUTPUT
 * gets {@code corpus.jsonl} and {@code held-out.jsonl} (every 400th line).
 */
public final class CorpusMain {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int HELD_OUT_EVERY = 400;

  private CorpusMain() {}

  /**
   * @throws IOException when input is missing or output cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    if (arguments.length != 3) {
      throw new IllegalArgumentException("usage: CorpusMain RECIPE INPUT OUTPUT");
    }
    CorpusBuilder builder =
        CorpusBuilder.over(Path.of(arguments[1]), CorpusRecipe.read(Path.of(arguments[0])));
    Map<String, List<CorpusLine>> bySource = builder.bySource();
    bySource.forEach(
        (name, lines) ->
            System.out.printf(
                "%-32s %8d lines %10d characters%n",
                name, lines.size(), lines.stream().mapToLong(CorpusLine::characters).sum()));
    write(builder.mixed(bySource), Path.of(arguments[2]));
  }

  private static void write(List<CorpusLine> lines, Path directory) throws IOException {
    Files.createDirectories(directory);
    try (BufferedWriter corpus = Files.newBufferedWriter(directory.resolve("corpus.jsonl"));
        BufferedWriter heldOut = Files.newBufferedWriter(directory.resolve("held-out.jsonl"))) {
      for (int i = 0; i < lines.size(); i++) {
        BufferedWriter target = i % HELD_OUT_EVERY == HELD_OUT_EVERY - 1 ? heldOut : corpus;
        target.write(JSON.writeValueAsString(lines.get(i).toJson()));
        target.newLine();
      }
    }
  }
}
