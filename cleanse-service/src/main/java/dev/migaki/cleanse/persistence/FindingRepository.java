package dev.migaki.cleanse.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** The audit trail of removals. */
@ApplicationScoped
public class FindingRepository implements PanacheRepository<FindingEntity> {

  /** Removes the findings of a document; how many there were. */
  public long forget(String dataset, String documentId) {
    return delete("dataset = ?1 and documentId = ?2", dataset, documentId);
  }
}
