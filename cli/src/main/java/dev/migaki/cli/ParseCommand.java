package dev.migaki.cli;

import dev.migaki.cleansing.language.LanguageIdentifier;
import dev.migaki.cli.dryrun.ParseRun;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code migaki parse}. */
@Command(
    name = "parse",
    mixinStandardHelpOptions = true,
    description = "Show what ingest makes of files: type, language, text, structure, or why not.")
final class ParseCommand implements Callable<Integer> {
  @Mixin private DryRunOptions inputs = new DryRunOptions();

  @Mixin private RecipeOption recipe = new RecipeOption();

  @Override
  public Integer call() throws IOException {
    LanguageIdentifier languages = LanguageIdentifier.create();
    DocumentsRecipe documents = recipe.read().documents();
    return inputs.run(documents, new ParseRun(documents, text -> languages.identify(text).code()));
  }
}
