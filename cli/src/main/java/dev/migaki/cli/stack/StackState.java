package dev.migaki.cli.stack;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/**
 * What a running stack tells other shells.
 *
 * @param pid the supervisor
 * @param pidStartedMillis when that process started, so that a reused pid is not mistaken for it
 * @param ready whether everything has been ready at least once
 * @param port of the one address
 * @param kafka {@code bootstrap.servers}
 * @param artifacts root of the artifact store
 * @param children the processes below the supervisor
 */
public record StackState(
    long pid,
    long pidStartedMillis,
    boolean ready,
    int port,
    String kafka,
    String artifacts,
    List<Child> children) {
  private static final ObjectMapper JSON = new ObjectMapper();

  public StackState {
    requireNonNull(kafka, "kafka");
    requireNonNull(artifacts, "artifacts");
    children = List.copyOf(children);
  }

  /**
   * @param port 0 when the process serves none
   * @param state {@code starting}, {@code ready}, {@code restarting} or {@code stopped}
   * @param restarts how often it was started again
   */
  public record Child(String name, long pid, int port, String state, int restarts) {}

  /** The one address, without a slash at its end. */
  public String address() {
    return "http://127.0.0.1:" + port;
  }

  /** The process with this name. */
  public Optional<Child> child(String name) {
    return children.stream().filter(child -> child.name().equals(name)).findFirst();
  }

  /** The supervisor, when it is alive. */
  public Optional<ProcessHandle> supervisor() {
    return ProcessHandle.of(pid).filter(handle -> startedMillis(handle) == pidStartedMillis);
  }

  /** When a process started, 0 where the system does not tell. */
  static long startedMillis(ProcessHandle handle) {
    return handle.info().startInstant().map(java.time.Instant::toEpochMilli).orElse(0L);
  }

  /** The state of the stack in this directory, whether it still runs or not. */
  public static Optional<StackState> read(StackDirectory directory) {
    try {
      return Optional.of(
          JSON.readValue(Files.readAllBytes(directory.stateFile()), StackState.class));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw new StackFailure("cannot read " + directory.stateFile() + ": " + e.getMessage(), e);
    }
  }

  /** The state of a stack that runs and is ready. */
  public static Optional<StackState> ofRunning(StackDirectory directory) {
    return read(directory).filter(state -> state.supervisor().isPresent());
  }

  void write(StackDirectory directory) {
    Path file = directory.stateFile();
    Path fresh = file.resolveSibling(file.getFileName() + ".new");
    try {
      Files.write(fresh, JSON.writerWithDefaultPrettyPrinter().writeValueAsBytes(this));
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new StackFailure("cannot write " + file + ": " + e.getMessage(), e);
    }
  }
}
