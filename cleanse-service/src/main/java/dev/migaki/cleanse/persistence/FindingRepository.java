package dev.migaki.cleanse.persistence;

import dev.migaki.datasets.cleansing.CleanDocument;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** The audit trail of removals. */
@ApplicationScoped
public class FindingRepository implements PanacheRepository<FindingEntity> {
  private static final String INSERT =
      "insert into cleanse.finding (dataset, document_id, text_number, type, start_position,"
          + " end_position, score, recognizer, mark) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  /** Adds the findings of a document, all in one message to the database. */
  public void add(String dataset, String documentId, List<CleanDocument.Finding> findings) {
    if (!findings.isEmpty()) {
      getSession().doWork(connection -> insert(connection, dataset, documentId, findings));
    }
  }

  private static void insert(
      Connection connection,
      String dataset,
      String documentId,
      List<CleanDocument.Finding> findings)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (CleanDocument.Finding finding : findings) {
        statement.setString(1, dataset);
        statement.setString(2, documentId);
        statement.setInt(3, finding.text());
        statement.setString(4, finding.type());
        statement.setInt(5, finding.start());
        statement.setInt(6, finding.end());
        statement.setDouble(7, finding.score());
        statement.setString(8, finding.recognizer());
        statement.setString(9, finding.mark());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }

  /** Removes the findings of a document; how many there were. */
  public long forget(String dataset, String documentId) {
    return delete("dataset = ?1 and documentId = ?2", dataset, documentId);
  }
}
