package dev.migaki.ingest.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** Receipts of erasures. */
@ApplicationScoped
public class ErasureReceiptRepository implements PanacheRepository<ErasureReceiptEntity> {

  /** All about a document, oldest first. */
  public List<ErasureReceiptEntity> of(String dataset, String documentId) {
    return list("dataset = ?1 and documentId = ?2", Sort.ascending("id"), dataset, documentId);
  }
}
