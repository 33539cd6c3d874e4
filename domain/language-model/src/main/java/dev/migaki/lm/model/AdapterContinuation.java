package dev.migaki.lm.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.SafetensorsReader.StoredTensor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * A saved adapter whose training goes on: its shape and its values.
 *
 * <p>Only an adapter of this trainer's shape can go on: the same rank and scale on every linear
 * layer. Anything else is refused by name, because a module that silently started anew would have
 * forgotten what it knew.
 */
public final class AdapterContinuation {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final LoraSettings settings;

  private AdapterContinuation(Path directory, LoraSettings settings) {
    this.directory = directory;
    this.settings = settings;
  }

  /**
   * Reads the adapter's shape.
   *
   * @param dropout of the training to come
   * @throws InvalidModelException when the directory holds no adapter that can go on
   */
  public static AdapterContinuation open(Path directory, double dropout) {
    Path file = directory.resolve(AdapterFiles.CONFIG_FILE);
    JsonNode json;
    try {
      json = JSON.readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read the adapter to go on from: " + file, e);
    }
    int rank = json.path("r").asInt();
    double alpha = json.path("lora_alpha").asDouble();
    boolean plain =
        json.path("peft_type").asText("").equals("LORA")
            && json.path("rank_pattern").isEmpty()
            && json.path("alpha_pattern").isEmpty()
            && !json.path("use_dora").asBoolean(false)
            && json.path("bias").asText("none").equals("none");
    if (!plain || rank < 1 || !(alpha > 0)) {
      throw new InvalidModelException(
          file
              + ": training can only go on from a LoRA adapter with one rank and one alpha for all"
              + " linear layers; start from the base model instead");
    }
    // rsLoRA divides by the root of the rank; the same scale in this trainer's terms
    double plainAlpha =
        json.path("use_rslora").asBoolean(false) ? alpha * Math.sqrt((double) rank) : alpha;
    boolean embeddings = !json.path("modules_to_save").isEmpty();
    return new AdapterContinuation(
        directory, new LoraSettings(rank, plainAlpha, dropout, embeddings));
  }

  /** The adapter's shape. */
  public LoraSettings settings() {
    return settings;
  }

  /**
   * Puts the saved values into a fresh adapter of the same shape.
   *
   * @throws InvalidModelException when a tensor is missing or has another shape, for instance
   *     because the adapter was made for another base model
   */
  public void restoreInPlace(LoraAdapter adapter) {
    Path file = directory.resolve(AdapterFiles.WEIGHTS_FILE);
    Map<String, StoredTensor> stored = SafetensorsReader.read(file);
    for (ParameterBlock.Slice slice : adapter.parameters().slices().values()) {
      StoredTensor tensor = stored.get(slice.name());
      if (tensor == null || !Arrays.equals(tensor.shape(), slice.shape())) {
        throw new InvalidModelException(
            file
                + ": tensor '"
                + slice.name()
                + (tensor == null
                    ? "' is missing"
                    : "' has shape "
                        + Arrays.toString(tensor.shape())
                        + ", this base model asks for "
                        + Arrays.toString(slice.shape()))
                + "; was the adapter made for another base model?");
      }
      adapter.parameters().setInPlace(slice.name(), tensor.toFloats());
    }
  }
}
