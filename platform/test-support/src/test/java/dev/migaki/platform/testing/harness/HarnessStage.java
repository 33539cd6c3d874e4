package dev.migaki.platform.testing.harness;

import dev.migaki.contracts.Event;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.EventHandler;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.ReceivedRecord;
import dev.migaki.platform.stage.RecordHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.platform.testing.EventFixtures;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Two hops in one application: bytes at the front door become {@code DocumentIngested}, which
 * becomes {@code DocumentCleansed} and a row. A document's id says how handling it goes.
 */
@ApplicationScoped
public class HarnessStage implements EventHandler, RecordHandler {

  public static final String POISON = "poison";
  public static final String POISON_AHEAD = "early-poison";
  public static final String FLAKY = "flaky";
  public static final String BUG = "bug";

  /** Takes most of what a transaction may take. */
  public static final String SLOW = "slow";

  private final DataSource dataSource;

  @Inject
  HarnessStage(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public StageOutcome handle(ReceivedRecord record, StageContext context) {
    byte[] value = record.value();
    if (value == null) {
      return StageOutcome.ignored("tombstone");
    }
    String documentId = new String(value, StandardCharsets.UTF_8);
    return StageOutcome.handled(
        "ingested",
        EventFixtures.aDocumentIngested()
            .withDataset(context.dataset())
            .withDocumentId(documentId)
            .build());
  }

  @Override
  public EventHandler prepared(Event event) {
    String documentId =
        event instanceof Event.DocumentIngested ingested ? ingested.documentId() : "";
    if (documentId.startsWith(POISON_AHEAD)) {
      throw new PermanentFailure(new ErrorCode("HARNESS_POISON"), "the test asked for it");
    }
    if (event instanceof Event.DocumentIngested ingested) {
      failIfStuck(ingested.dataset());
    }
    String preparedFor = documentId;
    return (same, context) -> {
      if (same instanceof Event.DocumentIngested ingested
          && !ingested.documentId().equals(preparedFor)) {
        throw new AssertionError("prepared for another document");
      }
      return handle(same, context);
    };
  }

  @Override
  public @Nullable Subject subject(Event event) {
    if (event instanceof Event.DocumentIngested ingested) {
      return new Subject(ingested.documentId(), ingested.documentVersion());
    }
    return event instanceof Event.DocumentErased erased
        ? Subject.lastOf(erased.documentId())
        : null;
  }

  @Override
  public boolean mayWait(Event event) {
    return event instanceof Event.DocumentIngested;
  }

  @Override
  public StageOutcome handle(Event event, StageContext context) {
    if (event instanceof Event.DocumentErased erased) {
      count(erased.dataset(), "erased " + erased.documentId());
      return StageOutcome.handled("erased");
    }
    if (!(event instanceof Event.DocumentIngested ingested)) {
      return StageOutcome.ignored("not-mine");
    }
    count(
        ingested.dataset(),
        ingested.documentId()); // before the failures below: their transactions must take it back
    String documentId = ingested.documentId();
    if (documentId.startsWith(POISON)) {
      throw new PermanentFailure(new ErrorCode("HARNESS_POISON"), "the test asked for it");
    }
    if (documentId.startsWith(SLOW)) {
      LockSupport.parkNanos(Duration.ofMillis(150).toNanos());
    }
    if (documentId.startsWith(FLAKY) && context.attempt() < 3) {
      throw new TransientFailure(new ErrorCode("HARNESS_FLAKY"), "the test asked for it");
    }
    if (documentId.startsWith(BUG)) {
      throw new IllegalStateException("a message that quotes the document: " + documentId);
    }
    return StageOutcome.handled(
        "cleansed",
        new Event.DocumentCleansed(
            ingested.dataset(),
            documentId,
            ingested.documentVersion(),
            1,
            Map.of(),
            Map.of(),
            EventFixtures.anArtifact(documentId, "application/x-ndjson")));
  }

  private void failIfStuck(String dataset) {
    String sql = "select bounded from harness.stuck_dataset where dataset = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dataset);
      try (ResultSet rows = statement.executeQuery()) {
        if (rows.next()) {
          ErrorCode code = new ErrorCode("HARNESS_STUCK");
          throw rows.getBoolean(1)
              ? TransientFailure.bounded(code, "the test asked for it")
              : new TransientFailure(code, "the test asked for it");
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot look whether the dataset is stuck", e);
    }
  }

  private void count(String dataset, String documentId) {
    String sql =
        "insert into harness.handled_document (dataset, document_id) values (?, ?) on conflict (dataset, document_id) do update set times = handled_document.times + 1";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dataset);
      statement.setString(2, documentId);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new TransientFailure(new ErrorCode("HARNESS_DATABASE"), "cannot count", e);
    }
  }
}
