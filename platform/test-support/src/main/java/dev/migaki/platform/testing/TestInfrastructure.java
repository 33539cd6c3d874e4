package dev.migaki.platform.testing;

import dev.migaki.platform.localstack.KafkaBroker;
import dev.migaki.platform.localstack.Postgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The broker and the database of this test JVM. What is running is noted in system properties, not
 * in static fields, because Quarkus loads this class once per application it starts.
 */
public final class TestInfrastructure {

  private static final String PREFIX = "migaki.test.";

  /**
   * A killed broker may come back when its session has run out; Kafka's own 9 s are long for a
   * test.
   */
  private static final Map<String, String> BROKER_SETTINGS =
      Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "500");

  private TestInfrastructure() {}

  /**
   * Starts both unless they run; returns the configuration that leads a Quarkus application to
   * them.
   */
  public static Map<String, String> ensureStarted() {
    synchronized (System.getProperties()) {
      if (System.getProperty(PREFIX + "kafka") == null) {
        start();
      }
    }
    return Map.of(
        "kafka.bootstrap.servers", property("kafka"),
        "quarkus.datasource.jdbc.url", property("jdbc-url"),
        "quarkus.datasource.username", property("jdbc-username"),
        "quarkus.datasource.password", property("jdbc-password"),
        "migaki.artifacts.root", property("artifacts"));
  }

  /** Kills the broker as {@code kill -9} does. */
  public static void killKafka() {
    kill("kafka-pid");
  }

  /** Starts the broker again, with its data and on its port. */
  public static void startKafka() {
    KafkaBroker broker =
        KafkaBroker.start(
            directory().resolve("kafka"),
            Integer.parseInt(property("kafka-port")),
            BROKER_SETTINGS);
    keep(broker);
    set("kafka-pid", Long.toString(broker.pid()));
  }

  /** Kills the postmaster as {@code kill -9} does. */
  public static void killPostgres() {
    kill("postgres-pid");
  }

  /** Starts the database again, with its data and on its port. */
  public static void startPostgres() {
    Postgres postgres =
        Postgres.start(
            directory().resolve("postgres"),
            Integer.parseInt(property("postgres-port")),
            Postgres.Durability.PROCESS_CRASH);
    keep(postgres);
    set("postgres-pid", Long.toString(postgres.pid()));
  }

  private static void start() {
    locateBrokerJars();
    Path directory = temporaryDirectory();
    set("directory", directory.toString());
    CompletableFuture<Postgres> beside =
        CompletableFuture.supplyAsync(
            () ->
                Postgres.start(
                    directory.resolve("postgres"), 0, Postgres.Durability.PROCESS_CRASH));
    KafkaBroker broker = KafkaBroker.start(directory.resolve("kafka"), 0, BROKER_SETTINGS);
    keep(broker);
    Postgres postgres = beside.join();
    keep(postgres);
    set("kafka-port", Integer.toString(broker.port()));
    set("kafka-pid", Long.toString(broker.pid()));
    set("postgres-port", Integer.toString(postgres.port()));
    set("postgres-pid", Long.toString(postgres.pid()));
    set("jdbc-url", postgres.jdbcUrl());
    set("jdbc-username", postgres.username());
    set("jdbc-password", postgres.password());
    set("artifacts", directory.resolve("artifacts").toString());
    set("kafka", broker.bootstrapServers());
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> deleteTree(directory), "delete-test-infrastructure"));
  }

  /**
   * In this project's build the broker's jars lie in a sibling module, whatever module is tested.
   */
  private static void locateBrokerJars() {
    if (System.getProperty("migaki.localstack.lib") != null) {
      return;
    }
    for (Path directory = Path.of("").toAbsolutePath();
        directory != null;
        directory = directory.getParent()) {
      Path lib = directory.resolve("platform/local-stack/target/lib");
      if (Files.isDirectory(lib)) {
        System.setProperty("migaki.localstack.lib", lib.toString());
        return;
      }
    }
  }

  /**
   * The hook ends it with the JVM and, until then, keeps it from being collected, which would close
   * its pipe.
   */
  private static void keep(AutoCloseable server) {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> closeQuietly(server), "stop-test-infrastructure"));
  }

  private static void closeQuietly(AutoCloseable server) {
    try {
      server.close();
    } catch (Exception e) {
      System.err.println(
          "could not stop " + server.getClass().getSimpleName() + ": " + e.getMessage());
    }
  }

  private static void kill(String pidProperty) {
    Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(property(pidProperty)));
    if (process.isPresent()) {
      process.get().destroyForcibly();
      process.get().onExit().orTimeout(30, TimeUnit.SECONDS).join();
    }
  }

  private static Path directory() {
    return Path.of(property("directory"));
  }

  private static Path temporaryDirectory() {
    try {
      return Files.createTempDirectory("migaki-test-");
    } catch (IOException e) {
      throw new UncheckedIOException("cannot create a temporary directory", e);
    }
  }

  private static void deleteTree(Path root) {
    // Runs beside the hooks that stop the servers; what they still write is the system's temporary
    // directory's to clean.
    try (Stream<Path> files = Files.walk(root)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException | UncheckedIOException e) {
      System.err.println("left behind: " + root);
    }
  }

  private static String property(String name) {
    String value = System.getProperty(PREFIX + name);
    if (value == null) {
      throw new IllegalStateException(
          "system property "
              + PREFIX
              + name
              + " is missing; call ensureStarted() first, or set it beside "
              + PREFIX
              + "kafka");
    }
    return value;
  }

  private static void set(String name, String value) {
    System.setProperty(PREFIX + name, value);
  }
}
