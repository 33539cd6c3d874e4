package dev.migaki.cleanse.persistence;

import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Documents in their newest version. */
@ApplicationScoped
public class DocumentRepository
    implements PanacheRepositoryBase<DocumentEntity, DocumentEntity.Key> {

  private static final int PAGE_DOCUMENTS = 1000;
  private static final String KNOWN =
      "select document_id from cleanse.document where dataset = ? and document_id = any(?)";

  private final UnknownDocuments unknown;

  DocumentRepository(UnknownDocuments unknown) {
    this.unknown = unknown;
  }

  /**
   * Asks once which of these documents there are, so that {@link #document} need not ask for those
   * that there are not.
   */
  public void expect(Collection<DocumentEntity.Key> keys) {
    Map<String, Set<String>> idsByDataset = new TreeMap<>();
    for (DocumentEntity.Key key : keys) {
      idsByDataset.computeIfAbsent(key.dataset, dataset -> new HashSet<>()).add(key.documentId);
    }
    idsByDataset.forEach(
        (dataset, ids) -> {
          Set<String> known = getSession().doReturningWork(sql -> known(sql, dataset, ids));
          for (String id : ids) {
            if (!known.contains(id)) {
              unknown.add(new DocumentEntity.Key(dataset, id));
            }
          }
        });
  }

  private static Set<String> known(Connection connection, String dataset, Set<String> ids)
      throws SQLException {
    Set<String> known = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(KNOWN)) {
      statement.setString(1, dataset);
      statement.setArray(2, connection.createArrayOf("text", ids.toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          known.add(rows.getString(1));
        }
      }
    }
    return known;
  }

  public Optional<DocumentEntity> document(String dataset, String documentId) {
    DocumentEntity.Key key = new DocumentEntity.Key(dataset, documentId);
    return unknown.contains(key) ? Optional.empty() : findByIdOptional(key);
  }

  /** Adds a document, or keeps one that has changed. */
  public void store(DocumentEntity document) {
    unknown.remove(document.key);
    persist(document);
  }

  /** Originals of all documents in use. */
  public long examples(String dataset) {
    return getEntityManager()
        .createQuery(
            "select coalesce(sum(examples), 0) from DocumentEntity"
                + " where key.dataset = ?1 and not erased",
            Long.class)
        .setParameter(1, dataset)
        .getSingleResult();
  }

  /**
   * What is in use, by id, read page by page: a million documents never are on the heap at once.
   * Documents that change meanwhile may be seen in either version.
   */
  public Iterable<DocumentEntity> inUseByPages(String dataset) {
    return () ->
        Stream.iterate(
                page(dataset, ""),
                page -> !page.isEmpty(),
                page -> page(dataset, page.get(page.size() - 1).key.documentId))
            .flatMap(List::stream)
            .iterator();
  }

  /** The documents in use that come after an id, detached. */
  private List<DocumentEntity> page(String dataset, String after) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                find(
                        "key.dataset = ?1 and not erased and key.documentId > ?2",
                        Sort.ascending("key.documentId"),
                        dataset,
                        after)
                    .page(0, PAGE_DOCUMENTS)
                    .list());
  }

  /** Whether a document of any dataset, or of a snapshot, has this file of examples. */
  public boolean isInUse(String fileSha256) {
    return count("fileSha256 = ?1 and not erased", fileSha256) > 0
        || getEntityManager()
                .createQuery(
                    "select count(*) from SnapshotDocumentEntity where fileSha256 = ?1", Long.class)
                .setParameter(1, fileSha256)
                .getSingleResult()
            > 0;
  }
}
