package dev.migaki.cli;

import dev.migaki.cli.dryrun.DryRunRecipe;
import dev.migaki.cli.dryrun.ExamplesRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code migaki examples}. */
@Command(
    name = "examples",
    mixinStandardHelpOptions = true,
    description = "Show the questions and answers that files would give as training examples.")
final class ExamplesCommand implements Callable<Integer> {
  @Mixin private DryRunOptions inputs = new DryRunOptions();

  @Mixin private RecipeOption recipe = new RecipeOption();

  @Option(names = "--as-is", description = "do not remove personal data and repair text first")
  private boolean asIs;

  @Override
  public Integer call() throws IOException {
    DryRunRecipe followed = recipe.read();
    return inputs.run(followed.documents(), new ExamplesRun(followed, asIs));
  }
}
