package dev.migaki.lm.worker;

import dev.migaki.lm.checkpoint.Sha256;
import dev.migaki.lm.checkpoint.WeightFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** The files of a base model: what identifies it, what goes along. */
final class BaseFiles {

  private static final List<String> TOKENIZER_FILES =
      List.of(
          LlamaCheckpoint.TOKENIZER_FILE,
          "tokenizer_config.json",
          "generation_config.json",
          "special_tokens_map.json",
          "chat_template.jinja");

  private BaseFiles() {}

  /**
   * One hash of the weights, whether they are in one file or in shards.
   *
   * @throws dev.migaki.lm.InvalidModelException when there are no weights
   */
  static String sha256(Path directory) throws IOException {
    List<Path> files = WeightFiles.of(directory);
    if (files.size() == 1) {
      return Sha256.of(files.get(0));
    }
    StringBuilder all = new StringBuilder();
    for (Path file : files) {
      all.append(Sha256.of(file));
    }
    return Sha256.ofText(all.toString());
  }

  /**
   * One hash of the weights and of everything else that decides how they are trained: architecture,
   * tokenizer, templates.
   *
   * @param weightsSha256 {@link #sha256}, which takes a while to compute
   */
  static String courseSha256(Path directory, String weightsSha256) throws IOException {
    StringBuilder all = new StringBuilder(weightsSha256);
    List<String> names = new ArrayList<>(TOKENIZER_FILES);
    names.add(LlamaCheckpoint.CONFIG_FILE);
    for (String name : names) {
      Path file = directory.resolve(name);
      if (Files.exists(file)) {
        all.append('|').append(name).append(' ').append(Sha256.of(file));
      }
    }
    return Sha256.ofText(all.toString());
  }

  /** Copies tokenizer and templates to a model that was made from this one. */
  static void copyTokenizer(Path from, Path to) throws IOException {
    Files.createDirectories(to);
    for (String name : TOKENIZER_FILES) {
      if (Files.exists(from.resolve(name))) {
        Files.copy(from.resolve(name), to.resolve(name), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }
}
