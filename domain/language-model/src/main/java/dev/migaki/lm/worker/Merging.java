package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.WeightFiles;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** Adds an adapter to its base and writes a whole model. */
final class Merging {

  private Merging() {}

  static void run(ModelTask task, Consumer<ObjectNode> events) throws IOException {
    Path base = task.base();
    Path output = task.output();
    Path adapter =
        task.adapter()
            .orElseThrow(
                () -> new IllegalArgumentException("task field 'adapterDirectory' is missing"));
    ElementType type = type(task.elementType());
    if (!AdapterFiles.isAdapter(adapter)) {
      throw new InvalidModelException(
          adapter + " is no adapter: there is no " + AdapterFiles.CONFIG_FILE + " in it");
    }
    if (Files.exists(output) && !Files.isDirectory(output)) {
      throw new IllegalArgumentException(output + " is a file; choose an empty directory");
    }
    if (WeightFiles.exist(output)) {
      throw new IllegalArgumentException(
          output + " holds a model already; choose an empty directory");
    }
    ModelConfig config = ModelConfig.read(base.resolve(LlamaCheckpoint.CONFIG_FILE));
    try (ParameterBlock block = LlamaCheckpoint.load(base, config, ScalarType.Float)) {
      AdapterFiles.mergeInPlace(adapter, config, block);
      write(base, block, config, output, type);
      events.accept(
          ProgressFile.event("done")
              .put("parameters", block.size())
              .put("elementType", type.name())
              .put("bytes", Files.size(output.resolve(LlamaCheckpoint.WEIGHTS_FILE))));
    }
  }

  /** Leaves nothing behind when it fails: half a model would be taken for a whole one. */
  private static void write(
      Path base, ParameterBlock block, ModelConfig config, Path output, ElementType type)
      throws IOException {
    boolean created = !Files.exists(output);
    Files.createDirectories(output);
    Set<Path> before = files(output);
    try {
      BaseFiles.copyTokenizer(base, output);
      LlamaCheckpoint.save(block, config, output, type);
    } catch (IOException | RuntimeException e) {
      for (Path file : files(output)) {
        if (!before.contains(file)) {
          Files.delete(file);
        }
      }
      if (created) {
        Files.delete(output);
      }
      throw e;
    }
  }

  private static Set<Path> files(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      return files.collect(Collectors.toSet());
    }
  }

  private static ElementType type(@Nullable String name) {
    if (name == null) {
      return ElementType.F32;
    }
    return switch (name) {
      case "F32" -> ElementType.F32;
      case "F16" -> ElementType.F16;
      case "BF16" -> ElementType.BF16;
      default ->
          throw new IllegalArgumentException(
              "task field 'elementType' is '" + name + "'; supported: F32, F16, BF16");
    };
  }
}
