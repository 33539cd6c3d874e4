package dev.migaki.cli.dryrun;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.migaki.documents.recipes.DocumentsRecipe;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DryRunToolsTest {
  @Test
  void shouldGiveSpansInCodePointsOfTheInputWhenRedacting() {
    // Given
    String mail = "taro.yamada@example.co.jp";
    String text = "😀 連絡先は " + mail + " です。";
    // When
    ObjectNode result = new RedactRun(recipe()).apply(line(text)).json().get(0);
    // Then
    int start = text.codePointCount(0, text.indexOf(mail));
    assertThat(result.path("text").asText()).doesNotContain(mail).contains("😀 連絡先は ");
    assertThat(result.at("/spans/0/type").asText()).isEqualTo("EMAIL_ADDRESS");
    assertThat(result.at("/spans/0/start").asInt()).isEqualTo(start);
    assertThat(result.at("/spans/0/end").asInt()).isEqualTo(start + mail.length());
    assertThat(result.at("/spans/0/score").asDouble()).isPositive();
    assertThat(result.at("/spans/0/recognizer").asText()).isNotEmpty();
  }

  @Test
  void shouldGiveEditsInCodePointsOfTheInputWhenCorrecting() {
    // Given
    String text = "😀 Please recieve the parcel at the counter.";
    // When
    ObjectNode result = new CorrectRun(recipe()).apply(line(text)).json().get(0);
    // Then
    assertThat(result.path("text").asText())
        .isEqualTo("😀 Please receive the parcel at the counter.");
    assertThat(result.at("/edits/0/start").asInt()).isEqualTo(9);
    assertThat(result.at("/edits/0/end").asInt()).isEqualTo(16);
    assertThat(result.at("/edits/0/from").asText()).isEqualTo("recieve");
    assertThat(result.at("/edits/0/to").asText()).isEqualTo("receive");
    assertThat(result.at("/edits/0/rule").asText()).isNotEmpty();
  }

  @Test
  void shouldTellTypeLanguageTextAndStructureWhenParsing() {
    // Given
    ParseRun parse = new ParseRun(DocumentsRecipe.defaults(), text -> "en");
    DryRunInput document =
        document("faq.md", "# Returns\n\nYou may return any device within 30 days.\n");
    // When
    ObjectNode result = parse.apply(document).json().get(0);
    // Then
    assertThat(result.path("mediaType").asText()).contains("markdown");
    assertThat(result.path("language").asText()).isEqualTo("en");
    assertThat(result.path("text").asText()).contains("within 30 days");
    assertThat(result.at("/structure/0/type").asText()).isEqualTo("heading");
  }

  @Test
  void shouldSayWhyWhenAFileCannotBeParsed() {
    // Given
    ParseRun parse = new ParseRun(DocumentsRecipe.defaults(), text -> "en");
    // When
    ObjectNode result = parse.apply(document("empty.txt", "")).json().get(0);
    // Then
    assertThat(result.at("/rejected/code").asText()).isEqualTo("EMPTY");
    assertThat(result.at("/rejected/message").asText()).isNotBlank();
  }

  @Test
  void shouldGiveOneObjectWithAllExamplesWhenInputIsALine() {
    // Given
    String text =
        "Q: How long do I have to return a product?\nA: You have 30 days to return it.\n\n"
            + "Q: Is shipping free of charge?\nA: Shipping is free above 80 dollars.\n";
    // When
    List<ObjectNode> results = new ExamplesRun(recipe(), false).apply(line(text)).json();
    // Then
    assertThat(results).hasSize(1);
    assertThat(results.get(0).path("examples")).hasSize(2);
    assertThat(results.get(0).at("/messages/0/role").asText()).isEqualTo("user");
    assertThat(results.get(0).at("/messages/1/content").asText())
        .isEqualTo("You have 30 days to return it.");
    assertThat(results.get(0).at("/source/document").asText()).isEqualTo("7");
    assertThat(results.get(0).path("extractor").asText()).isNotEmpty();
  }

  @Test
  void shouldGiveOneObjectPerExampleWhenInputIsAFile() {
    // Given
    DryRunInput document =
        document(
            "faq.txt",
            "Q: How long do I have to return a product?\nA: You have 30 days to return it.\n\n"
                + "Q: Is shipping free of charge?\nA: Shipping is free above 80 dollars.\n");
    // When
    List<ObjectNode> results = new ExamplesRun(recipe(), true).apply(document).json();
    // Then
    assertThat(results).hasSize(2);
    assertThat(results.get(1).at("/source/document").asText()).isEqualTo("faq.txt");
  }

  @Test
  void shouldSayWhyWhenAFileGivesNoExample() {
    // Given
    DryRunInput nothing = document("note.txt", "The warehouse moved to Kobe in spring.\n");
    DryRunInput bad = document("bad.txt", "Q: How long do I have to return a product?\nA: ?\n");
    ExamplesRun run = new ExamplesRun(recipe(), false);
    // When
    DryRun.Result none = run.apply(nothing);
    DryRun.Result leftOut = run.apply(bad);
    // Then
    assertThat(none.json()).hasSize(1);
    assertThat(none.json().get(0).at("/rejected/code").asText()).isEqualTo("NO_EXAMPLES");
    assertThat(none.json().get(0).at("/rejected/reasons")).isEmpty();
    assertThat(none.text())
        .isEqualTo("== note.txt: 0 examples. No question with an answer was found.\n");
    assertThat(leftOut.json().get(0).at("/rejected/reasons/answer-too-short").asInt()).isEqualTo(1);
    assertThat(leftOut.text()).contains("none was kept: answer-too-short 1.");
  }

  @Test
  void shouldGiveExactlyOneObjectWithTheReasonWhenALineGivesNoExample() {
    // When
    List<ObjectNode> results =
        new ExamplesRun(recipe(), true).apply(line("The warehouse moved to Kobe.")).json();
    // Then
    assertThat(results).hasSize(1);
    assertThat(results.get(0).path("examples")).isEmpty();
    assertThat(results.get(0).at("/rejected/code").asText()).isEqualTo("NO_EXAMPLES");
  }

  @Test
  void shouldRemoveTheNamesOfSpeakersFromExamplesAsThePipelineDoes() {
    // Given
    DryRunInput chat =
        document(
            "chat.txt",
            "Zibblewick: When does the shop in Kobe open on Sundays?\n"
                + "Support: It opens at nine, Zibblewick, and closes at six.\n"
                + "Zibblewick: How long is the way from the station to the shop?\n"
                + "Support: It takes ten minutes on foot from the north exit.\n");
    // When
    List<ObjectNode> results = new ExamplesRun(recipe(), false).apply(chat).json();
    // Then
    assertThat(results).isNotEmpty();
    assertThat(results.toString()).contains("It opens at nine").doesNotContain("Zibblewick");
  }

  @Test
  void shouldNameFilesOnOneLineWithoutControlCharacters() {
    // Given
    DryRunInput file = document("\u001b[2Jnote\n.txt", "Our shop is open from nine to six.\n");
    DryRunInput empty = document("\u001b[2Jnote\n.txt", "");
    // When
    List<DryRun.Result> results =
        List.of(
            new ParseRun(DocumentsRecipe.defaults(), text -> "en").apply(file),
            new RedactRun(recipe()).apply(file),
            new CorrectRun(recipe()).apply(file),
            new ExamplesRun(recipe(), false).apply(file),
            new ExamplesRun(recipe(), false).apply(empty));
    // Then
    assertThat(results)
        .allSatisfy(
            result -> assertThat(result.text()).startsWith("== \\u001b[2Jnote\\u000a.txt: "));
  }

  @Test
  void shouldShowBothAnswersWhenInputIsAPreferenceLine() {
    // Given
    DryRunInput document =
        document(
            "votes.jsonl",
            "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\"When do you open?\"}]},"
                + "\"preferred_output\":[{\"role\":\"assistant\",\"content\":\"We open at nine.\"}],"
                + "\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\"Ask us.\"}]}");
    // When
    DryRun.Result result = new ExamplesRun(recipe(), false).apply(document);
    // Then
    assertThat(result.json().get(0).path("nonPreferred").asText()).isEqualTo("Ask us.");
    assertThat(result.text())
        .contains("  assistant We open at nine.\n  not       Ask us.\n            [chat-line]");
  }

  private static DryRunRecipe recipe() {
    return DryRuns.recipe();
  }

  private static DryRunInput line(String text) {
    return new DryRunInput.Line(IntNode.valueOf(7), text, null);
  }

  private static DryRunInput document(String name, String text) {
    return new DryRunInput.Document(
        TextNode.valueOf(name), name, text.getBytes(StandardCharsets.UTF_8));
  }
}
