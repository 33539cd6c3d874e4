package dev.migaki.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ContentWordsTest {

  @Test
  void shouldDropStopWordsWhenEnglish() {
    // Given
    String sentence = "Please tell me where the VPN client is installed.";
    // When
    List<String> words = ContentWords.of(sentence, Language.ENGLISH);
    // Then
    assertThat(words).containsExactly("VPN", "client", "installed");
  }

  @Test
  void shouldCutAtScriptChangesWhenJapanese() {
    // Given
    String sentence = "私はカードキーの再発行を申請しました。";
    // When
    List<String> words = ContentWords.of(sentence, Language.JAPANESE);
    // Then
    assertThat(words).containsExactly("カードキー", "再発行", "申請");
  }
}
