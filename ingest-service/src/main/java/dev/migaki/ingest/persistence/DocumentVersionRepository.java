package dev.migaki.ingest.persistence;

import dev.migaki.documents.parsing.RejectionCode;
import dev.migaki.ingest.domain.DocumentState;
import io.quarkus.hibernate.orm.panache.PanacheQuery;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import io.quarkus.panache.common.Parameters;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.FlushModeType;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

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

  private static final int BLOCK = 1000;

  private static final String EXPECTED =
      "select document_id, sha256 from ingest.document_version"
          + " where dataset = ? and document_id = any(?) and latest"
          + " union all select document_id, sha256 from ingest.document_version"
          + " where dataset = ? and sha256 = any(?) and state = ?";

  private final NewVersions heldBack;

  DocumentVersionRepository(NewVersions heldBack) {
    this.heldBack = heldBack;
  }

  /** A document that is about to arrive. */
  public record Expected(String dataset, String documentId, String sha256) {}

  /**
   * Asks once which of these documents and bytes there are, so that {@link #known} need not ask for
   * those that there are not.
   */
  public void expect(List<Expected> arriving) {
    Map<String, List<Expected>> byDataset =
        arriving.stream()
            .collect(Collectors.groupingBy(Expected::dataset, TreeMap::new, Collectors.toList()));
    byDataset.forEach(
        (dataset, some) -> getSession().doWork(connection -> expect(connection, dataset, some)));
  }

  private void expect(Connection connection, String dataset, List<Expected> arriving)
      throws SQLException {
    Set<String> names = new HashSet<>();
    Set<String> contents = new HashSet<>();
    try (PreparedStatement statement = connection.prepareStatement(EXPECTED)) {
      statement.setString(1, dataset);
      statement.setArray(
          2,
          connection.createArrayOf("text", arriving.stream().map(Expected::documentId).toArray()));
      statement.setString(3, dataset);
      statement.setArray(
          4, connection.createArrayOf("text", arriving.stream().map(Expected::sha256).toArray()));
      statement.setString(5, DocumentState.INGESTED.name());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          names.add(rows.getString(1));
          contents.add(rows.getString(2));
        }
      }
    }
    for (Expected document : arriving) {
      if (!names.contains(document.documentId())) {
        heldBack.noteAbsentName(dataset, document.documentId());
      }
      if (!contents.contains(document.sha256())) {
        heldBack.noteAbsentContent(dataset, document.sha256());
      }
    }
  }

  /** Adds a version, or keeps one that has changed. */
  public void store(DocumentVersionEntity version) {
    heldBack.noteAdded(version);
    persist(version);
  }

  /**
   * What is known of a document and its bytes; asks the database once, or not at all when {@link
   * #expect} found nothing.
   */
  public Known known(String dataset, String documentId, String sha256) {
    if (heldBack.areAbsent(dataset, documentId, sha256)) {
      return new Known(Optional.empty(), Optional.empty());
    }
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

  /** The version of a document whose examples, or whose files, are in use; one at most. */
  public List<DocumentVersionEntity> inUse(String dataset, String documentId) {
    return list(
        "dataset = ?1 and documentId = ?2 and state in ?3",
        dataset,
        documentId,
        List.of(DocumentState.INGESTED, DocumentState.UNPACKED));
  }

  /** A version of a document. */
  public Optional<DocumentVersionEntity> version(String dataset, String documentId, int version) {
    return find("dataset = ?1 and documentId = ?2 and version = ?3", dataset, documentId, version)
        .firstResultOptional();
  }

  /** The newest versions of some documents, by id. */
  public Map<String, DocumentVersionEntity> latest(String dataset, Collection<String> documentIds) {
    Map<String, DocumentVersionEntity> found = new HashMap<>();
    List<String> ids = List.copyOf(documentIds);
    for (int from = 0; from < ids.size(); from += BLOCK) {
      List<String> block = ids.subList(from, Math.min(ids.size(), from + BLOCK));
      find("dataset = ?1 and documentId in ?2 and latest", dataset, block).stream()
          .forEach(row -> found.put(row.documentId, row));
    }
    return found;
  }

  /** The newest versions of the documents that came in an archive, by name. */
  public List<DocumentVersionEntity> contents(String dataset, String container) {
    return find(
            "dataset = ?1 and container = ?2 and latest",
            Sort.ascending("documentId"),
            dataset,
            container)
        .list();
  }

  /** How many documents that came in an archive are in which state. */
  public Map<DocumentState, Long> contentCounts(String dataset, String container) {
    Map<DocumentState, Long> counts = new EnumMap<>(DocumentState.class);
    getEntityManager()
        .createQuery(
            "select d.state, count(d) from DocumentVersionEntity d where d.dataset = ?1"
                + " and d.container = ?2 and d.latest group by d.state",
            Object[].class)
        .setParameter(1, dataset)
        .setParameter(2, container)
        .getResultStream()
        .forEach(row -> counts.put((DocumentState) row[0], (Long) row[1]));
    return counts;
  }

  /** Whether an archive holds a file that was too slow to read, and may be read another time. */
  public boolean holdsTimeouts(String dataset, String container) {
    return count(
            "dataset = ?1 and container = ?2 and latest and state = ?3 and code = ?4",
            dataset,
            container,
            DocumentState.REJECTED,
            RejectionCode.TIMEOUT.name())
        > 0;
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

  /** All versions of some documents, oldest first, by id. */
  public Map<String, List<DocumentVersionEntity>> histories(
      String dataset, List<String> documentIds) {
    Map<String, List<DocumentVersionEntity>> histories = new LinkedHashMap<>();
    for (int from = 0; from < documentIds.size(); from += BLOCK) {
      List<String> block = documentIds.subList(from, Math.min(documentIds.size(), from + BLOCK));
      find(
              "dataset = ?1 and documentId in ?2",
              Sort.ascending("documentId", "version"),
              dataset,
              block)
          .stream()
          .forEach(
              row -> histories.computeIfAbsent(row.documentId, id -> new ArrayList<>()).add(row));
    }
    return histories;
  }

  /** The newest versions of a dataset's documents, by name; those of an archive if one is named. */
  public PanacheQuery<DocumentVersionEntity> documents(
      String dataset, Optional<DocumentState> state, Optional<String> container) {
    StringBuilder where = new StringBuilder("dataset = :dataset and latest");
    Parameters values = Parameters.with("dataset", dataset);
    state.ifPresent(
        wanted -> {
          where.append(" and state = :state");
          values.and("state", wanted);
        });
    container.ifPresent(
        archive -> {
          where.append(" and container = :container");
          values.and("container", archive);
        });
    return find(where.toString(), Sort.ascending("documentId"), values);
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
