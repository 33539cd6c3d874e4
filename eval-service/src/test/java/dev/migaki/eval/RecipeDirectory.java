package dev.migaki.eval;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A directory for recipes that a test may add to. */
public final class RecipeDirectory implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "recipes");
      Files.copy(Path.of("src/test/recipes/default.yaml"), directory.resolve("default.yaml"));
      return Map.of("migaki.eval.recipes-directory", directory.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // below target
  }
}
