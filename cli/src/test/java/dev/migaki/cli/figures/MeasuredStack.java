package dev.migaki.cli.figures;

import dev.migaki.cli.stack.Stack;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.stack.StageService;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Broker, database, ingest and cleanse in a directory of their own, which goes at the end unless
 * {@code -Dkeep} is given. Versions are sealed when somebody asks: sealing has figures of its own.
 *
 * @param stack the running processes
 * @param directory all that they keep on disk
 */
record MeasuredStack(Stack stack, StackDirectory directory) implements AutoCloseable {

  /**
   * Processor time and resident memory of some processes; of a page that several processes share
   * each counts its part, or the database's sessions would count its buffers once per session.
   */
  record Usage(double seconds, long megabytes) {}

  static MeasuredStack start(Path home) throws IOException {
    Path root = Files.createTempDirectory("migaki-figures");
    Path recipes = Files.createDirectory(root.resolve("recipes"));
    String recipe = Files.readString(home.resolve("recipes/default.yaml"));
    Files.writeString(
        recipes.resolve("default.yaml"),
        recipe.replace("policy: quiet-period ", "policy: manual "));
    StackDirectory directory = new StackDirectory(root);
    Stack stack =
        new Stack(home, directory, Stack.Durability.POWER_LOSS, (name, state, detail) -> {});
    stack.start(0, List.of(StageService.INGEST, StageService.CLEANSE));
    return new MeasuredStack(stack, directory);
  }

  String kafka() {
    return stack.state().kafka();
  }

  /** By what a process does; the database's sessions and ingest's parsers are one entry each. */
  Map<String, List<ProcessHandle>> processes() {
    Map<String, List<ProcessHandle>> processes = new LinkedHashMap<>();
    processes.put("this program", List.of(ProcessHandle.current()));
    for (StackState.Child child : stack.state().children()) {
      ProcessHandle.of(child.pid())
          .ifPresent(
              process -> {
                processes.put(child.name(), List.of(process));
                if (child.name().equals("ingest")) {
                  processes.put("ingest, its parsers", process.descendants().toList());
                } else if (child.name().equals("postgresql")) {
                  processes.put("postgresql, its sessions", process.descendants().toList());
                }
              });
    }
    return processes;
  }

  Map<String, Usage> usage() {
    Map<String, Usage> usage = new LinkedHashMap<>();
    processes().forEach((name, processes) -> usage.put(name, of(processes.stream())));
    return usage;
  }

  private static Usage of(Stream<ProcessHandle> processes) {
    double seconds = 0;
    long bytes = 0;
    for (ProcessHandle process : processes.toList()) {
      seconds += process.info().totalCpuDuration().map(Duration::toMillis).orElse(0L) / 1000.0;
      bytes += proportionalBytes(process.pid());
    }
    return new Usage(seconds, bytes >> 20);
  }

  /** The proportional set size, 0 when the process has ended or this is no Linux. */
  private static long proportionalBytes(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/smaps_rollup"))) {
      return lines
          .filter(line -> line.startsWith("Pss:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .sum();
    } catch (IOException | UncheckedIOException e) {
      return 0;
    }
  }

  @Override
  public void close() {
    stack.close();
    if (System.getProperty("keep") == null) {
      directory.delete();
    }
  }
}
