package dev.migaki.cleanse;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** A directory for recipes whose second readers have addresses that only the test knows. */
public final class ReaderRecipes implements QuarkusTestResourceLifecycleManager {
  @Override
  public Map<String, String> start() {
    try {
      Path directory = Files.createTempDirectory(Path.of("target"), "recipes");
      return Map.of(
          "migaki.cleanse.recipes-directory",
          directory.toString(),
          // a failure is retried often enough to see it, and the log tells all there is to tell
          "migaki.runtime.retry.unexpected-attempts",
          "3",
          // a version that waits does so for its recipe, not for documents on their way
          "migaki.cleanse.patience",
          "1s",
          "quarkus.log.category.\"dev.migaki\".level",
          "DEBUG");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void stop() {
    // below target
  }
}
