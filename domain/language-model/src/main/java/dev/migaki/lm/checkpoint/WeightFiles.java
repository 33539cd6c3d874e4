package dev.migaki.lm.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.InvalidModelException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * A model's weights in one file or in shards named by an index.
 *
 * <p>Opening reads the headers only: a model of many gigabytes takes milliseconds and no memory
 * until values are asked for.
 */
public final class WeightFiles {

  /** All weights in one file. */
  public static final String SINGLE = "model.safetensors";

  /** Names the shard of each tensor. */
  public static final String INDEX = "model.safetensors.index.json";

  private WeightFiles() {}

  /** Whether the directory holds weights. */
  public static boolean exist(Path directory) {
    return Files.exists(directory.resolve(SINGLE)) || Files.exists(directory.resolve(INDEX));
  }

  /**
   * The files that hold the weights: the single one, else the index's shards in order of name.
   *
   * @throws InvalidModelException when there is neither file nor index, or a shard is missing
   */
  public static List<Path> of(Path directory) {
    Path single = directory.resolve(SINGLE);
    if (Files.exists(single)) {
      return List.of(single);
    }
    Path index = directory.resolve(INDEX);
    if (!Files.exists(index)) {
      throw new InvalidModelException(
          directory
              + " holds neither "
              + SINGLE
              + " nor "
              + INDEX
              + (hasOldFormat(directory)
                  ? "; pickled weights (*.bin, *.pth) are not read because they can run code, convert them to safetensors"
                  : "; copy the model's *.safetensors files there"));
    }
    TreeSet<String> names = new TreeSet<>(weightMap(index).values());
    return names.stream().map(name -> shard(directory, name)).toList();
  }

  private static boolean hasOldFormat(Path directory) {
    return Files.exists(directory.resolve("pytorch_model.bin"))
        || Files.exists(directory.resolve("pytorch_model.bin.index.json"))
        || Files.exists(directory.resolve("consolidated.00.pth"));
  }

  private static Path shard(Path directory, String name) {
    if (!name.matches("[^/\\\\\\p{Cntrl}]+") || name.contains("..")) {
      throw new InvalidModelException(
          directory.resolve(INDEX)
              + ": shard '"
              + name.replaceAll("\\p{Cntrl}", "?")
              + "' is no file name in the model's directory");
    }
    Path file = directory.resolve(name);
    if (!Files.exists(file)) {
      throw new InvalidModelException(
          directory.resolve(INDEX) + ": shard '" + name + "' is missing; copy it there");
    }
    return file;
  }

  private static Map<String, String> weightMap(Path index) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> entry :
        JsonFiles.object(index).path("weight_map").properties()) {
      map.put(entry.getKey(), entry.getValue().asText());
    }
    if (map.isEmpty()) {
      throw new InvalidModelException(index + ": has no weight_map");
    }
    return map;
  }

  /**
   * Lists every tensor.
   *
   * @throws InvalidModelException when a file is missing or damaged, or a shard does not hold what
   *     the index says
   */
  public static Map<String, StoredTensor> read(Path directory) {
    Map<String, StoredTensor> tensors = new LinkedHashMap<>();
    for (Path file : of(directory)) {
      for (Map.Entry<String, StoredTensor> entry : SafetensorsReader.read(file).entrySet()) {
        if (tensors.putIfAbsent(entry.getKey(), entry.getValue()) != null) {
          throw new InvalidModelException(
              file + ": tensor '" + entry.getKey() + "' is in another shard too");
        }
      }
    }
    Path index = directory.resolve(INDEX);
    if (!Files.exists(directory.resolve(SINGLE))) {
      for (Map.Entry<String, String> entry : weightMap(index).entrySet()) {
        if (!tensors.containsKey(entry.getKey())) {
          throw new InvalidModelException(
              index
                  + ": tensor '"
                  + entry.getKey()
                  + "' is not in shard '"
                  + entry.getValue()
                  + "'");
        }
      }
    }
    return Collections.unmodifiableMap(tensors);
  }
}
