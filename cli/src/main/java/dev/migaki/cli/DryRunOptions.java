package dev.migaki.cli;

import dev.migaki.cli.dryrun.DryRun;
import dev.migaki.cli.dryrun.DryRunInput;
import dev.migaki.cli.terminal.Visible;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the dry runs have in common. */
final class DryRunOptions {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR",
      description = {
        "files and directories; none or -: standard input.",
        "JSONL of {\"id\",\"text\"} is taken line by line, everything else as a document,",
        "each file of an archive as one of its own."
      })
  private List<Path> paths = List.of();

  @Option(names = "--json", description = "one JSON object per line")
  private boolean json;

  int run(DocumentsRecipe recipe, Function<DryRunInput, DryRun.Result> work) throws IOException {
    PrintStream out = Visible.bufferedOutput();
    long broken = new DryRun(out, System.err, json, recipe).run(paths, System.in, work);
    if (broken > 0) {
      System.err.println("migaki: " + broken + " lines could not be read");
      return Migaki.FAILED;
    }
    return Migaki.OK;
  }
}
