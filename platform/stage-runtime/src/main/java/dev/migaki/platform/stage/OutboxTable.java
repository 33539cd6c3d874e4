package dev.migaki.platform.stage;

import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * Records that were committed but not yet acknowledged by the broker, in the order in which they
 * were written.
 */
class OutboxTable {

  private final String insert;
  private final String read;
  private final String delete;
  private final String depth;

  OutboxTable(String schema) {
    String table = "\"" + schema + "\".outbox_record";
    insert =
        "insert into "
            + table
            + " (topic, record_key, record_value, header_names, header_values) values (?, ?, ?, ?, ?)";
    read =
        "select id, topic, record_key, record_value, header_names, header_values from "
            + table
            + " order by id limit ?";
    delete = "delete from " + table + " where id = any(?)";
    depth = "select count(*) from " + table;
  }

  /** A record and the row it lies in. */
  record Row(long id, OutgoingRecord record) {}

  void add(Connection connection, List<OutgoingRecord> records) throws SQLException {
    if (records.isEmpty()) {
      return;
    }
    try (PreparedStatement statement = connection.prepareStatement(insert)) {
      for (OutgoingRecord record : records) {
        statement.setString(1, record.topic());
        statement.setString(2, record.key());
        statement.setBytes(3, record.value());
        statement.setArray(
            4,
            connection.createArrayOf("text", record.headers().stream().map(Header::key).toArray()));
        statement.setArray(
            5,
            connection.createArrayOf(
                "bytea", record.headers().stream().map(Header::value).toArray(byte[][]::new)));
        statement.addBatch();
      }
      // sent as one statement of many rows, which PostgreSQL numbers in their order
      statement.executeBatch();
    }
  }

  List<Row> read(Connection connection, int limit) throws SQLException {
    List<Row> rows = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(read)) {
      statement.setInt(1, limit);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          rows.add(
              new Row(
                  result.getLong(1),
                  new OutgoingRecord(
                      result.getString(2),
                      result.getString(3),
                      result.getBytes(4),
                      headers(result.getArray(5), result.getArray(6)))));
        }
      }
    }
    return rows;
  }

  void delete(Connection connection, List<Long> ids) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(delete)) {
      statement.setArray(1, connection.createArrayOf("bigint", ids.toArray()));
      statement.executeUpdate();
    }
  }

  long depth(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(depth);
        ResultSet result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private static List<Header> headers(Array names, Array values) throws SQLException {
    String[] keys = (String[]) names.getArray();
    byte[][] bytes = (byte[][]) values.getArray();
    List<Header> headers = new ArrayList<>(keys.length);
    for (int i = 0; i < keys.length; i++) {
      headers.add(new RecordHeader(keys[i], bytes[i]));
    }
    return headers;
  }
}
