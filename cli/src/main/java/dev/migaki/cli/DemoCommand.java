package dev.migaki.cli;

import dev.migaki.cli.demo.DemoSession;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.terminal.Screen;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code migaki demo}. */
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description = {
      "Start the stack in a fresh directory, drop a company's documents, watch them become a",
      "better model, ask it, change the documents, and watch it learn again.",
      "Exit status 0 only if every promise held."
    })
final class DemoCommand implements Callable<Integer> {
  private static final String SAMPLES_DATASET = "tsuyukusa";

  @Option(
      names = "--documents",
      paramLabel = "DIR",
      description = "your own documents instead of the samples (first/ and second/ in it: batches)")
  private @Nullable Path documents;

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "name of the dataset and of the model (default: ${DEFAULT-VALUE})",
      defaultValue = SAMPLES_DATASET)
  private String dataset = SAMPLES_DATASET;

  @Option(names = "--report", paramLabel = "FILE.json", description = "write all figures as JSON")
  private @Nullable Path report;

  @Option(names = "--keep", description = "leave the stack running and keep its data")
  private boolean keep;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "an empty directory for the data (default: a fresh one below ~/.migaki)")
  private @Nullable Path data;

  @Override
  public Integer call() throws IOException {
    if (documents != null && !Files.isDirectory(documents)) {
      throw new NoSuchFileException(documents.toString());
    }
    Screen screen = Screen.system();
    screen.line(screen.paint(Screen.Ink.STRONG, "磨き Migaki") + "  documents in, better model out");
    DemoSession session = new DemoSession(screen, DataOption.home(), freshDirectory(), keep);
    boolean held =
        session.run(
            Optional.ofNullable(documents),
            dataset,
            AskCommand.BASE_MODEL,
            Optional.ofNullable(report),
            StartProgress.on(screen));
    return held ? Migaki.OK : Migaki.FAILED;
  }

  private StackDirectory freshDirectory() throws IOException {
    if (data == null) {
      Files.createDirectories(StackDirectory.ownFolder());
      return new StackDirectory(Files.createTempDirectory(StackDirectory.ownFolder(), "demo-"));
    }
    if (Files.isDirectory(data)) {
      try (var entries = Files.list(data)) {
        if (entries.findAny().isPresent()) {
          throw new IOException(data + " is not empty; the demo wants a fresh directory");
        }
      }
    }
    return new StackDirectory(data);
  }
}
