package dev.migaki.platform.stage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Ids of the events whose effect is in this schema; written in the transaction that holds the
 * effect.
 */
final class InboxTable {

  private final String insert;
  private final String forget;
  private final String purge;

  InboxTable(String schema) {
    String table = "\"" + schema + "\".inbox_event";
    insert =
        "insert into "
            + table
            + " (event_id, topic) select * from unnest(?::text[], ?::text[])"
            + " on conflict (event_id) do nothing returning event_id";
    forget = "delete from " + table + " where event_id = any(?)";
    purge = "delete from " + table + " where handled_at < ?";
  }

  /** An event and the topic that it lay on. */
  record Entry(String eventId, String topic) {}

  /**
   * Adds events in one message to the database; waits for another transaction that is handling one
   * of them now.
   *
   * @return the ids that were not handled before
   */
  Set<String> add(Connection connection, List<Entry> entries) throws SQLException {
    // in one order, so that two transactions with the same events never wait for each other
    List<Entry> sorted = entries.stream().sorted(Comparator.comparing(Entry::eventId)).toList();
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      statement.setArray(
          1, connection.createArrayOf("text", sorted.stream().map(Entry::eventId).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", sorted.stream().map(Entry::topic).toArray()));
      try (ResultSet added = statement.executeQuery()) {
        Set<String> ids = new HashSet<>();
        while (added.next()) {
          ids.add(added.getString(1));
        }
        return ids;
      }
    }
  }

  /** Takes back what the same transaction added. */
  void forget(Connection connection, Set<String> eventIds) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(forget)) {
      statement.setArray(1, connection.createArrayOf("text", eventIds.toArray()));
      statement.executeUpdate();
    }
  }

  int purge(Connection connection, Instant before) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(purge)) {
      statement.setTimestamp(1, Timestamp.from(before));
      return statement.executeUpdate();
    }
  }
}
