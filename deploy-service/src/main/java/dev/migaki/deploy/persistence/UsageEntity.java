package dev.migaki.deploy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.LocalDate;
import java.util.Objects;

/** What a model was asked on a day (UTC). */
@Entity
@Table(name = "usage_by_day")
public class UsageEntity {
  @EmbeddedId public Key key;

  public long requests;

  @Column(name = "prompt_tokens")
  public long promptTokens;

  @Column(name = "completion_tokens")
  public long completionTokens;

  /** Day and model. */
  @Embeddable
  public static class Key implements Serializable {
    private static final long serialVersionUID = 1L;

    @Column(name = "used_on")
    public LocalDate usedOn;

    @Column(name = "model_id")
    public String modelId;

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key
          && Objects.equals(usedOn, key.usedOn)
          && Objects.equals(modelId, key.modelId);
    }

    @Override
    public int hashCode() {
      return Objects.hash(usedOn, modelId);
    }
  }
}
