package dev.migaki.cli;

import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.stack.SupervisorProcess;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code migaki down}. */
@Command(
    name = "down",
    mixinStandardHelpOptions = true,
    description = "Stop a stack that was started from any shell; its data stays.")
final class DownCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Override
  public Integer call() {
    Optional<StackState> state = StackState.ofRunning(data.directory());
    if (state.isEmpty()) {
      System.out.println("no stack runs on " + data.directory().root());
      return Migaki.OK;
    }
    boolean stopped = state.get().supervisor().map(SupervisorProcess::stop).orElse(true);
    System.out.println(
        stopped ? "stopped" : "the supervisor did not end; pid " + state.get().pid());
    return stopped ? Migaki.OK : Migaki.FAILED;
  }
}
