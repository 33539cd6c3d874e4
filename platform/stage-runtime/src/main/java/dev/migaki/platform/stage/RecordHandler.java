package dev.migaki.platform.stage;

import java.util.List;

/**
 * Handles foreign records, which are no CloudEvents: the front door. The rules of {@link
 * EventHandler} hold.
 */
@FunctionalInterface
public interface RecordHandler {

  /**
   * @throws TransientFailure to be called again later
   * @throws PermanentFailure to move the record to the dead-letter topic
   */
  StageOutcome handle(ReceivedRecord record, StageContext context);

  /** As {@link EventHandler#expect}. */
  default void expectRecords(List<ReceivedRecord> records) {}
}
