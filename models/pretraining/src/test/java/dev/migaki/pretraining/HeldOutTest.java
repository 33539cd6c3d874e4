package dev.migaki.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeldOutTest {

  private final HeldOut heldOut =
      new HeldOut(
          List.of("How do I connect the gateway to my data?", "オンプレミスのデータに接続するにはどうすればいいですか？"));

  @Test
  void shouldFindHeldOutQuestionInsideText() {
    // Given
    String english = "Guide\nHow do I connect the Gateway to my data? Open it.";
    String japanese = "見出し\nオンプレミスのデータに接続するにはどうすればいいですか？ 開きます。";
    // When / Then
    assertThat(heldOut.contains(english)).isTrue();
    assertThat(heldOut.contains(japanese)).isTrue();
  }

  @Test
  void shouldKeepOtherText() {
    // Given
    String other = "How do I connect my phone?";
    // When / Then
    assertThat(heldOut.contains(other)).isFalse();
  }
}
