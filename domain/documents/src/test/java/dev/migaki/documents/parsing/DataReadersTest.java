package dev.migaki.documents.parsing;

import static dev.migaki.documents.parsing.Files.blocks;
import static dev.migaki.documents.parsing.Files.parse;
import static dev.migaki.documents.parsing.Files.parsed;
import static dev.migaki.documents.parsing.Files.rejected;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Chat;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.Message;
import dev.migaki.documents.Block.QuestionAnswer;
import dev.migaki.documents.Block.Role;
import dev.migaki.documents.Block.Table;
import dev.migaki.documents.Block.Turn;
import java.nio.charset.Charset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataReadersTest {

  @Test
  void shouldPairRowsWhenColumnsAreNamedQuestionAndAnswer() {
    // When
    List<Block> blocks =
        parsed(
                "a.csv",
                "番号;質問;回答\n1;いつ?;\"明日;\n午後\"\n2;なぜ?;\"\"\"規則\"\"です\"\n"
                    .getBytes(Charset.forName("windows-31j")))
            .blocks();

    // Then
    assertThat(blocks)
        .containsExactly(
            new QuestionAnswer("いつ?", "明日;\n午後", 0), new QuestionAnswer("なぜ?", "\"規則\"です", 0));
  }

  @Test
  void shouldPairTheColumnsThatTheSenderNames() {
    // Given
    byte[] table = "受付日,概要,備考,処理\n4月1日,動かない,至急,電源を入れる\n".getBytes(UTF_8);
    ParseHints hints = ParseHints.ofFilename("a.csv").withColumns("概要", "処理");
    ParseHints other = ParseHints.ofFilename("a.csv").withColumns("題名", "処理");

    // When
    ParseOutcome named = parse(table, hints);
    ParseOutcome missing = parse(table, other);

    // Then
    assertThat(((ParseOutcome.Parsed) named).document().blocks())
        .containsExactly(new QuestionAnswer("動かない", "電源を入れる", 0));
    assertThat(((ParseOutcome.Parsed) missing).document().blocks())
        .singleElement()
        .isInstanceOf(Table.class);
    assertThat(((ParseOutcome.Parsed) missing).warnings()).hasSize(1);
  }

  @Test
  void shouldKeepTableWhenColumnsMeanSomethingElse() {
    // Then
    assertThat(blocks("a.tsv", "Name\tPrice\nCup\t3\n"))
        .containsExactly(
            new Table(List.of(List.of("Name", "Price"), List.of("Cup", "3")), true, 0));
    assertThat(blocks("a.csv", "1,2\n3,4\n"))
        .containsExactly(new Table(List.of(List.of("1", "2"), List.of("3", "4")), false, 0));
  }

  @Test
  void shouldKeepBothAnswersOfPreferenceLines() {
    // When
    List<Block> blocks =
        blocks(
            "a.jsonl",
            """
            {"input":{"messages":[{"role":"user","content":"Hi?"}]},"preferred_output":[{"role":"assistant","content":"Hello."}],"non_preferred_output":[{"role":"assistant","content":"No."}]}
            """);

    // Then
    assertThat(blocks)
        .containsExactly(
            new Chat(
                List.of(new Message("user", "Hi?"), new Message("assistant", "Hello.")),
                List.of(new Message("assistant", "No.")),
                0));
  }

  @Test
  void shouldLeaveOutFaultyPreferenceLinesWithTheirNumbers() {
    // When
    ParseOutcome outcome =
        parse(
            "a.jsonl",
            """
            {"input":{"messages":[{"role":"user","content":"Hi?"}]},"preferred_output":[{"role":"assistant","content":"Hello."}],"non_preferred_output":[{"role":"assistant","content":""}]}
            {"input":{"messages":[{"role":"user","content":"Hi?"}]},"non_preferred_output":[{"role":"assistant","content":"No."}]}
            {"input":{"messages":[{"role":"user","content":"Hi?"}]},"preferred_output":[{"role":"assistant","content":"Hello."}],"non_preferred_output":[{"role":"assistant","tool_calls":[]}]}
            {"input":{"messages":[{"role":"user","content":"Hi?"}]},"preferred_output":[{"role":"assistant","content":"Hello.","weight":0}],"non_preferred_output":[{"role":"assistant","content":"No."}]}
            {"input":{"messages":[{"role":"user","content":"Hi?"}]},"preferred_output":[{"role":"assistant","content":"Hello."}],"non_preferred_output":[{"role":"assistant","content":"Hello."}]}
            {"input":{"messages":[{"role":"user","content":"Hi?"}]},"preferred_output":[{"role":"assistant","content":"Hello."}],"non_preferred_output":[{"role":"assistant","content":"No."}]}
            """
                .getBytes(UTF_8));

    // Then
    ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) outcome;
    assertThat(parsed.warnings())
        .containsExactly(
            "line 1: missing_content: non_preferred_output[0], left out",
            "line 2: missing_preferred_output: preferred_output is no list with a message in it, left out",
            "line 3: message_missing_key: non_preferred_output[0] has no content, left out",
            "line 4: unsupported_weight: a preference line knows no weights, left out",
            "line 5: identical_outputs: the preferred and the other answer are the same, left out");
    assertThat(parsed.document().blocks())
        .containsExactly(
            new Chat(
                List.of(new Message("user", "Hi?"), new Message("assistant", "Hello.")),
                List.of(new Message("assistant", "No.")),
                0));
  }

  @Test
  void shouldLeaveOutFaultyChatLinesWithTheirNumbers() {
    // When
    ParseOutcome outcome =
        parse(
            "a.jsonl",
            """
            {"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Hello."}]}
            {"messages":[{"role":"system","content":"Be kind."},{"role":"user","content":"Hi?"}]}
            {"messages":[{"role":"usr","content":"Hi?"},{"role":"assistant","content":"Hello."}]}
            {"messages":[{"role":"user"},{"role":"assistant","content":"Hello."}]}
            {"messages":[{"role":"user","content":"Hi?"}]}
            {"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Hello.","weight":0.5}]}
            {"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Hello.","weight":0}]}
            {"messages":[{"role":"user","content":"Rain?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c"}]},{"role":"tool","content":"Sun."},{"role":"assistant","content":"Sun."}]}
            {"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Hello."}],"tools":[{"type":"function"}]}
            {"messages":[{"role":"user","content":"Rain?"},{"role":"assistant","content":null,"tool_calls":[{"id":"c"}]}]}
            """
                .getBytes(UTF_8));

    // Then
    ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) outcome;
    assertThat(parsed.document().blocks()).hasSize(1);
    assertThat(parsed.warnings())
        .containsExactly(
            "line 2: example_missing_assistant_message: the last message is no assistant's, left out",
            "line 3: unrecognized_role: messages[0], left out",
            "line 4: message_missing_key: messages[0] has no content, left out",
            "line 5: example_missing_assistant_message: the last message is no assistant's, left out",
            "line 6: invalid_weight: messages[1] has a weight that is neither 0 nor 1, left out",
            "line 7: no_learned_answer: every answer has the weight 0, left out",
            "line 8: unsupported_tools: tools are offered, called or answer, left out",
            "line 9: unsupported_tools: tools are offered, called or answer, left out",
            "line 10: unsupported_tools: tools are offered, called or answer, left out");
  }

  @Test
  void shouldKeepChatLines() {
    // When
    List<Block> blocks =
        blocks(
            "a.jsonl",
            "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"},{\"role\":\"assistant\",\"content\":\"ho\"}]}\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Chat(List.of(new Message("user", "hi"), new Message("assistant", "ho")), 0));
  }

  @Test
  void shouldKeepTheWeightsOfChatLines() {
    // When
    List<Block> blocks =
        blocks(
            "a.jsonl",
            """
            {"messages":[{"role":"user","content":"Hi?"},{"role":"assistant","content":"Go away.","weight":0},{"role":"user","content":"Hours?"},{"role":"assistant","content":"9 to 5.","weight":1}]}
            """);

    // Then
    assertThat(blocks)
        .containsExactly(
            new Chat(
                List.of(
                    new Message("user", "Hi?"),
                    new Message("assistant", "Go away.", 0),
                    new Message("user", "Hours?"),
                    new Message("assistant", "9 to 5.")),
                0));
  }

  @Test
  void shouldPairObjectsWhereverTheyAre() {
    // When
    List<Block> blocks =
        blocks(
            "a.json",
            "{\"title\":\"FAQ\",\"items\":[{\"question\":\"A?\",\"answer\":\"a\"},{\"質問\":\"B?\",\"回答\":\"b\"}]}");

    // Then
    assertThat(blocks).contains(new QuestionAnswer("A?", "a", 0), new QuestionAnswer("B?", "b", 0));
  }

  @Test
  void shouldMakeTurnsWhenObjectsHoldConversations() {
    // When
    List<Block> blocks =
        blocks(
            "a.jsonl",
            "{\"id\":\"c1\",\"turns\":[{\"role\":\"customer\",\"text\":\"Open?\"},{\"role\":\"agent\",\"text\":\"Yes.\"}]}\n");

    // Then
    assertThat(blocks)
        .containsExactly(
            new Heading(2, "c1", 0),
            new Turn(Role.CUSTOMER, "customer", "Open?", 0),
            new Turn(Role.AGENT, "agent", "Yes.", 0));
  }

  @Test
  void shouldSeparateConversationsWhenEachLineIsATurn() {
    // When
    List<Block> blocks =
        blocks(
            "a.jsonl",
            "{\"conversation\":\"c1\",\"speaker\":\"customer\",\"text\":\"Open?\"}\n"
                + "{\"conversation\":\"c1\",\"speaker\":\"agent\",\"text\":\"Yes.\"}\n"
                + "{\"conversation\":\"c2\",\"speaker\":\"customer\",\"text\":\"Closed?\"}\n"
                + "{\"conversation\":\"c2\",\"speaker\":\"agent\",\"text\":\"No.\"}\n");

    // Then
    assertThat(blocks).hasSize(6);
    assertThat(blocks.get(0)).isEqualTo(new Heading(2, "c1", 0));
    assertThat(blocks.get(3)).isEqualTo(new Heading(2, "c2", 0));
  }

  @Test
  void shouldNameTheLineWhenOneOfManyIsBroken() {
    // When
    ParseOutcome outcome =
        parse(
            "a.jsonl",
            "{\"q\":\"A?\",\"a\":\"a\"}\n{\"q\":\n{\"q\":\"B?\",\"a\":\"b\"}\n".getBytes(UTF_8));

    // Then
    ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) outcome;
    assertThat(parsed.document().blocks()).hasSize(2);
    assertThat(parsed.warnings()).containsExactly("line 2: not JSON, left out");
  }

  @Test
  void shouldRejectWhenNothingIsJson() {
    // Then
    assertThat(rejected("a.json", "{\"a\": [1, 2".getBytes(UTF_8)).code())
        .isEqualTo(RejectionCode.DAMAGED);
  }

  @Test
  void shouldKnowFormatsWithoutNames() {
    // Then
    assertThat(parsedType("{\"q\":\"A?\",\"a\":\"a\"}\n{\"q\":\"B?\",\"a\":\"b\"}"))
        .isEqualTo("application/x-ndjson");
    assertThat(parsedType("<!DOCTYPE html><p>x</p>")).isEqualTo("text/html");
    assertThat(parsedType("question,answer\nA?,a\nB?,b\n")).isEqualTo("text/csv");
    assertThat(parsedType("# A\n\n- b\n\n## C\n\nd")).isEqualTo("text/markdown");
    assertThat(parsedType("Hello, world, how are you?\nFine, thanks.")).isEqualTo("text/plain");
    assertThat(parsedType("From: a@b.c\nTo: d@e.f\nSubject: x\nMIME-Version: 1.0\n\nbody"))
        .isEqualTo("message/rfc822");
  }

  private static String parsedType(String text) {
    ParseOutcome outcome =
        new DocumentParser(ParseLimits.defaults()).parse(text.getBytes(UTF_8), ParseHints.none());
    return ((ParseOutcome.Parsed) outcome).document().mediaType();
  }

  @ParameterizedTest
  @CsvSource({
    "Issue,Resolution",
    "症状,対処法",
    "Problem,Solution",
    "Frequently asked question,Suggested answer",
    "想定質問,標準回答",
    "お問い合わせ概要,回答例",
    "ご質問,お答え",
    "Summary,Resolution notes"
  })
  void shouldPairColumnsByTheirNamesWhateverTheWording(String question, String answer) {
    // When
    List<Block> blocks = blocks("a.csv", "No," + question + "," + answer + "\n1,It hums,Oil it.\n");

    // Then
    assertThat(blocks).containsExactly(new QuestionAnswer("It hums", "Oil it.", 0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "User,Output\nalice,much\nbob,little\n",
        "設問,a,b\n問1,多い,3\n問2,少ない,5\n",
        "質問,回答\n満足度,4\n使いやすさ,3\n",
        "title,content\nSpring,It is warm.\nWinter,It is cold.\n"
      })
  void shouldPairNothingWhenColumnsOnlySoundLikeIt(String table) {
    // When / Then
    assertThat(blocks("a.csv", table)).singleElement().isInstanceOf(Table.class);
  }

  @Test
  void shouldPairArticlesThatAskAndReadHtmlInFieldsWhenJson() {
    // When
    List<Block> articles =
        blocks(
            "a.json",
            "[{\"id\":1,\"title\":\"Is it open?\",\"body\":\"Yes.\"},{\"id\":2,\"title\":\"Is it free?\",\"body\":\"No.\"}]");
    List<Block> fields =
        blocks("b.json", "{\"question\":\"Is it open?\",\"answer\":\"<p>Yes, <b>daily</b>.</p>\"}");

    // Then
    assertThat(articles)
        .containsExactly(
            new QuestionAnswer("Is it open?", "Yes.", 0),
            new QuestionAnswer("Is it free?", "No.", 0));
    assertThat(fields).containsExactly(new QuestionAnswer("Is it open?", "Yes, daily.", 0));
  }

  @Test
  void shouldPairRowsThatAreMarkedByTurns() {
    // When / Then
    assertThat(
            blocks(
                "a.html",
                "<table><tr><th>Q1<td>Is it open?<tr><th>A1<td>Yes.<tr><th>Q2<td>Free?<tr><th>A2<td>No.</table>"))
        .containsExactly(
            new QuestionAnswer("Is it open?", "Yes.", 0), new QuestionAnswer("Free?", "No.", 0));
  }
}
