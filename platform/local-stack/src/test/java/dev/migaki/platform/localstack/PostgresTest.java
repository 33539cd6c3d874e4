package dev.migaki.platform.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresTest {

  @Test
  void shouldKeepCommittedRowsWhenKilledAndStartedAgainOnTheSamePort(@TempDir Path directory)
      throws SQLException {
    // Given
    Postgres first = Postgres.start(directory, 0, Postgres.Durability.PROCESS_CRASH);
    execute(first, "create table letter (word text); insert into letter values ('磨き')");
    first.kill();
    assertThat(first.isAlive()).isFalse();

    // When
    try (Postgres second =
        Postgres.start(directory, first.port(), Postgres.Durability.PROCESS_CRASH)) {

      // Then
      assertThat(second.jdbcUrl()).isEqualTo(first.jdbcUrl());
      assertThat(query(second, "select word from letter")).isEqualTo("磨き");
    }
  }

  @Test
  void shouldStopThePreviousServerWhenStartedOnTheSameDirectory(@TempDir Path directory)
      throws SQLException {
    // Given
    try (Postgres first = Postgres.start(directory, 0, Postgres.Durability.PROCESS_CRASH)) {

      // When
      try (Postgres second = Postgres.start(directory, 0, Postgres.Durability.PROCESS_CRASH)) {

        // Then
        assertThat(first.isAlive()).isFalse();
        assertThat(query(second, "select version()")).startsWith("PostgreSQL 18");
      }
    }
  }

  private static void execute(Postgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(Postgres postgres, String sql) throws SQLException {
    try (Connection connection = connect(postgres);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }

  private static Connection connect(Postgres postgres) throws SQLException {
    return DriverManager.getConnection(
        postgres.jdbcUrl(), postgres.username(), postgres.password());
  }
}
