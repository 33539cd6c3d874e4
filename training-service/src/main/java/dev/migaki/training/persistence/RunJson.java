package dev.migaki.training.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.training.domain.Hyperparameters;
import dev.migaki.training.domain.Protection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The JSON columns of a run. */
@ApplicationScoped
public class RunJson {
  private final ObjectMapper mapper;

  RunJson(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  public String write(Object value) {
    try {
      return mapper.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a column value must have a JSON form: " + value.getClass(), e);
    }
  }

  public ArtifactRef artifact(String json) {
    return read(json, ArtifactRef.class);
  }

  public Hyperparameters hyperparameters(String json) {
    return read(json, Hyperparameters.class);
  }

  /** What a run does against forgetting; runs of earlier releases did nothing. */
  public Protection protection(@Nullable String json) {
    return json == null ? Protection.NONE : read(json, Protection.class);
  }

  /** The values that mean something to the method, as events carry them. */
  public Map<String, String> texts(Hyperparameters hyperparameters) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode tree = mapper.valueToTree(hyperparameters);
    tree.properties().forEach(entry -> texts.put(entry.getKey(), entry.getValue().asText()));
    texts.keySet().removeAll(hyperparameters.meaningless().keySet());
    return texts;
  }

  private <T> T read(String json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a stored column must be readable as " + type.getSimpleName(), e);
    }
  }
}
