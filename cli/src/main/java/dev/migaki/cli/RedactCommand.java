package dev.migaki.cli;

import dev.migaki.cli.dryrun.DryRunRecipe;
import dev.migaki.cli.dryrun.RedactRun;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code migaki redact}. */
@Command(
    name = "redact",
    mixinStandardHelpOptions = true,
    description = {
      "Show which personal data and secrets are removed, and what stays.",
      "Offsets of spans are Unicode code points of the input, the end exclusive."
    })
final class RedactCommand implements Callable<Integer> {
  @Mixin private DryRunOptions inputs = new DryRunOptions();

  @Mixin private RecipeOption recipe = new RecipeOption();

  @Override
  public Integer call() throws IOException {
    DryRunRecipe followed = recipe.read();
    return inputs.run(followed.documents(), new RedactRun(followed));
  }
}
