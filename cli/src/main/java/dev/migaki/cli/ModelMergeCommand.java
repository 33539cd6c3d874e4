package dev.migaki.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cli.model.ModelProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migaki model merge}. */
@Command(
    name = "merge",
    mixinStandardHelpOptions = true,
    description = "Add an adapter to its base model and write a whole model (safetensors).")
final class ModelMergeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "the base model, Hugging Face layout")
  private Path directory = Path.of(".");

  @Option(names = "--adapter", required = true, paramLabel = "DIR", description = "PEFT's format")
  private Path adapter = Path.of("");

  @Option(names = "--output", required = true, paramLabel = "DIR", description = "a new directory")
  private Path output = Path.of("");

  /** Element types that can be written. */
  enum Type {
    F32,
    F16,
    BF16
  }

  @Option(names = "--type", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE})")
  private Type type = Type.F32;

  @Override
  public Integer call() throws IOException {
    ObjectNode task =
        ModelProcess.task("MERGE")
            .put("baseModelDirectory", ModelInputs.directory(directory).toString())
            .put("adapterDirectory", ModelInputs.directory(adapter).toString())
            .put("outputDirectory", output.toString())
            .put("elementType", type.name());
    PrintWriter out = spec.commandLine().getOut();
    ModelProcess.run(
        task,
        done ->
            out.println(
                String.format(
                    Locale.ROOT,
                    "%,d parameters as %s, %,d MB, in %s",
                    done.path("parameters").asLong(),
                    done.path("elementType").asText(),
                    done.path("bytes").asLong() >> 20,
                    output)));
    out.flush();
    return Migaki.OK;
  }
}
