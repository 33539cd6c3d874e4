package dev.migaki.cli;

import dev.migaki.cli.dryrun.CorrectRun;
import dev.migaki.cli.dryrun.DryRunRecipe;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code migaki correct}. */
@Command(
    name = "correct",
    mixinStandardHelpOptions = true,
    description = {
      "Show which spellings are corrected, and by which rule.",
      "Offsets of edits are Unicode code points of the input, the end exclusive."
    })
final class CorrectCommand implements Callable<Integer> {
  @Mixin private DryRunOptions inputs = new DryRunOptions();

  @Mixin private RecipeOption recipe = new RecipeOption();

  @Override
  public Integer call() throws IOException {
    DryRunRecipe followed = recipe.read();
    return inputs.run(followed.documents(), new CorrectRun(followed));
  }
}
