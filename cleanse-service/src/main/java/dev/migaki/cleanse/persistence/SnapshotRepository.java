package dev.migaki.cleanse.persistence;

import dev.migaki.contracts.ArtifactRef;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.stream.Stream;

/** The documents of the snapshots that are being sealed, at most one snapshot per dataset. */
@ApplicationScoped
public class SnapshotRepository
    implements PanacheRepositoryBase<SnapshotDocumentEntity, DocumentEntity.Key> {

  private static final int PAGE_DOCUMENTS = 1000;
  private static final String COLUMNS =
      "dataset, document_id, version, generation, filename, examples, file_location, file_sha256,"
          + " file_size_bytes, findings, rejects, topic, topic_partition, topic_offset";

  /** Copies the documents in use; the caller holds the dataset's lock. */
  public void take(String dataset) {
    getEntityManager()
        .createNativeQuery(
            "insert into cleanse.snapshot_document ("
                + COLUMNS
                + ") select "
                + COLUMNS
                + " from cleanse.document where dataset = ?1 and not erased")
        .setParameter(1, dataset)
        .executeUpdate();
  }

  /** The documents by id, read page by page: a million of them never are on the heap at once. */
  public Iterable<SnapshotDocumentEntity> documents(String dataset) {
    return () ->
        Stream.iterate(
                page(dataset, ""),
                page -> !page.isEmpty(),
                page -> page(dataset, page.get(page.size() - 1).key.documentId))
            .flatMap(List::stream)
            .iterator();
  }

  private List<SnapshotDocumentEntity> page(String dataset, String after) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                find(
                        "key.dataset = ?1 and key.documentId > ?2",
                        Sort.ascending("key.documentId"),
                        dataset,
                        after)
                    .page(0, PAGE_DOCUMENTS)
                    .list());
  }

  /** Whether the dataset's snapshot has the document, in whatever version. */
  public boolean holds(String dataset, String documentId) {
    return count("key.dataset = ?1 and key.documentId = ?2", dataset, documentId) > 0;
  }

  /** Files that nothing needs but the dataset's snapshot. */
  public List<ArtifactRef> filesOfItsOwn(String dataset) {
    return list(
            "from SnapshotDocumentEntity s where s.key.dataset = ?1"
                + " and not exists (select 1 from DocumentEntity d"
                + " where d.fileSha256 = s.fileSha256 and not d.erased)"
                + " and not exists (select 1 from SnapshotDocumentEntity o"
                + " where o.fileSha256 = s.fileSha256 and o.key.dataset <> s.key.dataset)",
            dataset)
        .stream()
        .map(DocumentColumns::file)
        .toList();
  }

  /**
   * Notes which dataset version first held these documents, where they still are what was sealed.
   */
  public void noteGeneration(String dataset, int number) {
    getEntityManager()
        .createNativeQuery(
            "update cleanse.document d set generation = ?2 from cleanse.snapshot_document s"
                + " where s.dataset = ?1 and d.dataset = ?1 and d.document_id = s.document_id"
                + " and d.version = s.version and d.file_sha256 = s.file_sha256"
                + " and d.generation is null and not d.erased")
        .setParameter(1, dataset)
        .setParameter(2, number)
        .executeUpdate();
  }

  public void forget(String dataset) {
    delete("key.dataset", dataset);
  }
}
