package dev.migaki.platform.stage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;

/**
 * Ids of the events whose effect is in this schema; written in the transaction that holds the
 * effect.
 */
final class InboxTable {

  private final String insert;
  private final String purge;

  InboxTable(String schema) {
    String table = "\"" + schema + "\".inbox_event";
    insert =
        "insert into "
            + table
            + " (event_id, topic) values (?, ?) on conflict (event_id) do nothing";
    purge = "delete from " + table + " where handled_at < ?";
  }

  /**
   * False when the event was handled before; waits for another transaction that is handling it now.
   */
  boolean add(Connection connection, String eventId, String topic) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setString(1, eventId);
      statement.setString(2, topic);
      return statement.executeUpdate() == 1;
    }
  }

  int purge(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(purge)) {
      statement.setTimestamp(1, Timestamp.from(before));
      return statement.executeUpdate();
    }
  }
}
