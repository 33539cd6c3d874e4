package dev.migaki.cli;

import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StackFailure;
import dev.migaki.cli.stack.StackState;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which stack a command talks to. */
final class DataOption {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "where the stack keeps its data (default: $MIGAKI_DATA, else ~/.migaki/data)")
  private @Nullable Path data;

  StackDirectory directory() {
    return new StackDirectory(data == null ? StackDirectory.defaultRoot() : data);
  }

  /**
   * The stack, which must run.
   *
   * @throws StackFailure when it does not, saying how to start it
   */
  StackState running() {
    StackDirectory directory = directory();
    return StackState.ofRunning(directory)
        .orElseThrow(
            () ->
                new StackFailure(
                    "no stack runs on "
                        + directory.root()
                        + "; start one with `migaki up`"
                        + (data == null ? "" : " --data " + data)));
  }

  Endpoint endpoint() {
    return new Endpoint(running().address());
  }

  /** The source tree, as the launcher script told. */
  static Path home() {
    String home = System.getProperty("migaki.home");
    if (home == null) {
      throw new StackFailure("start me with the script `migaki`: it tells where the services are");
    }
    return Path.of(home);
  }
}
