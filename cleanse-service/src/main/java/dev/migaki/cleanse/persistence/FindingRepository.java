package dev.migaki.cleanse.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;

/** The audit trail of removals. */
@ApplicationScoped
public class FindingRepository implements PanacheRepository<FindingEntity> {

  /** Forgets what was found in a document. */
  public void forget(String dataset, String documentId) {
    delete("dataset = ?1 and documentId = ?2", dataset, documentId);
  }
}
