package dev.migaki.platform.openai;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import java.util.List;

/** Answer of {@code GET /v1/models}. */
@JsonPropertyOrder({"object", "data"})
public record ModelList(List<Model> data) {
  public ModelList {
    data = List.copyOf(data);
  }

  @JsonProperty
  public String object() {
    return "list";
  }

  /** A model that can be called. {@code created} is in seconds since 1970. */
  @JsonPropertyOrder({"id", "object", "created", "owned_by"})
  public record Model(String id, long created, @JsonProperty("owned_by") String ownedBy) {
    @JsonProperty
    public String object() {
      return "model";
    }
  }
}
