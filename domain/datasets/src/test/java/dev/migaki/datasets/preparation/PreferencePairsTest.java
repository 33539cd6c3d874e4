package dev.migaki.datasets.preparation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Examples;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.jsonl.ChatJsonlValidator;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.spill.SpillSpace;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A preference line from its file to the sealed pairs. */
class PreferencePairsTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final String ANSWER =
      "Please ask the people who sell our %s about your order, who have all orders of the last ten"
          + " years at hand and can tell you where yours is and when it will be at your door.";

  private final DocumentCleanser cleanser =
      new DocumentCleanser(TextCleanser.create(CleansingRecipe.standard()));

  @Test
  void shouldRemovePrivateDataFromTheOtherAnswerWithTheSameNamesAsElsewhere() throws IOException {
    // When
    List<JsonNode> pairs =
        pairs(
            prepared(
                line(
                    "My name is Emily Carter. How do I return the kettle?",
                    "Dear Emily Carter, please send the kettle back within thirty days, in the box that"
                        + " it came in, with the letter that lies in it, and we return your money.",
                    "Call Emily Carter at 415-555-0132 or write to emily.carter@example.com.")));

    // Then
    JsonNode pair = pairs.get(0);
    String asked = pair.at("/input/messages/0/content").asText();
    String other = pair.at("/non_preferred_output/0/content").asText();
    assertThat(pair.toString()).doesNotContain("Emily", "Carter", "0132", "example.com");
    String person = asked.replaceAll(".*(<PERSON_[0-9a-f]+>).*", "$1");
    assertThat(person).startsWith("<PERSON_");
    assertThat(pair.at("/preferred_output/0/content").asText()).contains(person);
    assertThat(other).startsWith("Call " + person + " at <PHONE").contains("<EMAIL_ADDRESS_");
  }

  @Test
  void shouldCountALineAsNoPairWhenItsAnswersAreEqualAfterCleansing() {
    // When
    PreparedDocument prepared =
        prepared(
            line(
                "Whom do I ask about my order?",
                ANSWER.formatted("kettles emily.carter@example.com"),
                ANSWER.formatted("kettles  emily.carter@example.com")));

    // Then
    assertThat(prepared.examples()).singleElement().extracting(Example::nonPreferred).isNull();
    assertThat(prepared.rejects()).containsEntry("preference-without-difference", 1);
  }

  @Test
  void shouldQuarantineTheExampleWhenItsOtherAnswerHoldsResidue() {
    // Given what the first scan did not see, as an older installation may have stored it
    Example dirty =
        Examples.aPreference(
            "votes",
            "How do I return the kettle?",
            "Please send the kettle back within thirty days.",
            "Write to emily.carter@example.com about it.");
    Example clean =
        Examples.aPreference(
            "votes", "When do you open on Sundays?", "We open at nine.", "I do not know that.");
    DocumentExamples document =
        new DocumentExamples("votes", 1, 1, "votes.jsonl", List.of(dirty, clean));

    // When
    VersionPreparation.Prepared prepared =
        new VersionPreparation(Recipe.defaults(), cleanser, SpillSpace.systemDirectory())
            .seal("shop", List.of(document), SplitHistory.none(), SealingProgress.none());

    // Then
    assertThat(prepared.quarantined()).isEqualTo(1);
    try (SealedVersion version = prepared.version()) {
      assertThat(version.count("preference")).isEqualTo(1);
      assertThat(text(version)).contains("I do not know that.").doesNotContain("emily");
    }
  }

  @Test
  void shouldKeepTheOtherAnswerWhenDocumentAndExamplesAreStored() throws IOException {
    // Given
    String conversation =
        """
        {"input":{"messages":[{"role":"system","content":"You are the desk."},{"role":"user","content":"Do you sell kettles?"},{"role":"assistant","content":"Yes, we sell two kettles."},{"role":"user","content":"Which one is the lighter kettle?"}]},"preferred_output":[{"role":"assistant","content":"The travel kettle is lighter."}],"non_preferred_output":[{"role":"assistant","content":"Both are light."}]}
        """;

    // When
    PreparedDocument prepared = prepared(conversation);
    List<Example> stored = ExampleJsonl.read(ExampleJsonl.write(prepared.examples()));
    List<JsonNode> pairs = pairs(stored);

    // Then
    assertThat(stored).isEqualTo(prepared.examples());
    assertThat(pairs).hasSize(1);
    assertThat(pairs.get(0)).isEqualTo(MAPPER.readTree(conversation));
  }

  private static String line(String question, String preferred, String other) {
    return """
        {"input":{"messages":[{"role":"user","content":"%s"}]},"preferred_output":[{"role":"assistant","content":"%s"}],"non_preferred_output":[{"role":"assistant","content":"%s"}]}
        """
        .formatted(question, preferred, other);
  }

  private PreparedDocument prepared(String lines) {
    ParseOutcome outcome =
        new DocumentParser(ParseLimits.defaults())
            .parse(lines.getBytes(UTF_8), ParseHints.ofFilename("votes.jsonl"));
    ParsedDocument parsed = ((ParseOutcome.Parsed) outcome).document();
    ParsedDocument stored = ParsedDocumentJson.read(ParsedDocumentJson.write(parsed));
    return new DocumentPreparation(cleanser, QualityLimits.defaults())
        .prepare("votes", 1, "votes.jsonl", stored);
  }

  private List<JsonNode> pairs(PreparedDocument prepared) throws IOException {
    return pairs(prepared.examples());
  }

  private List<JsonNode> pairs(List<Example> examples) throws IOException {
    DocumentExamples document = new DocumentExamples("votes", 1, 1, "votes.jsonl", examples);
    VersionPreparation.Prepared prepared =
        new VersionPreparation(Recipe.defaults(), cleanser, SpillSpace.systemDirectory())
            .seal("shop", List.of(document), SplitHistory.none(), SealingProgress.none());
    try (SealedVersion version = prepared.version()) {
      assertThat(prepared.quarantined()).isZero();
      assertThat(ChatJsonlValidator.check(text(version))).isEmpty();
      List<JsonNode> lines = new java.util.ArrayList<>();
      for (String line : text(version).lines().toList()) {
        lines.add(MAPPER.readTree(line));
      }
      return lines;
    }
  }

  private static String text(SealedVersion version) {
    return new String(version.files().get("preference").readAll(), UTF_8);
  }
}
