package dev.migaki.platform.stage;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Records that were set aside, at most one per subject of a dataset: of those about the same the
 * newest counts. Whoever holds the lock of a subject's row decides what becomes of it, so the
 * record that comes and the one that waits never run side by side.
 */
final class HeldTable {

  private static final String COLUMNS =
      "id, dataset, subject, version, event_id, topic, topic_partition, topic_offset, record_time,"
          + " record_key, record_value, header_names, header_values, code, reason, attempts,"
          + " held_at, next_attempt";

  private final String lock;
  private final String drop;
  private final String add;
  private final String take;
  private final String postpone;
  private final String oldest;
  private final String oldestOfEach;
  private final String counts;

  HeldTable(String schema) {
    String table = "\"" + schema + "\".held_record";
    lock =
        "select dataset, subject, version from "
            + table
            + " where (dataset, subject) in (select * from unnest(?::text[], ?::text[]))"
            + " order by dataset, subject for update";
    drop = "delete from " + table + " where dataset = ? and subject = ?";
    add =
        "insert into "
            + table
            + " (dataset, subject, version, event_id, topic, topic_partition, topic_offset, record_time,"
            + " record_key, record_value, header_names, header_values, code, reason, attempts,"
            + " held_at, next_attempt) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
    take = "delete from " + table + " where id = ?";
    postpone =
        "update "
            + table
            + " set code = ?, reason = ?, attempts = ?, next_attempt = ? where id = ?";
    oldest = "select " + COLUMNS + " from " + table + " where dataset = ? order by id limit 1";
    // from dataset to dataset by the index: a million rows of one are not read
    oldestOfEach =
        ("with recursive held(dataset) as ((select dataset from %1$s order by dataset limit 1)"
                + " union all select (select next.dataset from %1$s next where next.dataset >"
                + " held.dataset order by next.dataset limit 1) from held where held.dataset is not"
                + " null) select first.* from held, lateral (select %2$s from %1$s h"
                + " where h.dataset = held.dataset order by id limit 1) first order by held.dataset")
            .formatted(table, COLUMNS);
    counts = "select dataset, count(*) from " + table + " group by dataset";
  }

  /** What records are about. */
  record Subject(String dataset, String name) {}

  /**
   * Why a record waits.
   *
   * @param reason for people; holds no text of documents
   * @param attempts how often it was tried; 0 for one that only waits behind others
   */
  record Why(ErrorCode code, String reason, int attempts) {}

  /** A record that waits. */
  record Row(
      long id,
      Subject subject,
      long version,
      String eventId,
      ReceivedRecord record,
      Why why,
      Instant heldAt,
      Instant nextAttempt) {}

  /**
   * Those of some subjects about which a record waits, with its version, locked until the end of
   * the transaction.
   */
  Map<Subject, Long> lock(Connection connection, Collection<Subject> subjects) throws SQLException {
    Map<Subject, Long> found = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(lock)) {
      statement.setArray(
          1, connection.createArrayOf("text", subjects.stream().map(Subject::dataset).toArray()));
      statement.setArray(
          2, connection.createArrayOf("text", subjects.stream().map(Subject::name).toArray()));
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          found.put(new Subject(rows.getString(1), rows.getString(2)), rows.getLong(3));
        }
      }
    }
    return found;
  }

  void drop(Connection connection, Subject subject) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(drop)) {
      statement.setString(1, subject.dataset());
      statement.setString(2, subject.name());
      statement.executeUpdate();
    }
  }

  /** Adds a record; none about the same subject waits. The id is the database's. */
  void add(Connection connection, Row row) throws SQLException {
    ReceivedRecord record = row.record();
    List<String> names = new ArrayList<>(record.headers().keySet());
    try (PreparedStatement statement = connection.prepareStatement(add)) {
      statement.setString(1, row.subject().dataset());
      statement.setString(2, row.subject().name());
      statement.setLong(3, row.version());
      statement.setString(4, row.eventId());
      statement.setString(5, record.topic());
      statement.setInt(6, record.partition());
      statement.setLong(7, record.offset());
      statement.setTimestamp(8, Timestamp.from(record.timestamp()));
      statement.setString(9, record.key());
      statement.setBytes(10, record.value());
      statement.setArray(11, connection.createArrayOf("text", names.toArray()));
      statement.setArray(
          12,
          connection.createArrayOf(
              "bytea", names.stream().map(record.headers()::get).toArray(byte[][]::new)));
      statement.setString(13, row.why().code().name());
      statement.setString(14, storable(row.why().reason()));
      statement.setInt(15, row.why().attempts());
      statement.setTimestamp(16, Timestamp.from(row.heldAt()));
      statement.setTimestamp(17, Timestamp.from(row.nextAttempt()));
      statement.executeUpdate();
    }
  }

  /**
   * Takes a record out, which locks it; false when it waits no more, because it was handled or a
   * newer one took its place.
   */
  boolean take(Connection connection, long id) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(take)) {
      statement.setLong(1, id);
      return statement.executeUpdate() == 1;
    }
  }

  void postpone(Connection connection, long id, Why why, Instant nextAttempt) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(postpone)) {
      statement.setString(1, why.code().name());
      statement.setString(2, storable(why.reason()));
      statement.setInt(3, why.attempts());
      statement.setTimestamp(4, Timestamp.from(nextAttempt));
      statement.setLong(5, id);
      statement.executeUpdate();
    }
  }

  /** The record of a dataset that waits in front. */
  Optional<Row> oldest(Connection connection, String dataset) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(oldest)) {
      statement.setString(1, dataset);
      return rows(statement).stream().findFirst();
    }
  }

  /** The record in front of each dataset, by dataset. */
  List<Row> oldestOfEach(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(oldestOfEach)) {
      return rows(statement);
    }
  }

  /** Records that wait, by dataset. */
  Map<String, Long> counts(Connection connection) throws SQLException {
    Map<String, Long> records = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(counts);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        records.put(rows.getString(1), rows.getLong(2));
      }
    }
    return records;
  }

  private static List<Row> rows(PreparedStatement statement) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (ResultSet result = statement.executeQuery()) {
      while (result.next()) {
        rows.add(row(result));
      }
    }
    return rows;
  }

  private static Row row(ResultSet row) throws SQLException {
    ReceivedRecord record =
        new ReceivedRecord(
            row.getString(6),
            row.getInt(7),
            row.getLong(8),
            row.getString(10),
            row.getBytes(11),
            headers(row.getArray(12), row.getArray(13)),
            row.getTimestamp(9).toInstant());
    return new Row(
        row.getLong(1),
        new Subject(row.getString(2), row.getString(3)),
        row.getLong(4),
        row.getString(5),
        record,
        new Why(new ErrorCode(row.getString(14)), row.getString(15), row.getInt(16)),
        row.getTimestamp(17).toInstant(),
        row.getTimestamp(18).toInstant());
  }

  private static Map<String, byte[]> headers(Array names, Array values) throws SQLException {
    String[] keys = (String[]) names.getArray();
    byte[][] bytes = (byte[][]) values.getArray();
    Map<String, byte[]> headers = new HashMap<>();
    for (int i = 0; i < keys.length; i++) {
      headers.put(keys[i], bytes[i]);
    }
    return headers;
  }

  /** A recipe's key may hold U+0000, which PostgreSQL's text may not. */
  private static String storable(String reason) {
    return reason.replace('\0', ' ');
  }
}
