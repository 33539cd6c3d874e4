package dev.migaki.ingest.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;

/** Erasures. */
@ApplicationScoped
public class ErasureRepository implements PanacheRepository<ErasureEntity> {

  /** Some of them, oldest first. */
  public List<ErasureEntity> ofIds(List<Long> ids) {
    return list("id in ?1", Sort.ascending("id"), ids);
  }

  /** Those whose artifacts may go now, oldest first. */
  public List<Long> due(Instant now) {
    return find("doneAt is null and dueAt <= ?1", Sort.ascending("id"), now).page(0, 100).stream()
        .map(erasure -> erasure.id)
        .toList();
  }
}
