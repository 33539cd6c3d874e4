package dev.migaki.cli;

import dev.migaki.cli.stack.ParentWatch;
import dev.migaki.cli.stack.Stack;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.stack.SupervisorProcess;
import dev.migaki.cli.terminal.Screen;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migaki up}. */
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Start Kafka, PostgreSQL, the five services and one address in front of them.")
final class UpCommand implements Callable<Integer> {
  // LocalTime's own form leaves out seconds that are zero
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm:ss");

  /** Where the endpoint listens unless told otherwise. */
  static final int DEFAULT_PORT = 8080;

  @Mixin private DataOption data = new DataOption();

  @Option(
      names = "--port",
      paramLabel = "N",
      description =
          "port of the endpoint on 127.0.0.1 (default: ${DEFAULT-VALUE}; 0: any free one)",
      defaultValue = "" + DEFAULT_PORT)
  private int port;

  @Option(
      names = "--detach",
      description = "return when everything is ready and leave it running (stop: migaki down)")
  private boolean detach;

  @Option(names = "--guarded", hidden = true, description = "end at the end of standard input")
  private boolean guarded;

  @Option(
      names = "--no-sync",
      hidden = true,
      description = "commits survive the end of a process but not of the machine (demo, tests)")
  private boolean noSync;

  @Option(names = "--services", hidden = true, split = ",", description = "only these services")
  private List<StageService> services = List.of(StageService.values());

  @Override
  public Integer call() throws InterruptedException {
    StackDirectory directory = data.directory();
    Stack.Durability durability =
        noSync ? Stack.Durability.PROCESS_CRASH : Stack.Durability.POWER_LOSS;
    if (detach) {
      return upDetached(directory, durability);
    }
    Screen screen = Screen.system();
    Stack stack =
        new Stack(
            DataOption.home(), directory, durability, (n, s, d) -> screen.line(line(n, s, d)));
    CountDownLatch ended = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  stack.close();
                  ended.countDown();
                },
                "stop-stack"));
    if (guarded) {
      ParentWatch.start(System.in);
    }
    long began = System.nanoTime();
    stack.start(port, services);
    screen.line(
        "ready after %.1f s: %s   (OpenAI base_url: %s/v1; data: %s; stop: Ctrl-C)"
            .formatted(
                (System.nanoTime() - began) / 1e9,
                stack.state().address(),
                stack.state().address(),
                directory.root()));
    ended.await();
    return Migaki.OK;
  }

  private int upDetached(StackDirectory directory, Stack.Durability durability) {
    if (StackState.ofRunning(directory).isPresent()) {
      System.out.println("already running: " + StackState.ofRunning(directory).get().address());
      return Migaki.OK;
    }
    SupervisorProcess supervisor =
        SupervisorProcess.launch(
            DataOption.home(), directory, port, durability, SupervisorProcess.Bond.DETACHED);
    StackState state = supervisor.awaitReady(StartProgress.on(Screen.system()));
    System.out.println(
        "ready: %s   (OpenAI base_url: %s/v1; logs: %s; stop: migaki down)"
            .formatted(state.address(), state.address(), directory.logs()));
    return Migaki.OK;
  }

  private static String line(String name, String state, String detail) {
    return "%s  %-11s %-10s %s"
        .formatted(LocalTime.now().format(CLOCK), name, state, detail)
        .stripTrailing();
  }
}
