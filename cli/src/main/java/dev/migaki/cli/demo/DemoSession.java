package dev.migaki.cli.demo;

import dev.migaki.cli.stack.Stack;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.stack.SupervisorProcess;
import dev.migaki.cli.terminal.Screen;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** A demonstration from the empty data directory to the exit status. */
public final class DemoSession {
  private final Screen screen;
  private final Path home;
  private final StackDirectory directory;
  private final boolean keep;

  /**
   * @param directory empty or absent; deleted at the end unless kept
   * @param keep leave the stack running and its data where it is
   */
  public DemoSession(Screen screen, Path home, StackDirectory directory, boolean keep) {
    this.screen = screen;
    this.home = home;
    this.directory = directory;
    this.keep = keep;
  }

  /**
   * @param documents a person's own directory; empty for the samples
   * @param report where to write the JSON report
   * @param onStart sees the processes become ready
   * @return whether every promise held
   */
  public boolean run(
      Optional<Path> documents,
      String dataset,
      String baseModel,
      Optional<Path> report,
      Consumer<StackState> onStart)
      throws IOException {
    long started = System.nanoTime();
    DemoPlan plan =
        documents.isPresent()
            ? DemoPlan.directory(documents.get(), dataset)
            : DemoPlan.samples(home, dataset);
    SupervisorProcess supervisor =
        SupervisorProcess.launch(
            home,
            directory,
            0,
            Stack.Durability.PROCESS_CRASH,
            keep ? SupervisorProcess.Bond.DETACHED : SupervisorProcess.Bond.GUARDED);
    AtomicBoolean leaveRunning = new AtomicBoolean();
    Thread cleaner = new Thread(() -> cleanUp(supervisor, leaveRunning), "clean-up");
    Runtime.getRuntime().addShutdownHook(cleaner);
    StackState stack = supervisor.awaitReady(onStart);
    Duration startUp = Duration.ofNanos(System.nanoTime() - started);
    screen.line(
        "  ready after %.1f s at %s".formatted(startUp.toMillis() / 1000.0, stack.address()));
    DemoResult result = new Demo(screen, plan, stack, supervisor, baseModel, started).run(startUp);
    new DemoTables(screen).promises(result);
    if (report.isPresent()) {
      DemoReport.write(result, Environment.here(home), report.get());
      screen.line("  report: " + report.get().toAbsolutePath());
    }
    leaveRunning.set(keep);
    farewell(stack, dataset, result);
    return result.promises().allHeld();
  }

  private void farewell(StackState stack, String dataset, DemoResult result) {
    if (!keep) {
      return;
    }
    screen.line("");
    screen.line("  The stack keeps running at " + stack.address() + " (--keep). Try:");
    screen.line("    ./migaki ask --data " + directory.root() + " " + dataset + " \"…\"");
    if (result.second().isPresent()) {
      screen.line("    ./migaki rollback --data " + directory.root() + " " + dataset);
    }
    screen.line("    ./migaki down --data " + directory.root());
  }

  private void cleanUp(SupervisorProcess supervisor, AtomicBoolean leaveRunning) {
    if (leaveRunning.get()) {
      return;
    }
    supervisor.stop();
    if (!keep) {
      directory.delete();
    }
  }
}
