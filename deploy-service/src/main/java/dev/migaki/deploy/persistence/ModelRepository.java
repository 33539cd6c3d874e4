package dev.migaki.deploy.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The registry of models. */
@ApplicationScoped
public class ModelRepository implements PanacheRepositoryBase<ModelEntity, String> {

  /** Every model, newest first. */
  public List<ModelEntity> newestFirst() {
    return listAll(Sort.descending("createdAt").and("id"));
  }
}
