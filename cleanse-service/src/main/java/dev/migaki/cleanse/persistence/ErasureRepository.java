package dev.migaki.cleanse.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Erasures. */
@ApplicationScoped
public class ErasureRepository implements PanacheRepository<ErasureEntity> {

  /** Those without a receipt yet, oldest first. */
  public List<Long> open() {
    return find("doneAt is null", Sort.ascending("id")).page(0, 50).stream()
        .map(erasure -> erasure.id)
        .toList();
  }
}
