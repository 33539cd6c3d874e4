package dev.migaki.cleanse.persistence;

import dev.migaki.datasets.cleansing.CleanDocument;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import io.quarkus.hibernate.orm.panache.PanacheRepository;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/** The audit trail of removals. */
@ApplicationScoped
public class FindingRepository implements PanacheRepository<FindingEntity> {
  private static final String INSERT =
      "insert into cleanse.finding (dataset, document_id, text_number, type, start_position,"
          + " end_position, score, recognizer, mark) values (?, ?, ?, ?, ?, ?, ?, ?, ?)";

  private static final ErrorCode FINDINGS_NOT_STORED = new ErrorCode("FINDINGS_NOT_STORED");

  private final DataSource dataSource;
  private final NewFindings heldBack;
  private final TransactionSynchronizationRegistry synchronizations;

  FindingRepository(
      DataSource dataSource,
      NewFindings heldBack,
      TransactionSynchronizationRegistry synchronizations) {
    this.dataSource = dataSource;
    this.heldBack = heldBack;
    this.synchronizations = synchronizations;
  }

  /** Adds the findings of a document; those of a transaction go to the database at its end. */
  public void add(String dataset, String documentId, List<CleanDocument.Finding> findings) {
    if (!findings.isEmpty() && heldBack.add(dataset, documentId, findings)) {
      synchronizations.registerInterposedSynchronization(new InsertAtEnd(this));
    }
  }

  private record InsertAtEnd(FindingRepository findings) implements Synchronization {
    @Override
    public void beforeCompletion() {
      findings.insertHeldBack();
    }

    @Override
    public void afterCompletion(int status) {}
  }

  private void insertHeldBack() {
    List<NewFindings.Row> rows = heldBack.take();
    if (rows.isEmpty()) {
      return;
    }
    try (Connection connection = dataSource.getConnection()) {
      insert(connection, rows);
    } catch (SQLException e) {
      throw new TransientFailure(FINDINGS_NOT_STORED, "cannot write to the table of findings", e);
    }
  }

  private static void insert(Connection connection, List<NewFindings.Row> rows)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      for (NewFindings.Row row : rows) {
        CleanDocument.Finding finding = row.finding();
        statement.setString(1, row.dataset());
        statement.setString(2, row.documentId());
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
    insertHeldBack();
    return delete("dataset = ?1 and documentId = ?2", dataset, documentId);
  }
}
