package dev.migaki.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class HeldLinesTest {

  private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

  @Test
  void shouldTellDatasetTimeReasonAndRemedy() throws JsonProcessingException {
    assertThat(
            HeldLines.of(
                "cleanse",
                new ObjectMapper()
                    .readTree(
                        """
                        {"held":[
                          {"dataset":"faq","records":1,"since":"2026-11-28T11:59:18Z","code":"RECIPE_INVALID",
                           "reason":"recipe faq.yaml: findings: unknown key treshold\\nand more","attempts":3},
                          {"dataset":"legal","records":40,"since":"2026-11-28T08:59:00.5Z","code":"RECOGNIZER_UNAVAILABLE",
                           "reason":"recogniser presidio at reader does not answer","attempts":9},
                          {"dataset":"shop","records":2,"since":"2026-11-28T12:00:03Z","code":"UNEXPECTED_FAILURE",
                           "reason":"java.lang.IllegalStateException","attempts":2}]}
                        """),
                NOW))
        .containsExactly(
            "  cleanse: 1 record of faq set aside for 42 s, RECIPE_INVALID",
            "    recipe faq.yaml: findings: unknown key treshold; mend the recipe, it is read again"
                + " by itself",
            "  cleanse: 40 records of legal set aside for 3 h, RECOGNIZER_UNAVAILABLE",
            "    recogniser presidio at reader does not answer; mend the second reader or its block"
                + " in the recipe, it is asked again by itself",
            "  cleanse: 2 records of shop set aside for 0 s, UNEXPECTED_FAILURE",
            "    java.lang.IllegalStateException; it is tried again by itself, the stage's log"
                + " tells more");
  }

  @Test
  void shouldTellNothingWhenNothingWaits() throws JsonProcessingException {
    assertThat(HeldLines.of("training", new ObjectMapper().readTree("{\"held\":[]}"), NOW))
        .isEmpty();
  }
}
