package dev.migaki.deploy.persistence;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/**
 * A judged model: callable by its id whatever the verdict was, so that a person can look for
 * herself.
 */
@Entity
@Table(name = "model")
public class ModelEntity {
  @Id public String id;

  public String dataset;
  public String version;

  @Column(name = "version_number")
  public int versionNumber;

  @Column(name = "base_model")
  public String baseModel;

  public String verdict;

  /**
   * JSON of the {@code ModelEvaluated} event, with the references to weights, provenance, scorecard
   * and report.
   */
  public String evaluated;

  @Column(name = "created_at")
  public Instant createdAt;
}
