package dev.migaki.platform.localstack;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * A single-node Kafka broker (KRaft) in its own JVM, so that its version is independent of the
 * clients' and a test may kill -9 it. Its data directory survives; start it again with the same
 * {@link #port()} and clients reconnect. It ends with this process, however this process ends.
 */
public final class KafkaBroker implements AutoCloseable {

  private static final Duration START_PATIENCE = Duration.ofSeconds(90);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  private final ChildProcess child;
  private final int port;
  private final Path log;

  private KafkaBroker(ChildProcess child, int port, Path log) {
    this.child = child;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts the broker and returns when it accepts clients; a broker of an earlier launcher on the
   * same directory is stopped first.
   *
   * @param dataDirectory created when absent; holds the topics, the broker's log and its pid file
   * @param port the client port on 127.0.0.1, 0 for any free one
   * @throws LocalStackException when the jars are missing or the broker does not come up; the
   *     message names the log file
   */
  public static KafkaBroker start(Path dataDirectory, int port) {
    return start(dataDirectory, port, Map.of());
  }

  /**
   * As {@link #start(Path, int)}, with other settings than this class would choose.
   *
   * @param settings of Kafka's {@code server.properties}; they win over this class's
   */
  public static KafkaBroker start(Path dataDirectory, int port, Map<String, String> settings) {
    Path directory = dataDirectory.toAbsolutePath();
    try {
      Files.createDirectories(directory);
      PidFile pidFile = new PidFile(directory.resolve("broker.pid"));
      pidFile.stopPrevious(STOP_PATIENCE);
      int clientPort = FreePort.orElseChosen(port);
      Path properties = directory.resolve("broker.properties");
      Files.writeString(
          properties,
          properties(directory, clientPort, FreePort.choose()) + lines(settings),
          StandardCharsets.UTF_8);
      Path log = directory.resolve("broker.log");
      ChildProcess child = ChildProcess.launch("Kafka", command(directory, properties), log);
      pidFile.write(child.process().toHandle());
      KafkaBroker broker = new KafkaBroker(child, clientPort, log);
      broker.awaitReady();
      return broker;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + directory, e);
    }
  }

  /** What clients put into {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  public int port() {
    return port;
  }

  public long pid() {
    return child.process().pid();
  }

  public boolean isAlive() {
    return child.isAlive();
  }

  /** The broker's own log, for messages that send a person there. */
  public Path log() {
    return log;
  }

  /** Stops in order: everything written is flushed. */
  public void stop() {
    child.stop(STOP_PATIENCE);
  }

  /** Ends the broker as {@code kill -9} does; for tests of what survives. */
  public void kill() {
    child.process().destroyForcibly();
    ChildProcess.waitFor(child.process().toHandle(), STOP_PATIENCE);
  }

  @Override
  public void close() {
    stop();
  }

  private void awaitReady() {
    CompletableFuture<Boolean> ready = new CompletableFuture<>();
    Thread reader = new Thread(() -> ready.complete(readUntilReady()), "broker-output");
    reader.setDaemon(true);
    reader.start();
    try {
      if (ready.get(START_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        return;
      }
      throw new LocalStackException("Kafka ended while starting; see " + log);
    } catch (TimeoutException | ExecutionException e) {
      kill();
      throw new LocalStackException(
          "Kafka was not ready after " + START_PATIENCE.toSeconds() + " s; see " + log, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      kill();
      throw new LocalStackException("interrupted while Kafka was starting", e);
    }
  }

  private boolean readUntilReady() {
    try {
      BufferedReader reader = child.process().inputReader(StandardCharsets.UTF_8);
      Optional<String> line = Optional.ofNullable(reader.readLine());
      while (line.isPresent() && !line.get().equals(BrokerProcess.READY)) {
        line = Optional.ofNullable(reader.readLine());
      }
      return line.isPresent();
    } catch (IOException e) {
      return false;
    }
  }

  private static List<String> command(Path directory, Path properties) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx224m",
        "-Xms64m",
        "-Xmn32m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-Dmigaki.broker.directory=" + directory,
        "-Dlog4j2.configurationFile=classpath:dev/migaki/platform/localstack/broker-log4j2.properties",
        "-cp",
        BrokerClassPath.resolve(),
        BrokerProcess.class.getName(),
        properties.toString());
  }

  /**
   * Settings of a small single node: one replica of everything, little memory, quick group joins,
   * records up to 32 MiB (documents come as raw bytes).
   */
  private static String properties(Path directory, int port, int controllerPort) {
    return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.bootstrap.servers=127.0.0.1:%2$d
                listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d,CONTROLLER://127.0.0.1:%2$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
                inter.broker.listener.name=PLAINTEXT
                log.dirs=%3$s
                num.partitions=3
                auto.create.topics.enable=false
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=1
                transaction.state.log.replication.factor=1
                transaction.state.log.min.isr=1
                transaction.state.log.num.partitions=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.min.isr=1
                share.coordinator.state.topic.num.partitions=1
                group.initial.rebalance.delay.ms=0
                group.min.session.timeout.ms=1000
                message.max.bytes=33554432
                replica.fetch.max.bytes=33554432
                log.cleaner.dedupe.buffer.size=2097152
                background.threads=2
                num.io.threads=2
                num.network.threads=2
                """
        .formatted(port, controllerPort, escape(directory.resolve("data")));
  }

  /** The last of two equal keys in a properties file wins. */
  private static String lines(Map<String, String> settings) {
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + "=" + setting.getValue() + "\n")
        .sorted()
        .collect(Collectors.joining());
  }

  private static String escape(Path path) {
    return path.toString().replace("\\", "\\\\");
  }
}
