package dev.migaki.cli;

import dev.migaki.cli.dryrun.PreviewRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code migaki preview}. */
@Command(
    name = "preview",
    mixinStandardHelpOptions = true,
    description = {
      "Run the whole recipe on a directory without a stack:",
      "parse, remove personal data, find questions and answers, seal a version, write its data"
          + " card and open it."
    })
final class PreviewCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "DIR", description = "directories or files")
  private List<Path> paths = List.of();

  @Option(
      names = "--out",
      paramLabel = "DIR",
      defaultValue = "migaki-preview",
      description = "where the version's files go (default: ${DEFAULT-VALUE})")
  private Path out = Path.of("migaki-preview");

  @Option(
      names = "--dataset",
      paramLabel = "NAME",
      description = "name of the dataset (default: the directory's)")
  private @Nullable String dataset;

  @Option(
      names = "--probe",
      paramLabel = "N",
      description = "plant N invented values and measure how many are removed")
  private @Nullable Integer probe;

  @Option(names = "--json", description = "the manifest instead of a summary")
  private boolean json;

  @Option(
      names = "--no-open",
      description = "do not show the data card in the browser (done only on a desktop's terminal)")
  private boolean closed;

  @Mixin private RecipeOption recipe = new RecipeOption();

  @Override
  public Integer call() throws IOException {
    String name = dataset == null ? nameOf(paths.get(0)) : dataset;
    Path shipped = Path.of(System.getProperty("migaki.home", "."), "recipes", "default.yaml");
    PreviewRun run = new PreviewRun(recipe.readOr(shipped), name, probe);
    try (PreviewRun.Preview preview = run.run(paths)) {
      preview.writeTo(out);
      System.out.println(json ? preview.manifestJson() : preview.summary(out));
    }
    if (!json && !closed) {
      Browser.open(out.resolve("data-card.html"));
    }
    return Migaki.OK;
  }

  private static String nameOf(Path path) {
    Path name = path.toAbsolutePath().normalize().getFileName();
    String text = name == null ? "dataset" : name.toString();
    return text.replaceAll("[^\\p{L}\\p{N}._-]+", "-");
  }
}
