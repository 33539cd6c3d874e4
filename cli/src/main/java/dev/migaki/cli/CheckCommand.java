package dev.migaki.cli;

import dev.migaki.cli.dryrun.CheckRun;
import dev.migaki.cli.terminal.Visible;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migaki check}. */
@Command(
    name = "check",
    mixinStandardHelpOptions = true,
    description = {
      "Validate training files: chat and preference (DPO) JSONL.",
      "Every fault is named with its line; exit status 1 when there is one.",
      "unsupported_… names what this engine does not train; to a hosted provider it is no fault."
    })
final class CheckCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR",
      description = "JSONL files, or directories that hold some; none or -: standard input")
  private List<Path> paths = List.of();

  @Option(names = "--json", description = "one JSON object per fault")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    PrintStream out = Visible.bufferedOutput();
    CheckRun run = new CheckRun(out, json);
    boolean sound = run.run(paths, System.in);
    out.flush();
    System.err.println("migaki: " + run.summary());
    return sound ? Migaki.OK : Migaki.FAILED;
  }
}
