package dev.migaki.datasets.recipes;

import dev.migaki.datasets.teacher.TeacherSettings;
import dev.migaki.recipes.RecipeBlock;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the {@code teacher} block of a recipe. Values that may be keys are never quoted. */
final class TeacherBlock {
  private static final List<String> KEYS =
      List.of(
          "url",
          "model",
          "apiKeyVariable",
          "pairsPerPassage",
          "maxPassagesPerDocument",
          "timeout",
          "maxTokensPerDocument");

  private TeacherBlock() {}

  static @Nullable TeacherSettings read(RecipeBlock root) {
    RecipeBlock teacher = root.block("teacher", KEYS);
    if (teacher.isAbsent()) {
      return null;
    }
    return new TeacherSettings(
        url(teacher.requiredText("url")),
        teacher.requiredText("model"),
        teacher.text("apiKeyVariable"),
        teacher.whole("pairsPerPassage", 3, 1, 20),
        teacher.whole("maxPassagesPerDocument", 20, 1, 1000),
        teacher.duration(
            "timeout", Duration.ofSeconds(30), Duration.ofSeconds(1), Duration.ofMinutes(10)),
        teacher.whole("maxTokensPerDocument", 50_000, 1000, 10_000_000));
  }

  private static URI url(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException e) {
      // the message of the cause would quote it
      throw new IllegalArgumentException("teacher.url must be an http or https address");
    }
  }
}
