package dev.migaki.lm.tokenizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytePairTrainerTest {

  @TempDir Path directory;

  private TextTokenizer tokenizer(int vocabularySize) throws IOException {
    Path file = directory.resolve("tokenizer-" + vocabularySize + ".json");
    Files.writeString(file, TinyModel.tokenizerJson(vocabularySize));
    return TextTokenizer.load(file);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "返品は30日以内に受け付けます。",
        "Don't panic: it's 12,345.67 €!",
        "絵文字 🎌👨‍👩‍👧‍👦 と ﾊﾝｶｸ と Ελληνικά",
        "  leading,  double  and trailing spaces \n\n\ttabs\r\n",
        "コーヒー・プログラミング々〆",
        "e\u0301 combining, \u3000wide space"
      })
  void shouldGiveTheSameTextBackWhenEncodedAndDecoded(String text) throws IOException {
    // Given
    try (TextTokenizer tokenizer = tokenizer(340)) {
      // When
      String back = tokenizer.decode(tokenizer.encode(text));

      // Then
      assertThat(back).isEqualTo(text);
    }
  }

  @Test
  void shouldLearnTheSameVocabularyWhenTextsComeInAnotherOrder() {
    // Given
    List<String> reversed = new ArrayList<>(TinyModel.TEXTS);
    Collections.reverse(reversed);
    BytePairTrainer trainer = new BytePairTrainer();
    reversed.forEach(trainer::addInPlace);

    // When
    String json = trainer.train(340, TinyModel.SPECIAL_TOKENS);

    // Then
    assertThat(json).isEqualTo(TinyModel.tokenizerJson(340));
  }

  @Test
  void shouldKeepJapaneseScriptsApartWhenTextMixesThem() throws IOException {
    // Given
    BytePairTrainer trainer = new BytePairTrainer();
    for (int i = 0; i < 50; i++) {
      trainer.addInPlace("返品は返品の返品をカード払い");
    }
    Path file = directory.resolve("scripts.json");
    Files.writeString(file, trainer.train(300, TinyModel.SPECIAL_TOKENS));

    // When
    try (TextTokenizer tokenizer = TextTokenizer.load(file)) {
      int[] noun = tokenizer.encode("返品");

      // Then
      assertThat(Arrays.copyOf(tokenizer.encode("返品は"), noun.length)).isEqualTo(noun);
      assertThat(Arrays.copyOf(tokenizer.encode("返品を"), noun.length)).isEqualTo(noun);
      assertThat(noun).hasSize(1);
    }
  }

  @Test
  void shouldUseMergesWhenTextIsLikeTheTrainingText() throws IOException {
    // Given
    try (TextTokenizer bytes = tokenizer(259);
        TextTokenizer merged = tokenizer(340)) {
      // When
      int plain = bytes.encode(TinyModel.TEXTS.get(0)).length;
      int shortened = merged.encode(TinyModel.TEXTS.get(0)).length;

      // Then
      assertThat(plain)
          .isEqualTo(
              TinyModel.TEXTS.get(0).getBytes(java.nio.charset.StandardCharsets.UTF_8).length);
      assertThat(shortened).isLessThan(plain * 2 / 3);
    }
  }

  @Test
  void shouldGiveSpecialTokensTheFirstIdsWhenTrained() throws IOException {
    // Given
    try (TextTokenizer tokenizer = tokenizer(320)) {
      // When
      int[] ids = tokenizer.encode("<|im_start|>a<|im_end|>");

      // Then
      assertThat(ids).startsWith(1).endsWith(2).hasSize(3);
      assertThat(tokenizer.decode(ids)).isEqualTo("a");
      assertThat(tokenizer.vocabularySize()).isEqualTo(320);
    }
  }

  @Test
  void shouldRefuseWhenVocabularyIsSmallerThanTheBytes() {
    // When / Then
    assertThatThrownBy(() -> new BytePairTrainer().train(100, TinyModel.SPECIAL_TOKENS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("100");
  }
}
