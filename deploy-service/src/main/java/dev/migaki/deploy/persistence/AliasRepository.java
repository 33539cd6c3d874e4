package dev.migaki.deploy.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The names that applications call. */
@ApplicationScoped
public class AliasRepository implements PanacheRepositoryBase<AliasEntity, String> {

  /** Every alias by name. */
  public List<AliasEntity> byName() {
    return listAll(Sort.ascending("name"));
  }
}
