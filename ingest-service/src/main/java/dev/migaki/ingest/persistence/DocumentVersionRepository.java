package dev.migaki.ingest.persistence;

import dev.migaki.ingest.domain.DocumentState;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.FlushModeType;
import java.util.List;
import java.util.Optional;

/** Documents and their versions. */
@ApplicationScoped
public class DocumentVersionRepository implements PanacheRepository<DocumentVersionEntity> {

  /** How many documents of a dataset are in a state. */
  public record StateCount(String dataset, DocumentState state, long documents) {}

  /**
   * What an arriving document meets.
   *
   * @param latest its own newest version
   * @param twin the other document in use that has its bytes
   */
  public record Known(
      Optional<DocumentVersionEntity> latest, Optional<DocumentVersionEntity> twin) {

    /** Whether it is new in name and content, so that no other row changes with it. */
    public boolean nothing() {
      return latest.isEmpty() && twin.isEmpty();
    }
  }

  private final NewVersions heldBack;

  DocumentVersionRepository(NewVersions heldBack) {
    this.heldBack = heldBack;
  }

  /** What is known of a document and its bytes; asks the database once. */
  public Known known(String dataset, String documentId, String sha256) {
    List<DocumentVersionEntity> rows =
        getEntityManager()
            .createQuery(
                "from DocumentVersionEntity where dataset = ?1"
                    + " and (documentId = ?2 and latest or sha256 = ?3 and state = ?4)",
                DocumentVersionEntity.class)
            .setParameter(1, dataset)
            .setParameter(2, documentId)
            .setParameter(3, sha256)
            .setParameter(4, DocumentState.INGESTED)
            .setFlushMode(
                heldBack.mayHold(dataset, documentId, sha256)
                    ? FlushModeType.AUTO
                    : FlushModeType.COMMIT)
            .getResultList();
    return new Known(
        rows.stream().filter(row -> row.latest && row.documentId.equals(documentId)).findFirst(),
        rows.stream().filter(row -> !row.documentId.equals(documentId)).findFirst());
  }

  /**
   * Ends the handling of a document: what changed rows that were there is sent to the database, a
   * row that is new altogether may wait for the next ones.
   */
  public void settle(Known known, DocumentVersionEntity version) {
    if (known.nothing()) {
      heldBack.add(version);
    } else {
      flush();
    }
  }

  /** The newest version of a document. */
  public Optional<DocumentVersionEntity> latest(String dataset, String documentId) {
    return find("dataset = ?1 and documentId = ?2 and latest", dataset, documentId)
        .firstResultOptional();
  }

  /** The version of a document whose examples are in use. */
  public Optional<DocumentVersionEntity> live(String dataset, String documentId) {
    return find(
            "dataset = ?1 and documentId = ?2 and state = ?3",
            dataset,
            documentId,
            DocumentState.INGESTED)
        .firstResultOptional();
  }

  /** Documents that stand back for another one with these bytes, by name. */
  public List<DocumentVersionEntity> duplicatesWithContent(String dataset, String sha256) {
    return find(
            "dataset = ?1 and sha256 = ?2 and state = ?3 and latest",
            Sort.ascending("documentId"),
            dataset,
            sha256,
            DocumentState.DUPLICATE)
        .list();
  }

  /** All versions of a document, oldest first. */
  public List<DocumentVersionEntity> history(String dataset, String documentId) {
    return find("dataset = ?1 and documentId = ?2", Sort.ascending("version"), dataset, documentId)
        .list();
  }

  /** The newest versions of a dataset's documents, by name. */
  public PanacheQuery<DocumentVersionEntity> documents(
      String dataset, Optional<DocumentState> state) {
    Sort order = Sort.ascending("documentId");
    return state
        .map(wanted -> find("dataset = ?1 and latest and state = ?2", order, dataset, wanted))
        .orElseGet(() -> find("dataset = ?1 and latest", order, dataset));
  }

  /** Counts per dataset and state, by dataset. */
  public List<StateCount> counts() {
    return getEntityManager()
        .createQuery(
            "select d.dataset, d.state, count(d) from DocumentVersionEntity d where d.latest"
                + " group by d.dataset, d.state order by d.dataset, d.state",
            Object[].class)
        .getResultStream()
        .map(row -> new StateCount((String) row[0], (DocumentState) row[1], (Long) row[2]))
        .toList();
  }

  /** Whether any version that is not erased needs this artifact, in whatever dataset. */
  public boolean isReferenced(String sha256) {
    return count("(sha256 = ?1 or parsedSha256 = ?1) and state <> ?2", sha256, DocumentState.ERASED)
        > 0;
  }
}
