package dev.migaki.cli;

import dev.migaki.cli.model.InspectionView;
import dev.migaki.lm.inspection.ModelInspection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code migaki model inspect}. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    description = {
      "Print a model's family, size, context, chat template and the memory it needs.",
      "Reads headers only: no weights are loaded."
    })
final class ModelInspectCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "DIR", description = "a directory of the Hugging Face layout")
  private Path directory = Path.of(".");

  @Option(names = "--json", description = "one JSON object instead of text")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!Files.isDirectory(directory)) {
      throw new NoSuchFileException(directory.toString());
    }
    InspectionView view = new InspectionView(ModelInspection.read(directory));
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(view.json());
    } else {
      view.lines().forEach(out::println);
    }
    out.flush();
    return Migaki.OK;
  }
}
