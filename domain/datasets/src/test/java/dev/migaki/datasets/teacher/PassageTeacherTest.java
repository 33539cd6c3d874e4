package dev.migaki.datasets.teacher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.Passage;
import dev.migaki.datasets.preparation.DocumentPreparation;
import dev.migaki.datasets.preparation.PreparedDocument;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.documents.Block;
import dev.migaki.documents.Block.Heading;
import dev.migaki.documents.Block.Paragraph;
import dev.migaki.documents.ParsedDocument;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassageTeacherTest {
  private static final DocumentCleanser CLEANSER =
      new DocumentCleanser(TextCleanser.create(CleansingRecipe.standard()));
  private static final Paragraph FILTER =
      new Paragraph("The filter of the purifier has to be changed after 6 months of use.", 2);
  private static final Paragraph TANK =
      new Paragraph("The tank of the purifier holds 3 litres of water when it is full.", 3);
  private static final String FILTER_PAIR =
      pair(
          "When do I change the filter of the purifier?",
          "It has to be changed after 6 months of use.",
          "The filter of the purifier has to be changed after 6 months of use.");

  private final List<String> sent = new ArrayList<>();
  private final Deque<ChatModel.Reply> replies = new ArrayDeque<>();

  @Test
  void shouldKeepProvenPairWithItsPlaceWhenPassageGaveNone() {
    // Given
    answer("{\"pairs\":[" + FILTER_PAIR + "]}");

    // When
    PreparedDocument prepared =
        prepare(settings(3, 20, 50_000), new Paragraph("Hello.", 1), FILTER);

    // Then
    Example example = prepared.examples().get(0);
    assertThat(example.question()).isEqualTo("When do I change the filter of the purifier?");
    assertThat(example.teacher()).contains("large-1");
    assertThat(example.source()).isEqualTo(new Source("d", 4, "d.txt", 2, 8, 75, List.of()));
    assertThat(prepared.lesson().tokens()).isEqualTo(10);
    assertThat(prepared.lesson().isComplete()).isTrue();
  }

  @Test
  void shouldAskAboutNothingWhenRulesFoundPairs() {
    // When
    PreparedDocument prepared =
        prepare(
            settings(3, 20, 50_000),
            new Heading(1, "When do I change the filter?", 1),
            FILTER,
            new Block.QuestionAnswer("Is it heavy?", "It weighs 4 kilograms without water.", 1));

    // Then
    assertThat(prepared.examples()).hasSize(2);
    assertThat(sent).isEmpty();
  }

  @Test
  void shouldSendNoPrivateDataWhenDocumentHasSome() {
    // Given
    answer("{\"pairs\":[]}");

    // When
    prepare(
        settings(3, 20, 50_000),
        new Paragraph(
            "Questions about the filters go to emily.carter@example.com during the week.", 1));

    // Then
    assertThat(sent).hasSize(1);
    assertThat(sent.get(0)).contains("Questions about the filters").doesNotContain("emily");
  }

  @Test
  void shouldSendNothingWhenScanBeforeSendingStillFindsPrivateData() {
    // Given: a passage that nobody cleansed
    Passage passage =
        new Passage(
            List.of(new Passage.Piece("Write to emily.carter@example.com about filters.", 1, 0)),
            List.of());

    // When
    Lesson lesson =
        teacher(settings(3, 20, 50_000))
            .teach(new DocumentOrigin("d", 1, "d.txt", "en"), List.of(passage));

    // Then
    assertThat(sent).isEmpty();
    assertThat(lesson.rejects()).containsEntry("residue", 1);
  }

  @Test
  void shouldDropPairWhenTeacherMakesUpPrivateData() {
    // Given: the answer has a mail address that the evidence lacks
    answer(
        "{\"pairs\":["
            + pair(
                "When do I change the filter of the purifier?",
                "Changed after 6 months of use; write to emily.carter@example.com.",
                FILTER.text())
            + "]}");

    // When / Then
    assertThat(prepare(settings(3, 20, 50_000), FILTER).examples()).isEmpty();
  }

  @Test
  void shouldReadPairsWhenAnswerStandsInAFence() {
    // Given
    answer("Here you are:\n```json\n{\"pairs\": [" + FILTER_PAIR + "]}\n```\n");

    // When / Then
    assertThat(prepare(settings(3, 20, 50_000), FILTER).examples()).hasSize(1);
  }

  @Test
  void shouldCountReasonAndGoOnWhenAnswersAreNoPairs() {
    // Given
    answer("I am sorry, I cannot do that.");
    answer("{\"pairs\": [{\"question\": 3}, \"x\"]}");
    answer("{\"pairs\": {\"question\": \"cut o");

    // When
    PreparedDocument prepared =
        prepare(
            settings(3, 20, 50_000),
            FILTER,
            new Heading(1, "目次", 1),
            TANK,
            new Heading(1, "索引", 1),
            FILTER);

    // Then
    assertThat(prepared.examples()).isEmpty();
    assertThat(prepared.rejects())
        .containsEntry("teacher-unreadable", 2)
        .containsEntry("teacher-pair-incomplete", 2);
    assertThat(prepared.lesson().isComplete()).isFalse();
  }

  @Test
  void shouldTakeNoMoreThanAskedForWhenTeacherGivesMore() {
    // Given
    answer("{\"pairs\":[" + FILTER_PAIR + "," + FILTER_PAIR + "," + FILTER_PAIR + "]}");

    // When
    PreparedDocument prepared = prepare(settings(2, 20, 50_000), FILTER);

    // Then
    assertThat(prepared.examples()).hasSize(1);
    assertThat(prepared.rejects())
        .containsEntry("exact-duplicate", 1)
        .containsEntry("teacher-limit", 1);
  }

  @Test
  void shouldAskNoMoreWhenBoundOfPassagesOrTokensIsReached() {
    // Given
    replies.add(new ChatModel.Reply.Answer("{\"pairs\":[]}", 10));
    replies.add(new ChatModel.Reply.Answer("{\"pairs\":[]}", 500));
    Block[] three = {FILTER, new Heading(1, "目次", 1), TANK, new Heading(1, "索引", 1), FILTER};

    // When
    PreparedDocument passages = prepare(settings(3, 1, 50_000), three);
    PreparedDocument tokens = prepare(settings(1, 20, 1000), three);

    // Then: after 500 tokens there is no room for a request and an answer of up to 300 each
    assertThat(passages.rejects()).containsEntry("teacher-limit", 2);
    assertThat(tokens.rejects()).containsEntry("teacher-limit", 2);
    assertThat(sent).hasSize(2);
  }

  @Test
  void shouldLeaveTheRestWhenFailureLasts() {
    // Given
    replies.add(new ChatModel.Reply.Failure(RejectReason.TEACHER_REFUSED, true, 0));

    // When
    PreparedDocument prepared =
        prepare(settings(3, 20, 50_000), FILTER, new Heading(1, "目次", 1), TANK);

    // Then
    assertThat(sent).hasSize(1);
    assertThat(prepared.rejects()).containsEntry("teacher-refused", 2);
    assertThat(prepared.lesson().isComplete()).isFalse();
  }

  @Test
  void shouldHaveAnotherKeyWhenTextOrModelDiffers() {
    // Given
    for (int i = 0; i < 4; i++) {
      answer("{\"pairs\":[]}");
    }
    TeacherSettings other =
        new TeacherSettings(
            URI.create("http://a/v1"), "large-2", null, 3, 20, Duration.ofSeconds(9), 50_000);

    // When
    String key = prepare(settings(3, 20, 50_000), FILTER).lesson().key();

    // Then
    assertThat(prepare(settings(3, 20, 50_000), FILTER).lesson().key()).isEqualTo(key);
    assertThat(prepare(settings(3, 20, 50_000), TANK).lesson().key()).isNotEqualTo(key);
    assertThat(prepare(other, FILTER).lesson().key()).isNotEqualTo(key);
  }

  private void answer(String text) {
    replies.add(new ChatModel.Reply.Answer(text, 10));
  }

  private PassageTeacher teacher(TeacherSettings settings) {
    ChatModel model =
        (teacher, instructions, text, maxTokens) -> {
          sent.add(text);
          return replies.remove();
        };
    return new PassageTeacher(settings, model, CLEANSER, QualityLimits.defaults());
  }

  private PreparedDocument prepare(TeacherSettings settings, Block... blocks) {
    return new DocumentPreparation(CLEANSER, QualityLimits.defaults(), teacher(settings))
        .prepare(
            "d",
            4,
            "d.txt",
            new ParsedDocument("text/plain", "UTF-8", "en", null, List.of(blocks)));
  }

  private static TeacherSettings settings(int pairs, int passages, int tokens) {
    return new TeacherSettings(
        URI.create("http://a/v1"), "large-1", null, pairs, passages, Duration.ofSeconds(9), tokens);
  }

  private static String pair(String question, String answer, String evidence) {
    return "{\"question\":\"%s\",\"answer\":\"%s\",\"evidence\":\"%s\"}"
        .formatted(question, answer, evidence);
  }
}
