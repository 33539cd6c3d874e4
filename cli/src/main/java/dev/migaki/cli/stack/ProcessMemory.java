package dev.migaki.cli.stack;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How much memory a tree of processes holds, as resident set sizes. Shared pages count once per
 * process, so the sum is an upper bound.
 */
public final class ProcessMemory {
  private static final Path PROC = Path.of("/proc");

  private ProcessMemory() {}

  /** Sum over a process and all its descendants in bytes; 0 when the process is gone. */
  public static long residentBytes(ProcessHandle root) {
    long sum = ofProcess(root.pid());
    for (ProcessHandle descendant : root.descendants().toList()) {
      sum += ofProcess(descendant.pid());
    }
    return sum;
  }

  /** Resident bytes by process, the root and all its descendants. */
  public static Map<Long, Long> residentBytesByProcess(ProcessHandle root) {
    Map<Long, Long> sizes = new HashMap<>();
    sizes.put(root.pid(), ofProcess(root.pid()));
    root.descendants().forEach(process -> sizes.put(process.pid(), ofProcess(process.pid())));
    return sizes;
  }

  /** Resident bytes of one process, 0 when it is gone. */
  public static long ofProcess(long pid) {
    return Files.isDirectory(PROC) ? fromProc(pid) : fromPs(pid);
  }

  private static long fromProc(long pid) {
    try (Stream<String> lines = Files.lines(PROC.resolve(pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .findFirst()
          .map(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024)
          .orElse(0L);
    } catch (IOException | java.io.UncheckedIOException e) {
      return 0; // ended between the listing and the reading
    }
  }

  private static long fromPs(long pid) {
    try {
      Process ps = new ProcessBuilder("ps", "-o", "rss=", "-p", Long.toString(pid)).start();
      try (BufferedReader reader = ps.inputReader(StandardCharsets.US_ASCII)) {
        return Optional.ofNullable(reader.readLine())
            .map(line -> Long.parseLong(line.strip()) * 1024)
            .orElse(0L);
      }
    } catch (IOException | NumberFormatException e) {
      return 0; // no ps, no figure
    }
  }
}
