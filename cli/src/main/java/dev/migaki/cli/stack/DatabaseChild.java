package dev.migaki.cli.stack;

import dev.migaki.platform.localstack.Postgres;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** PostgreSQL under supervision: same port and data after every restart. */
final class DatabaseChild implements Supervised {
  private final StackDirectory directory;
  private final Postgres.Durability durability;
  private volatile int port;
  private volatile @Nullable Postgres postgres;

  DatabaseChild(StackDirectory directory, Postgres.Durability durability) {
    this.directory = directory;
    this.durability = durability;
  }

  @Override
  public String name() {
    return "postgresql";
  }

  @Override
  public void start() {
    Postgres started = Postgres.start(directory.postgres(), port, durability);
    port = started.port();
    postgres = started;
  }

  @Override
  public boolean isAlive() {
    Postgres current = postgres;
    return current != null && current.isAlive();
  }

  @Override
  public boolean isHealthy() {
    return true;
  }

  @Override
  public long pid() {
    Postgres current = postgres;
    return current == null ? 0 : current.pid();
  }

  @Override
  public int port() {
    return port;
  }

  /** Where and as whom services connect; only after the first start. */
  Postgres connection() {
    Postgres current = postgres;
    if (current == null) {
      throw new IllegalStateException("PostgreSQL has not been started");
    }
    return current;
  }

  @Override
  public void stop(Duration patience) {
    Postgres current = postgres;
    if (current != null) {
      current.stop();
    }
  }
}
