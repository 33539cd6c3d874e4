package dev.migaki.platform.localstack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A child that ends when we end: it holds the other end of our pipe as its standard input and stops
 * at end of file, which the kernel delivers even after a kill -9 of this process. It runs in a
 * session of its own so that Ctrl-C reaches the launcher only, which then stops its children in the
 * right order.
 */
final class ChildProcess {

  private static final Path SETSID = Path.of("/usr/bin/setsid");
  private static final Duration POLL = Duration.ofMillis(20);

  /** Keeps the pipes open: a collected {@link Process} closes them, which would end the child. */
  private static final Set<ChildProcess> RUNNING = ConcurrentHashMap.newKeySet();

  private final Process process;

  private ChildProcess(Process process) {
    this.process = process;
  }

  /**
   * @param log receives standard error; standard output is left to the caller
   */
  static ChildProcess launch(String name, List<String> command, Path log) {
    List<String> full = new ArrayList<>();
    if (Files.isExecutable(SETSID)) {
      full.add(SETSID.toString());
    }
    full.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(full);
    builder.redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
    try {
      ChildProcess child = new ChildProcess(builder.start());
      RUNNING.add(child);
      child.process.toHandle().onExit().thenRun(() -> RUNNING.remove(child));
      return child;
    } catch (IOException e) {
      throw new LocalStackException("cannot start " + name + ": " + e.getMessage(), e);
    }
  }

  Process process() {
    return process;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Closes the pipe, then asks, then kills; returns when the process is gone. */
  void stop(Duration patience) {
    try {
      process.getOutputStream().close();
    } catch (IOException ignored) {
      // the child closed its end first: it is on its way out already
    }
    if (!waitFor(process.toHandle(), patience)) {
      process.destroy();
      if (!waitFor(process.toHandle(), Duration.ofSeconds(5))) {
        process.destroyForcibly();
        waitFor(process.toHandle(), Duration.ofSeconds(10));
      }
    }
  }

  static boolean waitFor(ProcessHandle handle, Duration patience) {
    try {
      handle.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return !handle.isAlive();
    } catch (TimeoutException | ExecutionException e) {
      return !handle.isAlive();
    }
  }

  /** Blocks for one poll interval; an interrupt ends the wait of the caller's loop. */
  static void pause() {
    try {
      Thread.sleep(POLL.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalStackException("interrupted while waiting for a child process", e);
    }
  }
}
