package dev.migaki.cli;

import dev.migaki.cli.dryrun.DedupeRun;
import dev.migaki.cli.terminal.Visible;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migaki dedupe}. */
@Command(
    name = "dedupe",
    mixinStandardHelpOptions = true,
    description = {
      "Find texts that are the same or nearly so: clusters of ids with their similarity.",
      "Similarity is the estimated Jaccard similarity of character 5-grams, 0 to 1."
    })
final class DedupeCommand implements Callable<Integer> {
  @Parameters(
      arity = "0..*",
      paramLabel = "FILE|DIR",
      description = {
        "files and directories; none or -: standard input.",
        "JSONL of {\"id\",\"text\"} is taken line by line, everything else as a document,",
        "each file of an archive as one of its own."
      })
  private List<Path> paths = List.of();

  @Option(
      names = "--threshold",
      paramLabel = "S",
      defaultValue = "0.7",
      description = "least similarity of near-duplicates (default: ${DEFAULT-VALUE})")
  private double threshold = 0.7;

  @Option(
      names = "--index",
      paramLabel = "DIR",
      description = "keep the index here, so that the next run knows these texts")
  private @Nullable Path index;

  @Option(names = "--json", description = "one JSON object per cluster")
  private boolean json;

  @Mixin private RecipeOption recipe = new RecipeOption();

  @Override
  public Integer call() throws IOException {
    if (!(threshold > 0 && threshold <= 1)) {
      System.err.println("migaki: --threshold must be above 0 and at most 1");
      return Migaki.USAGE;
    }
    PrintStream out = Visible.bufferedOutput();
    DedupeRun run = new DedupeRun(out, System.err, threshold, json, recipe.read().documents());
    boolean read = run.run(paths, System.in, index);
    out.flush();
    return read ? Migaki.OK : Migaki.FAILED;
  }
}
