package dev.migaki.platform.stage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jboss.logging.Logger;

/**
 * A session-level advisory lock of PostgreSQL, one per stage: it ends with the connection, so a
 * killed leader never blocks the next one.
 */
final class RelayLock {

  private static final Logger LOG = Logger.getLogger(RelayLock.class);

  /** First half of the lock's key: "outbox relay of Migaki"; any constant that nobody else uses. */
  private static final int NAMESPACE = 0x4d69676b;

  private final int key;

  RelayLock(String stage) {
    this.key = stage.hashCode();
  }

  boolean tryAcquire(Connection connection) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_try_advisory_lock(?, ?)")) {
      statement.setInt(1, NAMESPACE);
      statement.setInt(2, key);
      try (ResultSet result = statement.executeQuery()) {
        result.next();
        return result.getBoolean(1);
      }
    }
  }

  /** Before the connection goes back to the pool: the lock belongs to the session, not to us. */
  void release(Connection connection) {
    try (PreparedStatement statement =
        connection.prepareStatement("select pg_advisory_unlock(?, ?)")) {
      statement.setInt(1, NAMESPACE);
      statement.setInt(2, key);
      statement.execute();
    } catch (SQLException e) {
      LOG.debug("the session ended and its lock with it", e);
    }
  }
}
