package dev.migaki.cli;

import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.bus.EventFeed;
import dev.migaki.cli.stack.ProcessMemory;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.terminal.Screen;
import dev.migaki.cli.terminal.TextTable;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.HeldLines;
import dev.migaki.cli.view.PipelineView;
import dev.migaki.cli.view.StageLines;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migaki status}. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    description = "Show the processes and what every stage did with every dataset.")
final class StatusCommand implements Callable<Integer> {
  private static final Duration BETWEEN = Duration.ofMillis(500);

  @Mixin private DataOption data = new DataOption();

  @Option(names = "--watch", description = "keep showing until Ctrl-C")
  private boolean watch;

  /** By port. */
  private final Map<Integer, Endpoint> services = new HashMap<>();

  @Override
  public Integer call() {
    StackDirectory directory = data.directory();
    Optional<StackState> state = StackState.ofRunning(directory);
    if (state.isEmpty()) {
      System.out.println("no stack runs on " + directory.root());
      return Migaki.FAILED;
    }
    Screen screen = Screen.system();
    PipelineView view = new PipelineView();
    try (EventFeed feed = new EventFeed(state.get().kafka())) {
      view.apply(feed.readToEnd(Duration.ofSeconds(20)));
      show(screen, state.get(), view);
      while (watch) {
        view.apply(feed.poll(BETWEEN));
        Optional<StackState> now = StackState.ofRunning(directory);
        if (now.isEmpty()) {
          screen.line("the stack was stopped");
          return Migaki.OK;
        }
        show(screen, now.get(), view);
      }
    }
    return Migaki.OK;
  }

  private void show(Screen screen, StackState state, PipelineView view) {
    List<String> lines = new ArrayList<>(processes(screen, state));
    StageLines stages = new StageLines(screen);
    for (DatasetView dataset : view.datasets()) {
      lines.add("");
      lines.add(screen.paint(Screen.Ink.STRONG, dataset.dataset()));
      lines.addAll(stages.draw(stages.of(dataset, 0)));
    }
    if (view.datasets().isEmpty()) {
      lines.add("");
      lines.add("no documents yet; drop some with: migaki submit DIR --dataset NAME");
    }
    List<String> held = held(state);
    if (!held.isEmpty()) {
      lines.add("");
      lines.add(screen.paint(Screen.Ink.BAD, "what waits for something to be mended:"));
      lines.addAll(held);
    }
    if (!view.deadLetters().isEmpty()) {
      lines.add("");
      lines.add(
          screen.paint(
              Screen.Ink.BAD, view.deadLetters().size() + " records could not be handled:"));
      view.deadLetters().stream()
          .limit(5)
          .forEach(letter -> lines.add("  " + letter.topic() + "  " + letter.reason()));
    }
    if (watch && screen.isTerminal()) {
      screen.block(lines);
    } else {
      screen.plain("status", String.join("\n", lines));
      if (screen.isTerminal()) {
        lines.forEach(screen::line);
      }
    }
  }

  /** Of the stages that set records aside; one that does not answer is shown as a process. */
  private List<String> held(StackState state) {
    List<String> lines = new ArrayList<>();
    for (StageService stage : List.of(StageService.CLEANSE, StageService.TRAINING)) {
      Optional<StackState.Child> child =
          state.child(stage.label()).filter(one -> one.state().equals("ready"));
      if (child.isPresent()) {
        try {
          Endpoint service =
              services.computeIfAbsent(
                  child.get().port(), port -> new Endpoint("http://127.0.0.1:" + port));
          lines.addAll(HeldLines.of(stage.label(), service.get("/v1/held"), Instant.now()));
        } catch (IOException e) {
          lines.add("  " + stage.label() + ": " + e.getMessage());
        }
      }
    }
    return lines;
  }

  private static List<String> processes(Screen screen, StackState state) {
    TextTable table = TextTable.ofText();
    table.row("process", "state", "pid", "port", "memory", "restarts");
    for (StackState.Child child : state.children()) {
      table.row(
          child.name(),
          child.state(),
          Long.toString(child.pid()),
          child.port() == 0 ? "" : Integer.toString(child.port()),
          ProcessMemory.ofProcess(child.pid()) / (1024 * 1024) + " MB",
          Integer.toString(child.restarts()));
    }
    List<String> lines = new ArrayList<>();
    lines.add("endpoint " + screen.paint(Screen.Ink.STRONG, state.address() + "/v1"));
    lines.addAll(table.lines());
    return lines;
  }
}
