package dev.migaki.eval.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import jakarta.enterprise.context.ApplicationScoped;

/** Artifact references as columns. */
@ApplicationScoped
public class StoredRefs {
  private final ObjectMapper mapper;

  StoredRefs(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  public String write(ArtifactRef ref) {
    try {
      return mapper.writeValueAsString(ref);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("an artifact reference must have a JSON form", e);
    }
  }

  public ArtifactRef read(String json) {
    try {
      return mapper.readValue(json, ArtifactRef.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a stored artifact reference must be readable", e);
    }
  }
}
