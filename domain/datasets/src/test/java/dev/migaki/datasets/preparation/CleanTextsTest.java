package dev.migaki.datasets.preparation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CleanTextsTest {

  @Test
  void shouldKnowATextOnlyExactlyAsItStands() {
    // Given
    CleanTexts texts = new CleanTexts();

    // When
    texts.add(CleanTexts.key("write to jo at example com"));

    // Then
    assertThat(texts.contains(CleanTexts.key("write to jo at example com"))).isTrue();
    assertThat(texts.contains(CleanTexts.key("write to Jo at example com"))).isFalse();
    assertThat(texts.contains(CleanTexts.key("write to jo@example.com"))).isFalse();
    assertThat(texts.contains(CleanTexts.key("write to ｊｏ at example com"))).isFalse();
    assertThat(texts.contains(CleanTexts.key("write to jo at example com "))).isFalse();
  }

  @Test
  void shouldRememberAllWhileThereIsRoom() {
    // Given
    CleanTexts texts = new CleanTexts();

    // When
    IntStream.range(0, 5000).forEach(i -> texts.add(CleanTexts.key("text " + i)));

    // Then
    assertThat(IntStream.range(0, 10000).filter(i -> texts.contains(CleanTexts.key("text " + i))))
        .hasSize(5000)
        .allMatch(i -> i < 5000);
  }

  @Test
  void shouldForgetRatherThanTakeOneForAnotherWhenThereIsNoRoom() {
    // Given
    CleanTexts texts = new CleanTexts(16);

    // When
    IntStream.range(0, 100).forEach(i -> texts.add(CleanTexts.key("text " + i)));

    // Then
    assertThat(IntStream.range(0, 1000).filter(i -> texts.contains(CleanTexts.key("text " + i))))
        .hasSize(12)
        .allMatch(i -> i < 100);
  }
}
