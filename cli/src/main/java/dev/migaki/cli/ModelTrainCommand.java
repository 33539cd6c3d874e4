package dev.migaki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.model.ModelProcess;
import dev.migaki.cli.model.TrainingProcess;
import dev.migaki.cli.model.TrainingView;
import dev.migaki.cli.terminal.Screen;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migaki model train}. */
@Command(
    name = "train",
    sortOptions = false,
    mixinStandardHelpOptions = true,
    description = {
      "Fine-tune a model on chat JSONL (OpenAI's format), or, with --method dpo, on pairs of answers.",
      "Stopped half-way, the same command goes on from the last checkpoint."
    })
final class ModelTrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "the base model, Hugging Face layout")
  private Path directory = Path.of(".");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = {
        "training examples, one {\"messages\": […]} per line; dpo: one {\"input\": {\"messages\": […]},",
        "\"preferred_output\": […], \"non_preferred_output\": […]} per line"
      })
  private Path data = Path.of("");

  @Option(names = "--validation", paramLabel = "FILE", description = "held-out examples")
  private @Nullable Path validation;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "where the adapter (lora, dpo) or the model (full) goes")
  private Path output = Path.of("");

  @Option(
      names = "--metrics",
      paramLabel = "FILE",
      description = "JSONL of the run's metrics (default: metrics.jsonl in the output)")
  private @Nullable Path metrics;

  @Option(
      names = "--dry-run",
      description = "check the input and print tokens and memory, train nothing")
  private boolean dryRun;

  @Option(names = "--json", description = "print the events as JSON instead of a bar")
  private boolean json;

  @Mixin private TrainingOptions options = new TrainingOptions();

  @Override
  public Integer call() throws IOException, InterruptedException {
    ModelInputs.directory(directory);
    ModelInputs.file(data);
    ObjectNode job = options.job(directory);
    job.put("baseModelDirectory", directory.toString()).put("trainFile", data.toString());
    if (validation != null) {
      job.put("validationFile", ModelInputs.file(validation).toString());
    }
    PrintWriter out = spec.commandLine().getOut();
    TrainingProcess process =
        new TrainingProcess(
            job, output, metrics == null ? output.resolve("metrics.jsonl") : metrics);
    if (dryRun) {
      quote(job, out);
      return Migaki.OK;
    }
    if (json) {
      process.run(
          event -> {
            out.println(event);
            out.flush();
          });
      return Migaki.OK;
    }
    Screen screen = Screen.system();
    process.run(new TrainingView(screen)::show);
    screen.line("  " + options.result() + " in " + output);
    return Migaki.OK;
  }

  /** The job's files lie in a directory of their own, nothing is written to the output. */
  private void quote(ObjectNode job, PrintWriter out) throws IOException {
    Path scratch = Files.createTempDirectory("migaki-quote");
    Path file = scratch.resolve("job.json");
    try {
      ObjectNode complete =
          job.deepCopy()
              .put("outputDirectory", output.toString())
              .put("checkpointDirectory", scratch.toString())
              .put("progressFile", scratch.resolve("metrics.jsonl").toString());
      Files.writeString(file, complete.toString());
      ObjectNode task = ModelProcess.task("QUOTE").put("trainJobFile", file.toString());
      ModelProcess.run(task, event -> print(event, out));
    } finally {
      Files.deleteIfExists(file);
      Files.deleteIfExists(scratch);
    }
  }

  private void print(JsonNode quote, PrintWriter out) {
    if (json) {
      out.println(quote);
    } else {
      out.println(TrainingView.audit(quote));
      out.println(
          String.format(
              Locale.ROOT,
              "  %s, %s epochs of %,d tokens: %,d trained tokens; learning rate %s, %,d tokens a"
                  + " step%n  memory: about %,d MB",
              quote.path("method").asText(),
              quote.path("epochs").asText(),
              quote.path("tokensPerEpoch").asLong(),
              quote.path("trainedTokens").asLong(),
              quote.path("learningRate").asText(),
              quote.path("batchTokens").asLong(),
              quote.path("expectedMemoryBytes").asLong() >> 20));
    }
    out.flush();
  }
}
