package dev.migaki.cli.stack;

import dev.migaki.contracts.Topics;
import dev.migaki.platform.localstack.Postgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.jspecify.annotations.Nullable;

/**
 * The running pipeline: broker and database first, then the five services at once, then the one
 * address. Lives in the supervisor process; {@link StackState} is what others see of it.
 */
public final class Stack implements AutoCloseable {
  private static final int PARTITIONS = 3;
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(10);

  private final StackDirectory directory;
  private final Path home;
  private final Listener listener;
  private final HttpClient http;
  private final Supervisor supervisor;
  private final BrokerChild broker;
  private final DatabaseChild database;
  private final List<ServiceChild> services = new ArrayList<>();
  private @Nullable FrontDoor frontDoor;
  private @Nullable FileChannel lockChannel;
  private volatile boolean ready;
  private boolean closed;

  /** Receives what a person may want to see of starting and restarting. */
  public interface Listener {
    void changed(String name, String state, String detail);
  }

  /**
   * @param home the source tree: services, recipes and models are found below it
   */
  public Stack(Path home, StackDirectory directory, Durability durability, Listener listener) {
    this.home = home;
    this.directory = directory;
    this.listener = listener;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    this.supervisor = new Supervisor(this::changed);
    this.broker = new BrokerChild(directory);
    this.database =
        new DatabaseChild(
            directory,
            durability == Durability.POWER_LOSS
                ? Postgres.Durability.POWER_LOSS
                : Postgres.Durability.PROCESS_CRASH);
  }

  /** What a committed transaction survives. */
  public enum Durability {
    /** Also a power cut. For data somebody wants back. */
    POWER_LOSS,
    /** The end of any process. For demonstrations and tests. */
    PROCESS_CRASH
  }

  /**
   * Starts everything and returns when all of it is ready.
   *
   * @param port of the one address, 0 for any free one
   * @throws StackFailure when something does not start; everything is stopped again then
   */
  public void start(int port) {
    start(port, List.of(StageService.values()));
  }

  /** {@link #start(int)} with some of the services only. */
  public void start(int port, List<StageService> wanted) {
    directory.create();
    lock();
    try {
      for (StageService service : wanted) {
        requireBuilt(service);
        services.add(new ServiceChild(service, home, directory, freePort(), http));
      }
      frontDoor = FrontDoor.open(port, http, this::portOf, supervisor::states);
      publishState();
      inParallel(Stream.of(() -> startBroker(), () -> supervisor.startAndWatch(database)));
      Map<String, String> environment = environment();
      services.forEach(service -> service.configure(environment));
      inParallel(services.stream().map(service -> () -> supervisor.startAndWatch(service)));
      ready = true;
      publishState();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What other shells see. */
  public synchronized StackState state() {
    ProcessHandle self = ProcessHandle.current();
    FrontDoor door = frontDoor;
    return new StackState(
        self.pid(),
        StackState.startedMillis(self),
        ready,
        door == null ? 0 : door.port(),
        broker.bootstrapServers(),
        directory.artifacts().toString(),
        supervisor.snapshot());
  }

  /** Stops in the reverse order of starting. */
  @Override
  public synchronized void close() {
    if (closed) {
      return;
    }
    closed = true;
    supervisor.beginStop();
    if (frontDoor != null) {
      frontDoor.close();
    }
    inParallel(services.stream().map(service -> () -> service.stop(STOP_PATIENCE)));
    inParallel(Stream.of(() -> database.stop(STOP_PATIENCE), () -> broker.stop(STOP_PATIENCE)));
    deleteState();
    unlock();
  }

  private void startBroker() {
    supervisor.startAndWatch(broker);
    createTopics();
  }

  private void createTopics() {
    Map<String, Object> settings =
        Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers());
    try (Admin admin = Admin.create(settings)) {
      var existing = admin.listTopics().names().get();
      List<NewTopic> missing =
          Topics.ALL.stream()
              .flatMap(topic -> Stream.of(topic, Topics.deadLetterOf(topic)))
              .filter(topic -> !existing.contains(topic))
              .map(topic -> new NewTopic(topic, PARTITIONS, (short) 1).configs(topicSettings()))
              .toList();
      admin.createTopics(missing).all().get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("interrupted while creating topics", e);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new StackFailure("cannot create the topics: " + e.getMessage(), e);
    }
  }

  /** Documents are kept: a dataset can be made again from its topic. */
  private static Map<String, String> topicSettings() {
    return Map.of("retention.ms", "-1", "max.message.bytes", "33554432");
  }

  private Map<String, String> environment() {
    Postgres connection = database.connection();
    Map<String, String> environment = new HashMap<>();
    environment.put("KAFKA_BOOTSTRAP_SERVERS", broker.bootstrapServers());
    environment.put("QUARKUS_DATASOURCE_JDBC_URL", connection.jdbcUrl());
    environment.put("QUARKUS_DATASOURCE_USERNAME", connection.username());
    environment.put("QUARKUS_DATASOURCE_PASSWORD", connection.password());
    environment.put("MIGAKI_ARTIFACTS_ROOT", directory.artifacts().toString());
    environment.put("MIGAKI_RECIPES_DIRECTORY", recipes().toString());
    environment.put("MIGAKI_MODELS_DIRECTORY", home.resolve("models").toString());
    environment.put("OMP_WAIT_POLICY", "PASSIVE");
    environment.put("OPENBLAS_NUM_THREADS", "1");
    return environment;
  }

  /** {@code --data}'s own recipes win, so that an experiment needs no change in the source tree. */
  private Path recipes() {
    Path own = directory.root().resolve("recipes");
    return Files.isDirectory(own) ? own : home.resolve("recipes");
  }

  private int portOf(StageService service) {
    return services.stream()
        .filter(child -> child.service() == service)
        .mapToInt(ServiceChild::port)
        .findFirst()
        .orElse(0);
  }

  private void requireBuilt(StageService service) {
    if (!Files.exists(service.runnable(home))) {
      throw new StackFailure(
          service.module()
              + " is not built ("
              + service.runnable(home)
              + " is missing); run ./migaki, it builds what is needed");
    }
  }

  private void changed(String name, String state, String detail) {
    publishState();
    listener.changed(name, state, detail);
  }

  private synchronized void publishState() {
    if (!closed) {
      state().write(directory);
    }
  }

  private void deleteState() {
    try {
      Files.deleteIfExists(directory.stateFile());
    } catch (IOException e) {
      listener.changed("stack", "stopped", "cannot delete " + directory.stateFile());
    }
  }

  private void lock() {
    try {
      FileChannel channel =
          FileChannel.open(
              directory.lockFile(), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw new StackFailure(
            "a stack already runs on "
                + directory.root()
                + "; stop it with `migaki down` or choose another directory with --data");
      }
      lockChannel = channel;
    } catch (IOException e) {
      throw new StackFailure("cannot lock " + directory.root() + ": " + e.getMessage(), e);
    }
  }

  private void unlock() {
    FileChannel channel = lockChannel;
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        listener.changed("stack", "stopped", "cannot unlock: " + e.getMessage());
      }
    }
  }

  private static void inParallel(Stream<Runnable> tasks) {
    List<CompletableFuture<Void>> running =
        tasks.map(task -> CompletableFuture.runAsync(task, Stack::onOwnThread)).toList();
    try {
      CompletableFuture.allOf(running.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }

  private static void onOwnThread(Runnable task) {
    Thread thread = new Thread(task, "stack");
    thread.setDaemon(true);
    thread.start();
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new StackFailure("no free port on 127.0.0.1", e);
    }
  }
}
