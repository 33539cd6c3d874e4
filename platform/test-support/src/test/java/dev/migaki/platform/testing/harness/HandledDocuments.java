package dev.migaki.platform.testing.harness;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/** What the harness committed, as the tests see it. */
public final class HandledDocuments {

  private final DataSource dataSource;

  public HandledDocuments(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** Document id → how often its effect was committed, in the order of the first time. */
  public Map<String, Integer> of(String dataset) {
    Map<String, Integer> times = new LinkedHashMap<>();
    String sql =
        "select document_id, times from harness.handled_document where dataset = ? order by position";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dataset);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          times.put(rows.getString(1), rows.getInt(2));
        }
      }
      return times;
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read what was handled", e);
    }
  }

  public List<String> ids(String dataset) {
    return new ArrayList<>(of(dataset).keySet());
  }

  /** How many records of the dataset are set aside. */
  public long waiting(String dataset) {
    String sql = "select count(*) from harness.held_record where dataset = ?";
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dataset);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    } catch (SQLException e) {
      throw new IllegalStateException("cannot read what waits", e);
    }
  }

  /** From now on no document of the dataset can be prepared. */
  public void stick(String dataset, boolean bounded) {
    change(
        "insert into harness.stuck_dataset (dataset, bounded) values (?, " + bounded + ")",
        dataset);
  }

  /** Its documents can be prepared again. */
  public void mend(String dataset) {
    change("delete from harness.stuck_dataset where dataset = ?", dataset);
  }

  private void change(String sql, String dataset) {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, dataset);
      statement.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException("cannot change whether a dataset is stuck", e);
    }
  }
}
