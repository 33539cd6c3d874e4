package dev.migaki.training.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.training.domain.Hyperparameters;
import jakarta.enterprise.context.ApplicationScoped;

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

  private <T> T read(String json, Class<T> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "a stored column must be readable as " + type.getSimpleName(), e);
    }
  }
}
