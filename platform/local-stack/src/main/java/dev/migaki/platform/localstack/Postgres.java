package dev.migaki.platform.localstack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * A PostgreSQL server as a child process. A shell beside it waits for the end of our pipe and then
 * shuts it down, so it does not outlive this process even when that is killed with -9. The data
 * directory survives; start it again with the same {@link #port()} and connection pools recover.
 *
 * <p>Works as root too: PostgreSQL refuses that user, so it gets a user namespace of its own in
 * which it is nobody.
 */
public final class Postgres implements AutoCloseable {

  /** What a committed transaction survives. */
  public enum Durability {
    /** Also a power cut: every commit waits for the disk. For data somebody wants back. */
    POWER_LOSS,
    /** The kill of any process, but not of the machine. For tests. */
    PROCESS_CRASH
  }

  private static final Duration START_PATIENCE = Duration.ofSeconds(60);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

  /**
   * Starts "$@", notes its pid, and turns end of input into a fast shutdown (SIGINT), then an
   * immediate one (SIGQUIT).
   */
  private static final String WATCH =
      """
            exec 3<&0
            "$@" 3<&- </dev/null >&2 &
            postmaster=$!
            echo "$postmaster"
            ( read -r ignored <&3; kill -INT "$postmaster" 2>/dev/null; sleep 15; kill -QUIT "$postmaster" 2>/dev/null ) >/dev/null 2>&1 &
            watch=$!
            trap 'kill -INT "$postmaster"' TERM INT HUP
            wait "$postmaster"; wait "$postmaster" 2>/dev/null
            kill -9 "$watch" 2>/dev/null
            """;

  private final ChildProcess child;
  private final PostgresFiles files;
  private final int port;
  private final ProcessHandle postmaster;

  private Postgres(ChildProcess child, PostgresFiles files, int port, ProcessHandle postmaster) {
    this.child = child;
    this.files = files;
    this.port = port;
    this.postmaster = postmaster;
  }

  /** {@link #start(Path, int, Durability)} that survives a power cut. */
  public static Postgres start(Path dataDirectory, int port) {
    return start(dataDirectory, port, Durability.POWER_LOSS);
  }

  /**
   * Creates the database when the directory has none, starts the server and returns when it accepts
   * connections; a server of an earlier launcher on the same directory is stopped first.
   *
   * @param dataDirectory created when absent; holds the data, the generated password and the
   *     server's log
   * @param port on 127.0.0.1, 0 for any free one
   * @throws LocalStackException when it does not come up; the message names the log file
   */
  public static Postgres start(Path dataDirectory, int port, Durability durability) {
    PostgresFiles files = new PostgresFiles(dataDirectory.toAbsolutePath());
    try {
      files.prepare(durability);
      files.stopPrevious(STOP_PATIENCE);
      int chosen = FreePort.orElseChosen(port);
      List<String> command =
          new java.util.ArrayList<>(List.of("/bin/sh", "-c", WATCH, "migaki-postgres"));
      command.addAll(files.serverCommand(chosen, durability));
      ChildProcess child = ChildProcess.launch("PostgreSQL", command, files.log());
      Postgres postgres = new Postgres(child, files, chosen, postmaster(child, files));
      postgres.awaitReady();
      return postgres;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot prepare " + dataDirectory, e);
    }
  }

  public String jdbcUrl() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/" + PostgresFiles.DATABASE;
  }

  public String username() {
    return PostgresFiles.USER;
  }

  /** Generated when the data directory was created and kept in it, readable by its owner only. */
  public String password() {
    return files.password();
  }

  public int port() {
    return port;
  }

  /** The postmaster's pid. */
  public long pid() {
    return postmaster.pid();
  }

  public boolean isAlive() {
    return postmaster.isAlive();
  }

  /** The server's own log, for messages that send a person there. */
  public Path log() {
    return files.log();
  }

  /** Fast shutdown: open transactions are rolled back, everything committed is on disk. */
  public void stop() {
    child.stop(STOP_PATIENCE);
    ChildProcess.waitFor(postmaster, STOP_PATIENCE);
  }

  /** Ends the postmaster as {@code kill -9} does; for tests of what survives. */
  public void kill() {
    postmaster.destroyForcibly();
    ChildProcess.waitFor(postmaster, STOP_PATIENCE);
    child.stop(STOP_PATIENCE);
  }

  @Override
  public void close() {
    stop();
  }

  private static ProcessHandle postmaster(ChildProcess child, PostgresFiles files)
      throws IOException {
    String line = child.process().inputReader(StandardCharsets.UTF_8).readLine();
    if (line == null) {
      throw new LocalStackException("PostgreSQL did not start; see " + files.log());
    }
    long pid = Long.parseLong(line.strip());
    return ProcessHandle.of(pid)
        .orElseThrow(() -> new LocalStackException("PostgreSQL ended at once; see " + files.log()));
  }

  private void awaitReady() throws IOException {
    long deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (!files.isReady(postmaster.pid())) {
      if (!postmaster.isAlive()) {
        throw new LocalStackException("PostgreSQL ended while starting; see " + files.log());
      }
      if (System.nanoTime() > deadline) {
        kill();
        throw new LocalStackException(
            "PostgreSQL was not ready after "
                + START_PATIENCE.toSeconds()
                + " s; see "
                + files.log());
      }
      ChildProcess.pause();
    }
  }
}
