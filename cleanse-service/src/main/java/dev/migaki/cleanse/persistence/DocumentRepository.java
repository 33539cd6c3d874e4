package dev.migaki.cleanse.persistence;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** Documents in their newest version. */
@ApplicationScoped
public class DocumentRepository
    implements PanacheRepositoryBase<DocumentEntity, DocumentEntity.Key> {

  public Optional<DocumentEntity> document(String dataset, String documentId) {
    return findByIdOptional(new DocumentEntity.Key(dataset, documentId));
  }

  /** What is in use, by id. */
  public List<DocumentEntity> inUse(String dataset) {
    return list("key.dataset = ?1 and not erased", Sort.ascending("key.documentId"), dataset);
  }

  /** Whether a document of any dataset has this file of examples. */
  public boolean isInUse(String fileSha256) {
    return count("fileSha256 = ?1 and not erased", fileSha256) > 0;
  }

  /** Where the examples of a document in use lie. */
  public static ArtifactRef file(DocumentEntity document) {
    return new ArtifactRef(
        document.fileLocation,
        document.fileSha256,
        document.fileSizeBytes,
        ExampleJsonl.MEDIA_TYPE);
  }
}
