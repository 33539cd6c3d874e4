package dev.migaki.cli.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A stack in a process of its own, seen from the process that started it: {@code up --detach}, the
 * demonstration and the end-to-end tests use it.
 */
public final class SupervisorProcess {
  private static final Duration START_PATIENCE = Duration.ofSeconds(240);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

  private final Process process;
  private final StackDirectory directory;

  private SupervisorProcess(Process process, StackDirectory directory) {
    this.process = process;
    this.directory = directory;
  }

  /** How a supervisor relates to the process that starts it. */
  public enum Bond {
    /** Ends with its starter, however that ends. */
    GUARDED,
    /** Goes on when its starter ends. */
    DETACHED
  }

  /**
   * Starts the supervisor and returns at once.
   *
   * @param port of the one address, 0 for any free one
   */
  public static SupervisorProcess launch(
      Path home, StackDirectory directory, int port, Stack.Durability durability, Bond bond) {
    directory.create();
    Path output = directory.logs().resolve("supervisor.log");
    ProcessBuilder builder = new ProcessBuilder(command(home, directory, port, durability, bond));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    if (bond == Bond.DETACHED) {
      builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
    }
    try {
      return new SupervisorProcess(builder.start(), directory);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot start the supervisor", e);
    }
  }

  /** The state as last written; empty before the supervisor's first word. */
  public Optional<StackState> state() {
    return StackState.read(directory).filter(state -> state.pid() == process.pid());
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public ProcessHandle handle() {
    return process.toHandle();
  }

  /**
   * Waits until everything is ready.
   *
   * @param onChange called about every 100 ms with the newest state
   * @throws StackFailure when the supervisor ends or takes too long; the message quotes its last
   *     line
   */
  public StackState awaitReady(java.util.function.Consumer<StackState> onChange) {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      Optional<StackState> state = state();
      state.ifPresent(onChange);
      if (state.isPresent() && state.get().ready()) {
        return state.get();
      }
      if (!process.isAlive()) {
        throw new StackFailure("the stack did not start: " + lastWords());
      }
      pause();
    }
    stop();
    throw new StackFailure(
        "the stack was not ready after "
            + START_PATIENCE.toSeconds()
            + " s; see "
            + directory.logs());
  }

  /** Stops everything in order. */
  public void stop() {
    stop(process.toHandle());
  }

  /** Stops a stack that another process started; true when it is gone. */
  public static boolean stop(ProcessHandle supervisor) {
    supervisor.destroy();
    if (ended(supervisor, STOP_PATIENCE)) {
      return true;
    }
    supervisor.destroyForcibly(); // its children watch it and follow
    return ended(supervisor, Duration.ofSeconds(10));
  }

  private String lastWords() {
    try {
      List<String> lines = Files.readAllLines(directory.logs().resolve("supervisor.log"));
      return lines.isEmpty() ? "it said nothing" : lines.get(lines.size() - 1);
    } catch (IOException e) {
      return "no log at " + directory.logs();
    }
  }

  private static List<String> command(
      Path home, StackDirectory directory, int port, Stack.Durability durability, Bond bond) {
    List<String> command = new ArrayList<>();
    if (Files.isExecutable(Path.of("/usr/bin/setsid"))) {
      command.add("/usr/bin/setsid");
    }
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "-Xmx192m",
            "-Xms32m",
            "-Xmn16m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-XX:+ExitOnOutOfMemoryError",
            "-Dmigaki.home=" + home,
            "-Dsun.net.httpserver.nodelay=true",
            "-Dslf4j.internal.verbosity=ERROR",
            "-Dfile.encoding=UTF-8"));
    String broker = System.getProperty("migaki.localstack.lib");
    command.add(
        "-Dmigaki.localstack.lib="
            + (broker == null ? home.resolve("platform/local-stack/target/lib") : broker));
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add("dev.migaki.cli.Migaki");
    command.add("up");
    command.add("--data=" + directory.root());
    command.add("--port=" + port);
    if (durability == Stack.Durability.PROCESS_CRASH) {
      command.add("--no-sync");
    }
    if (bond == Bond.GUARDED) {
      command.add("--guarded");
    }
    return command;
  }

  private static boolean ended(ProcessHandle process, Duration patience) {
    try {
      process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException | ExecutionException e) {
      return !process.isAlive();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !process.isAlive();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(100);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackFailure("interrupted while the stack was starting", e);
    }
  }
}
