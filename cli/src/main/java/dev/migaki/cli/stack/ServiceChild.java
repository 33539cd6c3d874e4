package dev.migaki.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One service in a JVM of its own, on the same port after every restart. */
final class ServiceChild implements Supervised {
  private static final Duration START_PATIENCE = Duration.ofSeconds(180);
  private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(5);
  private static final Path SETSID = Path.of("/usr/bin/setsid");

  private final StageService service;
  private final Path home;
  private final StackDirectory directory;
  private final int port;
  private final HttpClient http;
  private volatile Map<String, String> environment = Map.of();
  private volatile @Nullable Process process;

  ServiceChild(
      StageService service, Path home, StackDirectory directory, int port, HttpClient http) {
    this.service = service;
    this.home = home;
    this.directory = directory;
    this.port = port;
    this.http = http;
  }

  /** What the service finds in its environment; set before the first start. */
  void configure(Map<String, String> values) {
    environment = Map.copyOf(values);
  }

  @Override
  public String name() {
    return service.label();
  }

  StageService service() {
    return service;
  }

  /** What the service tells, in files of 10 MB of which the last six are kept. */
  private Path log() {
    return directory.logs().resolve(service.label() + ".log");
  }

  /** What its JVM and native libraries print: little, unless one of them fails. */
  private Path output() {
    return directory.logs().resolve(service.label() + ".out");
  }

  private String logs() {
    return log() + " and " + output();
  }

  @Override
  public void start() {
    Process started = launch();
    process = started;
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!answers("/q/health/ready")) {
      if (!started.isAlive()) {
        throw new StackFailure(
            name()
                + " ended while starting (exit status "
                + started.exitValue()
                + "); see "
                + logs());
      }
      if (System.nanoTime() > deadline) {
        started.destroyForcibly();
        throw new StackFailure(
            name() + " was not ready after " + START_PATIENCE.toSeconds() + " s; see " + logs());
      }
      pause();
    }
  }

  private Process launch() {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      // a session of its own: Ctrl-C reaches the supervisor only, which stops its children in order
      command.add(SETSID.toString());
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(service.javaOptions());
    command.addAll(moreOptions());
    command.add("-javaagent:" + ownJar());
    command.add("-jar");
    command.add(service.runnable(home).toString());
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("QUARKUS_HTTP_HOST", "127.0.0.1");
    builder.directory(directory.work(service).toFile());
    builder.redirectErrorStream(true);
    builder.environment().put("QUARKUS_LOG_CONSOLE_ENABLED", "false");
    builder.environment().put("QUARKUS_LOG_FILE_ENABLED", "true");
    builder.environment().put("QUARKUS_LOG_FILE_PATH", log().toString());
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()));
    try {
      return builder.start();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start " + name(), e);
    }
  }

  /**
   * What the operator adds, later options winning: {@code
   * MIGAKI_JAVA_OPTIONS=-XX:TieredStopAtLevel=4} for services that work for hours, at the price of
   * memory and of a slower start.
   */
  private static List<String> moreOptions() {
    String given = System.getenv().getOrDefault("MIGAKI_JAVA_OPTIONS", "").strip();
    return given.isEmpty() ? List.of() : List.of(given.split("\\s+"));
  }

  @Override
  public boolean isAlive() {
    Process current = process;
    return current != null && current.isAlive();
  }

  @Override
  public boolean isHealthy() {
    return probe("/q/health/live") != 503;
  }

  private boolean answers(String path) {
    return probe(path) == 200;
  }

  /** The HTTP status, or 0 when there is no answer: busy is not broken. */
  private int probe(String path) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
              .timeout(PROBE_TIMEOUT)
              .build();
      return http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      return 0;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 0;
    }
  }

  @Override
  public long pid() {
    Process current = process;
    return current == null ? 0 : current.pid();
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public void stop(Duration patience) {
    Process current = process;
    if (current == null) {
      return;
    }
    current.destroy();
    if (!ended(current, patience)) {
      current.destroyForcibly();
      ended(current, Duration.ofSeconds(5));
    }
  }

  private static boolean ended(Process process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("interrupted while a service was starting", e);
    }
  }

  private static String ownJar() {
    try {
      return Path.of(ParentWatch.class.getProtectionDomain().getCodeSource().getLocation().toURI())
          .toString();
    } catch (java.net.URISyntaxException e) {
      throw new IllegalStateException("the launcher runs from a jar", e);
    }
  }
}
