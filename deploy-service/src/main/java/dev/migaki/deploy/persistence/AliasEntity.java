package dev.migaki.deploy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** The name that applications call (the dataset's) and the model that answers for it. */
@Entity
@Table(name = "alias")
public class AliasEntity {
  @Id public String name;

  @Column(name = "model_id")
  public String modelId;

  /** What answered before, ready for a rollback. */
  @Column(name = "previous_model_id")
  public String previousModelId;

  public String reason;

  @Column(name = "changed_at")
  public Instant changedAt;
}
