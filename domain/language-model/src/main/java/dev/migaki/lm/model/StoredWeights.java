package dev.migaki.lm.model;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.checkpoint.WeightFiles;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The mapped tensors of a model directory, matched with what its configuration asks for. */
public final class StoredWeights {

  /** Tables that old exporters wrote beside the weights; they follow from the configuration. */
  private static final Set<String> DERIVED_SUFFIXES =
      Set.of(".rotary_emb.inv_freq", ".attn.bias", ".masked_bias");

  private StoredWeights() {}

  /**
   * The parameters of a model, in the order of {@link ParameterShapes}, mapped.
   *
   * @throws InvalidModelException when a tensor is missing, has another shape than {@code config}
   *     says, or belongs to no parameter
   */
  public static Map<String, StoredTensor> read(Path directory, ModelConfig config) {
    Map<String, StoredTensor> stored = WeightFiles.read(directory);
    Map<String, long[]> shapes = ParameterShapes.of(config);
    Map<String, StoredTensor> parameters = new LinkedHashMap<>();
    for (Map.Entry<String, long[]> expected : shapes.entrySet()) {
      StoredTensor tensor = stored.get(expected.getKey());
      if (tensor == null) {
        throw new InvalidModelException(
            directory + ": tensor '" + expected.getKey() + "' is missing; config.json asks for it");
      }
      if (!Arrays.equals(tensor.shape(), expected.getValue())) {
        throw new InvalidModelException(
            directory
                + ": tensor '"
                + expected.getKey()
                + "' has shape "
                + Arrays.toString(tensor.shape())
                + ", config.json asks for "
                + Arrays.toString(expected.getValue()));
      }
      parameters.put(expected.getKey(), tensor);
    }
    for (String name : stored.keySet()) {
      if (!shapes.containsKey(name) && !withoutEffect(name, config)) {
        throw new InvalidModelException(
            directory
                + ": tensor '"
                + name
                + "' belongs to no parameter that config.json describes; is it the config.json of these weights?");
      }
    }
    return parameters;
  }

  private static boolean withoutEffect(String name, ModelConfig config) {
    // a tied head is the embedding, whatever an exporter wrote beside it
    return (config.tiedEmbeddings() && name.equals("lm_head.weight"))
        || DERIVED_SUFFIXES.stream().anyMatch(name::endsWith);
  }
}
