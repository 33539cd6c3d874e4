package dev.migaki.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.model.ModelProcess;
import dev.migaki.cli.terminal.Visible;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migaki model generate}. */
@Command(
    name = "generate",
    mixinStandardHelpOptions = true,
    description = {
      "Let a model answer a prompt, printed as it is made, or the questions of chat JSONL",
      "(one JSON object per answer; a conversation's last answer is not shown to the model)."
    })
final class ModelGenerateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(index = "0", paramLabel = "DIR", description = "the model, Hugging Face layout")
  private Path directory = Path.of(".");

  @Parameters(index = "1", arity = "0..1", paramLabel = "PROMPT", description = "the question")
  private @Nullable String prompt;

  @Option(names = "--data", paramLabel = "FILE", description = "questions, instead of a prompt")
  private @Nullable Path data;

  @Option(names = "--adapter", paramLabel = "DIR", description = "a PEFT adapter over the model")
  private @Nullable Path adapter;

  @Option(names = "--system", paramLabel = "TEXT", description = "a system message")
  private @Nullable String system;

  @Option(names = "--raw", description = "continue the prompt as it stands, without chat template")
  private boolean raw;

  @Option(names = "--max-tokens", description = "of an answer (default: ${DEFAULT-VALUE})")
  private int maxTokens = 256;

  @Option(names = "--temperature", description = "0, the default, takes the likeliest token")
  private double temperature;

  @Option(names = "--top-p", description = "default: ${DEFAULT-VALUE}")
  private double topP = 1;

  @Option(names = "--seed", description = "of sampling (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(names = "--threads", description = "default: 1, the fastest for small models")
  private int threads = 1;

  @Option(names = "--json", description = "JSON lines instead of text")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if ((prompt == null) == (data == null)) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "give either a PROMPT or --data FILE");
    }
    ObjectNode task =
        ModelProcess.task("GENERATE")
            .put("baseModelDirectory", ModelInputs.directory(directory).toString())
            .put("prompt", prompt)
            .put("system", system)
            .put("raw", raw)
            .put("maxNewTokens", maxTokens)
            .put("temperature", temperature)
            .put("topP", topP)
            .put("seed", seed)
            .put("threads", threads);
    if (data != null) {
      task.put("inputFile", ModelInputs.file(data).toString());
    }
    if (adapter != null) {
      task.put("adapterDirectory", ModelInputs.directory(adapter).toString());
    }
    PrintWriter out = spec.commandLine().getOut();
    ModelProcess.run(task, event -> print(event, out));
    return Migaki.OK;
  }

  private void print(JsonNode event, PrintWriter out) {
    switch (event.path("event").asText()) {
      case "text" ->
          out.print(
              json ? event + System.lineSeparator() : Visible.of(event.path("text").asText()));
      case "answer" -> {
        if (json || data != null) {
          out.println(event);
        } else {
          out.println();
        }
      }
      case "done" -> done(event, out);
      default -> {
        // steps of a file: its answers come at the end, in order
      }
    }
    out.flush();
  }

  private void done(JsonNode event, PrintWriter out) {
    if (json) {
      out.println(event);
      return;
    }
    PrintWriter err = spec.commandLine().getErr();
    err.println(
        String.format(
            Locale.ROOT,
            "%d tokens, %.1f tokens/s",
            event.path("completionTokens").asLong(),
            event.path("tokensPerSecond").asDouble()));
    err.flush();
  }
}
