package dev.migaki.datasets.extraction;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.jsonl.ChatJsonl;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.Paragraph;
import dev.migaki.documents.Block.Role;
import dev.migaki.documents.Block.Turn;
import dev.migaki.documents.ParsedDocument;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuestionAnswerExtractorTest {

  @Test
  void shouldTakeSectionAsAnswerWhenHeadingAsks() {
    // When
    List<Example> examples =
        examples(
            "en",
            new Heading(1, "Help", 1),
            new Heading(2, "3. How do I reset my password?", 2),
            new Paragraph("Open the login page.", 2),
            new Block.ListItem("Choose Forgot password.", 0, 2),
            new Heading(2, "What does it cost?", 3),
            new Paragraph("Nothing.", 3));

    // Then
    assertThat(examples).extracting(Example::extractor).containsOnly("faq-heading");
    assertThat(examples.get(0).question()).isEqualTo("How do I reset my password?");
    assertThat(examples.get(0).answer())
        .isEqualTo("Open the login page.\n- Choose Forgot password.");
    assertThat(examples.get(0).source().page()).isEqualTo(2);
    assertThat(examples.get(0).source().headingPath()).containsExactly("Help");
    assertThat(examples.get(1).answer()).isEqualTo("Nothing.");
  }

  @Test
  void shouldReadLabelsWhenPairsAreWrittenAsQuestionsAndAnswers() {
    // When
    List<Example> examples =
        examples(
            "ja",
            new Paragraph("Q1. 送料はいくらですか。\nA1. 全国一律500円です。\n離島は800円です。", 0),
            new Paragraph("質問：返品はできますか", 0),
            new Paragraph("回答：はい、30日以内であればできます。", 0));

    // Then
    assertThat(examples).extracting(Example::extractor).containsOnly("labelled-pair");
    assertThat(examples).extracting(Example::question).containsExactly("送料はいくらですか。", "返品はできますか");
    assertThat(examples.get(0).answer()).isEqualTo("全国一律500円です。\n離島は800円です。");
  }

  @Test
  void shouldReadColumnsWhenTableHasQuestionsAndAnswers() {
    // Given
    Block table =
        new Block.Table(
            List.of(
                List.of("No.", "Question", "Answer"),
                List.of("1", "When do you open?", "We open at nine."),
                List.of("2", "", "Nobody asked.")),
            true,
            1);

    // When
    List<Example> examples = examples("en", table);

    // Then
    assertThat(examples).extracting(Example::question).containsExactly("When do you open?");
  }

  @Test
  void shouldAskForCodesWhenTableExplainsThem() {
    // Given
    Block table =
        new Block.Table(
            List.of(List.of("Error code", "Meaning"), List.of("E12", "The pump is blocked.")),
            true,
            1);

    // When
    List<Example> examples = examples("en", table);

    // Then
    assertThat(examples.get(0).question()).isEqualTo("What does error code E12 mean?");
    assertThat(examples.get(0).extractor()).isEqualTo("code-table");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | How to clean your filter | How do I clean my filter?",
        "en | Replace the cartridge | How do I replace the cartridge?",
        "en | Spare parts | What can you tell me about spare parts?",
        "ja | パスワードを変更する | パスワードを変更するにはどうすればよいですか？",
        "ja | フィルターの交換方法 | フィルターの交換方法を教えてください。",
        "ja | 営業時間 | 営業時間について教えてください。",
        "ja | ご使用上の注意 | ご使用で注意することは何ですか？"
      })
  void shouldAskByHeadingTypeWhenManualHasSections(
      String language, String heading, String question) {
    // When
    List<Example> examples =
        examples(
            language,
            new Heading(1, "Manual", 1),
            new Heading(2, heading, 1),
            new Paragraph(
                language.equals("ja")
                    ? "本体の裏にあるふたを開けてから行ってください。"
                    : "Open the lid at the back of the device first.",
                1));

    // Then
    assertThat(examples).extracting(Example::question).containsExactly(question);
    assertThat(examples).extracting(Example::extractor).containsExactly("heading-template");
  }

  @Test
  void shouldTakeHeadingAboveAlongWhenHeadingSaysNothingAlone() {
    // When
    List<Example> examples =
        examples(
            "ja",
            new Heading(1, "説明書", 1),
            new Heading(2, "カートリッジの交換", 1),
            new Heading(3, "手順", 1),
            new Paragraph("古いカートリッジを左に回して外し、新しいものを差し込みます。", 1));

    // Then
    assertThat(examples).extracting(Example::question).containsExactly("カートリッジの交換の手順を教えてください。");
  }

  @Test
  void shouldKeepQuestionAndAnswerOnlyWhenChatIsFullOfCourtesy() {
    // When
    List<Example> examples =
        examples(
            "en",
            new Turn(Role.AGENT, "Support", "Hello, how can I help you?", 0),
            new Turn(Role.CUSTOMER, "A", "Hi there!\nHow long does delivery take?", 0),
            new Turn(Role.AGENT, "Support", "One moment please.", 0),
            new Turn(
                Role.AGENT, "Support", "Delivery takes 4 working days.\nBest regards\nThe desk", 0),
            new Turn(Role.CUSTOMER, "A", "Great, thank you!", 0),
            new Turn(Role.AGENT, "Support", "You're welcome. Have a nice day!", 0));

    // Then
    assertThat(examples).hasSize(1);
    assertThat(examples.get(0).messages())
        .containsExactly(
            Message.user("How long does delivery take?"),
            Message.assistant("Delivery takes 4 working days."));
  }

  @Test
  void shouldKeepTurnsAndOpeningWhenConversationHasSeveralRounds() {
    // When
    List<Example> examples =
        examples(
            "ja",
            new Turn(Role.CUSTOMER, "客", "返金はいつですか？", 0),
            new Turn(Role.AGENT, "係", "検品から5営業日以内です。", 0),
            new Turn(Role.CUSTOMER, "客", "カードにも戻りますか？", 0),
            new Turn(Role.AGENT, "係", "はい、同じカードに戻ります。", 0));

    // Then
    assertThat(examples).extracting(e -> e.messages().size()).containsExactly(4, 2);
    assertThat(examples.get(1).answer()).isEqualTo("検品から5営業日以内です。");
  }

  @Test
  void shouldRejectConversationWhenNobodyAnswers() {
    // When
    Extraction extraction =
        extract(
            "en",
            "text/plain",
            new Turn(Role.CUSTOMER, "A", "Where is my parcel?", 0),
            new Turn(Role.AGENT, "B", "Let me check that for you.", 0));

    // Then
    assertThat(extraction.examples()).isEmpty();
    assertThat(extraction.rejections())
        .extracting(r -> r.reason())
        .containsExactly(RejectReason.NO_RESOLUTION);
  }

  @Test
  void shouldNameMailThreadsWhenDocumentIsMail() {
    // When
    Extraction extraction =
        extract(
            "ja",
            "message/rfc822",
            new Turn(Role.OTHER, "a", "お世話になっております。\n領収書は発行できますか？\nよろしくお願いいたします。", 0),
            new Turn(Role.OTHER, "b", "<PERSON_1>様\nお問い合わせありがとうございます。\n領収書はマイページから発行できます。", 0));

    // Then
    assertThat(extraction.examples()).extracting(Example::extractor).containsExactly("mail-thread");
    assertThat(extraction.examples().get(0).messages())
        .containsExactly(Message.user("領収書は発行できますか？"), Message.assistant("領収書はマイページから発行できます。"));
  }

  @Test
  void shouldPassChatLinesThroughWhenTheyAreUsable() {
    // Given
    Block.Chat good =
        new Block.Chat(
            List.of(
                new Block.Message("system", "You are the desk."),
                new Block.Message("user", "When do you open?"),
                new Block.Message("assistant", "We open at nine."),
                new Block.Message("user", "Thanks!")),
            0);
    Block.Chat bad = new Block.Chat(List.of(new Block.Message("user", "Hello?")), 0);

    // When
    Extraction extraction = extract("en", "application/x-ndjson", good, bad);

    // Then
    assertThat(extraction.examples()).hasSize(1);
    assertThat(extraction.examples().get(0).messages()).hasSize(3);
    assertThat(extraction.examples().get(0).isSingleTurn()).isTrue();
    assertThat(extraction.rejections())
        .extracting(r -> r.reason())
        .containsExactly(RejectReason.INVALID_CHAT);
  }

  @Test
  void shouldKeepTheOtherAnswerWhenALineIsAPreference() {
    // When
    Extraction extraction =
        extract(
            "en",
            "application/x-ndjson",
            preference("We open at nine.", "No idea."),
            preference("We open at nine.", "Whenever."));

    // Then
    assertThat(extraction.rejections()).isEmpty();
    assertThat(extraction.examples())
        .extracting(Example::nonPreferred)
        .containsExactly("No idea.", "Whenever.");
    assertThat(extraction.examples()).extracting(Example::id).doesNotHaveDuplicates();
    assertThat(extraction.examples()).extracting(Example::answer).containsOnly("We open at nine.");
  }

  @Test
  void shouldKeepThePreferredAnswerAloneWhenTheTwoAreNoPair() {
    // Given
    List<Block.Message> noon = preference("We open at noon.", "").messages();
    Block.Message other = new Block.Message("assistant", "No idea.");
    Block.Chat thanks =
        new Block.Chat(
            List.of(
                new Block.Message("user", "When do you close?"),
                new Block.Message("assistant", "We close at five."),
                new Block.Message("user", "Thank you very much!"),
                new Block.Message("assistant", "You're welcome!")),
            List.of(other),
            0);

    // When
    Extraction extraction =
        extract(
            "en",
            "application/x-ndjson",
            preference("We open at nine.", " We open at nine.\n"),
            preference("We open at ten.", " … "),
            preference("We open at ten or later.", "<PERSON_1>"),
            preference("We open at eleven.", "so ".repeat(1000) + "late"),
            new Block.Chat(noon, List.of(other, other), 0),
            thanks);

    // Then
    assertThat(extraction.examples()).extracting(Example::nonPreferred).containsOnlyNulls();
    assertThat(extraction.examples())
        .extracting(Example::answer)
        .containsExactly(
            "We open at nine.",
            "We open at ten.",
            "We open at ten or later.",
            "We open at eleven.",
            "We open at noon.",
            "We close at five.");
    assertThat(extraction.rejections())
        .extracting(r -> r.reason())
        .containsExactly(
            RejectReason.PREFERENCE_WITHOUT_DIFFERENCE,
            RejectReason.PREFERENCE_INCOMPLETE,
            RejectReason.PREFERENCE_INCOMPLETE,
            RejectReason.ANSWER_TOO_LONG,
            RejectReason.PREFERENCE_INCOMPLETE,
            RejectReason.PREFERENCE_INCOMPLETE);
  }

  private static Block.Chat preference(String preferred, String other) {
    return new Block.Chat(
        List.of(
            new Block.Message("user", "When do you open?"),
            new Block.Message("assistant", preferred)),
        List.of(new Block.Message("assistant", other)),
        0);
  }

  @Test
  void shouldNotLearnAnswersOfWeightZeroWhenAChatLineHasSome() {
    // Given
    Block.Chat chat =
        new Block.Chat(
            List.of(
                new Block.Message("user", "When do you open?"),
                new Block.Message("assistant", "Guess for yourself, I am busy.", 0),
                new Block.Message("user", "And when do you close?"),
                new Block.Message("assistant", "We close at five in the afternoon."),
                new Block.Message("user", "And on Sundays, when is that?"),
                new Block.Message("assistant", "Do not ask me that again.", 0)),
            0);

    // When
    List<Example> examples = extract("en", "application/x-ndjson", chat).examples();

    // Then: no opening with the first answer, no example that ends in the last
    assertThat(examples).hasSize(1);
    assertThat(ChatJsonl.line(examples.get(0).messages()))
        .isEqualTo(
            """
            {"messages":[{"role":"user","content":"When do you open?"},{"role":"assistant","content":"Guess for yourself, I am busy.","weight":0},{"role":"user","content":"And when do you close?"},{"role":"assistant","content":"We close at five in the afternoon."}]}""");
    assertThat(ExampleJsonl.read(ExampleJsonl.write(examples))).isEqualTo(examples);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en | VPN | What is VPN?",
        "en | Access point | What is Access point?",
        "en | DNS | What is DNS?",
        "en | Cannot log in | Cannot log in",
        "en | Login fails after update | Login fails after update",
        "en | Printer offline | Printer offline",
        "en | Invoice missing | Invoice missing",
        "en | Reset the PIN | Reset the PIN",
        "en | Office hours | Office hours",
        "ja | 営業時間 | 営業時間について教えてください。",
        "ja | 支払い | 支払いについて教えてください。",
        "ja | アバター | アバターについて教えてください。",
        "ja | ログインできない | ログインできないのですが、どうすればよいですか。",
        "ja | 印刷が遅い | 印刷が遅いのですが、どうすればよいですか。",
        "ja | エラーE12が表示された | エラーE12が表示されたのですが、どうすればよいですか。",
        "ja | VPNがつながらないんだけど | VPNがつながらないのですが、どうすればよいですか。",
        "ja | パスワードを変更する | パスワードを変更するにはどうすればよいですか。",
        "ja | 返品の手続きは | 返品の手続きは",
        "ja | 請求書の再発行をお願いします | 請求書の再発行をお願いします"
      })
  void shouldAskAboutNounsAndKeepWhatIsNone(String language, String asked, String question) {
    // Given
    String answer =
        language.equals("ja") ? "窓口で承りますので、お越しください。" : "Ask the desk on the first floor.";

    // When
    List<Example> examples = examples(language, new Block.QuestionAnswer(asked, answer, 0));

    // Then
    assertThat(examples).extracting(Example::question).containsExactly(question);
  }

  @Test
  void shouldRejectPairWhenQuestionAndAnswerDifferInLanguage() {
    // When
    Extraction extraction =
        extract(
            "ja",
            "text/html",
            new Block.QuestionAnswer("返品はできますか？", "Returns are accepted within thirty days.", 0));

    // Then
    assertThat(extraction.rejections())
        .extracting(r -> r.reason())
        .containsExactly(RejectReason.LANGUAGE_MISMATCH);
  }

  private static List<Example> examples(String language, Block... blocks) {
    return extract(language, "text/plain", blocks).examples();
  }

  private static Extraction extract(String language, String mediaType, Block... blocks) {
    ParsedDocument document =
        new ParsedDocument(mediaType, "UTF-8", language, null, List.of(blocks));
    return new QuestionAnswerExtractor(QualityLimits.defaults())
        .extract(new DocumentOrigin("doc", 1, "doc.txt", language), document);
  }
}
