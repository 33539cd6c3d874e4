package dev.migaki.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migaki ask}. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = "Ask the model of a dataset; the answer appears as it is generated.")
final class AskCommand implements Callable<Integer> {
  /** The name under which the endpoint serves the untuned model. */
  static final String BASE_MODEL = "quick-start";

  @Mixin private DataOption data = new DataOption();

  @Parameters(index = "0", paramLabel = "DATASET", description = "whose model to ask")
  private String dataset = "";

  @Parameters(index = "1", paramLabel = "QUESTION", description = "the question")
  private String question = "";

  @Option(
      names = "--model",
      paramLabel = "MODEL",
      description = "ask another model: base, or an ft: id")
  private @Nullable String model;

  @Override
  public Integer call() throws IOException {
    String named = model == null ? dataset : model;
    String chosen = "base".equals(named) ? BASE_MODEL : named;
    data.endpoint()
        .askStreaming(
            chosen,
            question,
            piece -> {
              System.out.print(piece);
              System.out.flush();
            });
    System.out.println();
    return Migaki.OK;
  }
}
