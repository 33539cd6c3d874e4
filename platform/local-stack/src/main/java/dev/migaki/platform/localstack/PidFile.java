package dev.migaki.platform.localstack;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Remembers which process serves a data directory: its pid and its start time, since pids are
 * reused.
 */
final class PidFile {

  private final Path file;

  PidFile(Path file) {
    this.file = file;
  }

  void write(ProcessHandle handle) throws IOException {
    Files.writeString(file, handle.pid() + "\n" + startOf(handle) + "\n", StandardCharsets.UTF_8);
  }

  /**
   * Waits for the process of an earlier launcher, which may be stopping already, and ends it when
   * patience is over.
   */
  void stopPrevious(Duration patience) throws IOException {
    Optional<ProcessHandle> previous = previous();
    if (previous.isEmpty()) {
      return;
    }
    ProcessHandle handle = previous.get();
    handle.destroy();
    if (!ChildProcess.waitFor(handle, patience)) {
      handle.destroyForcibly();
      ChildProcess.waitFor(handle, patience);
    }
  }

  private Optional<ProcessHandle> previous() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
    if (lines.size() < 2 || !lines.get(0).matches("\\d{1,18}")) {
      return Optional.empty();
    }
    return ProcessHandle.of(Long.parseLong(lines.get(0)))
        .filter(handle -> startOf(handle).equals(lines.get(1)));
  }

  private static String startOf(ProcessHandle handle) {
    return handle.info().startInstant().map(Instant::toString).orElse("unknown");
  }
}
