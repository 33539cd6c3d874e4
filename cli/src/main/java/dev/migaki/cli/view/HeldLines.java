package dev.migaki.cli.view;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What a stage has set aside, as a person reads it: which dataset, since when, why, what to do. */
public final class HeldLines {

  private HeldLines() {}

  /**
   * @param stage the stage's name
   * @param answer of its {@code /v1/held}
   * @return two lines for each dataset of which something waits
   */
  public static List<String> of(String stage, JsonNode answer, Instant now) {
    List<String> lines = new ArrayList<>();
    for (JsonNode held : answer.path("held")) {
      long records = held.path("records").asLong();
      Duration waited = Duration.between(Instant.parse(held.path("since").asText()), now);
      lines.add(
          "  %s: %s of %s set aside for %s, %s"
              .formatted(
                  stage,
                  records == 1 ? "1 record" : records + " records",
                  held.path("dataset").asText(),
                  age(waited),
                  held.path("code").asText()));
      lines.add(
          "    "
              + held.path("reason").asText().lines().findFirst().orElse("")
              + "; "
              + advice(held.path("code").asText()));
    }
    return lines;
  }

  private static String advice(String code) {
    if (code.equals("RECIPE_INVALID")) {
      return "mend the recipe, it is read again by itself";
    }
    return code.startsWith("RECOGNIZER_")
        ? "mend the second reader or its block in the recipe, it is asked again by itself"
        : "it is tried again by itself, the stage's log tells more";
  }

  /**
   * {@code 42 s}, {@code 7 min}, {@code 3 h} or {@code 2 d}; a clock that differs is no reason for
   * minus.
   */
  private static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    if (seconds < 120) {
      return seconds + " s";
    }
    if (seconds < 2 * 3600) {
      return seconds / 60 + " min";
    }
    return seconds < 2 * 86_400 ? seconds / 3600 + " h" : seconds / 86_400 + " d";
  }
}
