package dev.migaki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.model.ModelProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migaki model score}. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "How likely the answers of chat JSONL are to a model.",
      "With --json one object per example: token ids, the log-likelihood of each token",
      "(natural logarithm), and which of them are answers."
    })
final class ModelScoreCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "the model, Hugging Face layout")
  private Path directory = Path.of(".");

  @Option(
      names = "--data",
      required = true,
      paramLabel = "FILE",
      description = "conversations with answers, one {\"messages\": […]} per line")
  private Path data = Path.of("");

  @Option(names = "--adapter", paramLabel = "DIR", description = "a PEFT adapter over the model")
  private @Nullable Path adapter;

  @Option(names = "--threads", description = "default: all processors")
  private int threads = Runtime.getRuntime().availableProcessors();

  @Option(names = "--json", description = "JSON lines instead of a table")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    ObjectNode task =
        ModelProcess.task("SCORE")
            .put("baseModelDirectory", ModelInputs.directory(directory).toString())
            .put("inputFile", ModelInputs.file(data).toString())
            .put("threads", threads);
    if (adapter != null) {
      task.put("adapterDirectory", ModelInputs.directory(adapter).toString());
    }
    PrintWriter out = spec.commandLine().getOut();
    ModelProcess.run(task, event -> print(event, out));
    return Migaki.OK;
  }

  private void print(JsonNode event, PrintWriter out) {
    if (json) {
      out.println(event);
    } else if (event.path("event").asText().equals("example")) {
      out.println(
          String.format(
              Locale.ROOT,
              "line %d: %d answer tokens, log-likelihood %.4f, loss per token %.4f",
              event.path("line").asLong(),
              event.path("supervisedTokens").asLong(),
              event.path("logLikelihood").asDouble(),
              event.path("meanLoss").asDouble()));
    } else {
      out.println(
          String.format(
              Locale.ROOT,
              "%d examples, %d answer tokens: loss per token %.4f, perplexity %.3f",
              event.path("examples").asLong(),
              event.path("supervisedTokens").asLong(),
              event.path("meanLoss").asDouble(),
              event.path("perplexity").asDouble()));
    }
    out.flush();
  }
}
