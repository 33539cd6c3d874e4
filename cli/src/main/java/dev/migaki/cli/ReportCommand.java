package dev.migaki.cli;

import dev.migaki.cli.bus.EventFeed;
import dev.migaki.cli.stack.StackFailure;
import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.view.PipelineView;
import dev.migaki.contracts.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migaki report}. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = "Write the newest evaluation report of a dataset (HTML) and print its path.")
final class ReportCommand implements Callable<Integer> {
  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "DATASET", description = "the dataset")
  private String dataset = "";

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "where to write it (default: reports/DATASET.html in the data directory)")
  private @Nullable Path output;

  @Override
  public Integer call() throws IOException {
    StackState stack = data.running();
    PipelineView view = new PipelineView();
    try (EventFeed feed = new EventFeed(stack.kafka())) {
      view.apply(feed.readToEnd(Duration.ofSeconds(20)));
    }
    Event.ModelEvaluated evaluation =
        view.dataset(dataset)
            .newestEvaluation()
            .orElseThrow(() -> new StackFailure("no model of " + dataset + " was evaluated yet"));
    Path target =
        output == null
            ? data.directory().root().resolve("reports").resolve(dataset + ".html")
            : output.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Files.copy(
        Path.of(stack.artifacts()).resolve(evaluation.report().location()),
        target,
        StandardCopyOption.REPLACE_EXISTING);
    System.out.println(target);
    return Migaki.OK;
  }
}
