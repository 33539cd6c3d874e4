package dev.migaki.cli.stack;

import dev.migaki.platform.localstack.KafkaBroker;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The Kafka broker under supervision: same port and data after every restart. */
final class BrokerChild implements Supervised {
  private final StackDirectory directory;
  private volatile int port;
  private volatile @Nullable KafkaBroker broker;

  BrokerChild(StackDirectory directory) {
    this.directory = directory;
  }

  @Override
  public String name() {
    return "kafka";
  }

  @Override
  public void start() {
    KafkaBroker started = KafkaBroker.start(directory.kafka(), port);
    port = started.port();
    broker = started;
  }

  @Override
  public boolean isAlive() {
    KafkaBroker current = broker;
    return current != null && current.isAlive();
  }

  @Override
  public boolean isHealthy() {
    return true;
  }

  @Override
  public long pid() {
    KafkaBroker current = broker;
    return current == null ? 0 : current.pid();
  }

  @Override
  public int port() {
    return port;
  }

  String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  @Override
  public void stop(Duration patience) {
    KafkaBroker current = broker;
    if (current != null) {
      current.stop();
    }
  }
}
