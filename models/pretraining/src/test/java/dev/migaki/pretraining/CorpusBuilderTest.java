package dev.migaki.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CorpusBuilderTest {

  @TempDir private Path input = Path.of("");

  @BeforeEach
  void writeTinyInput() throws IOException {
    Files.createDirectories(input.resolve("pretrain"));
    Files.createDirectories(input.resolve("intents"));
    Files.createDirectories(input.resolve("qa"));
    gzip(
        "en_tanaka_sentences",
        "The red boat sails slowly.\nDo you like green tea?\n\n\nMy brother repairs old clocks.");
    gzip("ja_tanaka_sentences", "赤い船がゆっくり進む。\n緑茶は好きですか。\n\n\n兄は古い時計を修理する。");
    gzip(
        "en_medquad_qa",
        "Question: What causes Ruritanian fever ?\nAnswer: It is caused by a small insect. More text.");
    gzip("ja_manuals", "概要の見出し\nこの機能は書類を安全に保存します。次の手順を見てください。\n\n\n秘密の見出し\nこの秘密の質問の答えは公開しません。決して。");
    Files.writeString(
        input.resolve("intents/en_banking77.jsonl"),
        "{\"text\": \"My card broke.\", \"intent\": \"card_not_working\"}\n");
    Files.writeString(
        input.resolve("qa/held.jsonl"),
        "{\"question\": \"秘密の見出し\", \"answer\": \"この秘密の質問の答えは公開しません。\"}\n");
  }

  @Test
  void shouldMakeTheSameLinesWhenSeedAndInputAreTheSame() throws IOException {
    // Given
    CorpusRecipe recipe = recipe(7);
    // When
    List<CorpusLine> first = lines(recipe);
    List<CorpusLine> second = lines(recipe);
    // Then
    assertThat(first).isEqualTo(second).hasSizeGreaterThan(40);
  }

  @Test
  void shouldMakeOtherLinesWhenTheSeedChanges() throws IOException {
    // Given / When
    List<CorpusLine> first = lines(recipe(7));
    List<CorpusLine> second = lines(recipe(8));
    // Then
    assertThat(first).isNotEqualTo(second);
  }

  @Test
  void shouldLeaveOutHeldOutText() throws IOException {
    // Given / When
    List<CorpusLine> lines = lines(recipe(7));
    // Then
    assertThat(lines.toString()).contains("この機能は書類を安全に保存します。").doesNotContain("公開しません");
  }

  @Test
  void shouldAnswerHealthQuestionsWithTheirFirstSentences() throws IOException {
    // Given
    CorpusBuilder builder = CorpusBuilder.over(input, recipe(7));
    // When
    List<CorpusLine> lines = builder.bySource().getOrDefault("blocks-en_medquad_qa", List.of());
    // Then
    assertThat(lines)
        .isNotEmpty()
        .allSatisfy(
            line ->
                assertThat(((Conversation) line).turns().get(1).content())
                    .isEqualTo("It is caused by a small insect. More text."));
  }

  @Test
  void shouldSayThatItDoesNotKnowWhenTheGivenTextLacksTheAnswer() throws IOException {
    // Given
    CorpusBuilder builder = CorpusBuilder.over(input, recipe(7));
    // When
    List<CorpusLine> lines = builder.bySource().getOrDefault("given-en", List.of());
    // Then
    assertThat(lines.toString()).contains(Declines.of(Language.ENGLISH).get(0));
  }

  @Test
  void shouldAnswerAllWordingsOfAnIntentAlike() throws IOException {
    // Given
    Files.writeString(
        input.resolve("intents/en_desk.jsonl"),
        """
        {"text": "My card broke.", "intent": "card"}
        {"text": "the card is in two pieces", "intent": "card"}
        {"text": "cannot use a snapped card", "intent": "card"}
        {"text": "only one of its kind", "intent": "lonely"}
        """);
    CorpusBuilder builder =
        CorpusBuilder.over(input, new CorpusRecipe(7, Map.of("wordings-en_desk", 400), List.of()));
    // When
    List<CorpusLine> lines = builder.bySource().getOrDefault("wordings-en_desk", List.of());
    // Then
    assertThat(lines).hasSizeGreaterThan(5);
    for (int i = 0; i < lines.size(); i += 3) {
      assertThat(lines.subList(i, i + 3).stream().map(l -> ((Conversation) l).turns().get(1)))
          .containsOnly(((Conversation) lines.get(i)).turns().get(1));
    }
    assertThat(lines.toString()).doesNotContain("only one of its kind");
  }

  @Test
  void shouldReadTheLanguageBehindAllPrefixes() throws IOException {
    // Given
    CorpusBuilder builder =
        CorpusBuilder.over(
            input,
            new CorpusRecipe(
                7,
                Map.of("recalled-reworded-facts-ja", 3000, "reworded-facts-en", 900),
                List.of()));
    // When
    var lines = builder.bySource();
    // Then
    assertThat(lines.getOrDefault("recalled-reworded-facts-ja", List.of()).toString())
        .containsPattern("[ぁ-ん]");
    assertThat(lines.getOrDefault("reworded-facts-en", List.of()).toString())
        .doesNotContainPattern("[ぁ-ん]");
  }

  @Test
  void shouldRefuseRecipeWhenASourceIsUnknown() throws IOException {
    // Given
    CorpusBuilder builder =
        CorpusBuilder.over(input, new CorpusRecipe(1, Map.of("poems-en", 10), List.of()));
    // When / Then
    assertThatThrownBy(builder::bySource)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("poems-en");
  }

  private List<CorpusLine> lines(CorpusRecipe recipe) throws IOException {
    CorpusBuilder builder = CorpusBuilder.over(input, recipe);
    return builder.mixed(builder.bySource());
  }

  private static CorpusRecipe recipe(long seed) {
    return new CorpusRecipe(
        seed,
        Map.ofEntries(
            Map.entry("text-en_tanaka_sentences", 500),
            Map.entry("recall-ja_tanaka_sentences", 500),
            Map.entry("recall-en_tanaka_sentences", 500),
            Map.entry("blocks-en_medquad_qa", 300),
            Map.entry("headings-ja_manuals", 300),
            Map.entry("intents-en_banking77", 300),
            Map.entry("facts-en", 1500),
            Map.entry("facts-ja", 1500),
            Map.entry("given-en", 6000),
            Map.entry("rephrase-ja", 500),
            Map.entry("unanswerable-ja_tanaka_sentences", 50),
            Map.entry("translation-en-ja", 300)),
        List.of("qa/held.jsonl"));
  }

  private void gzip(String name, String text) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(input.resolve("pretrain/" + name + ".txt.gz")))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }
}
