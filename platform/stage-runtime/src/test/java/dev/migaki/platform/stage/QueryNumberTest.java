package dev.migaki.platform.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class QueryNumberTest {

  @Test
  void shouldReadTheNumberOrTakeTheDefault() {
    assertThat(QueryNumber.of("size", "500", 50, 1, 500)).isEqualTo(500);
    assertThat(QueryNumber.of("size", " 1 ", 50, 1, 500)).isEqualTo(1);
    assertThat(QueryNumber.of("size", null, 50, 1, 500)).isEqualTo(50);
    assertThat(QueryNumber.of("size", "", 50, 1, 500)).isEqualTo(50);
  }

  @ParameterizedTest
  @ValueSource(strings = {"abc", "0", "501", "-1", "1.5", "99999999999", "1e2"})
  void shouldNameParameterAndRangeWhenItIsNoSuchNumber(String text) {
    assertThatThrownBy(() -> QueryNumber.of("size", text, 50, 1, 500))
        .isInstanceOf(QueryNumber.Invalid.class)
        .hasMessage("size must be a whole number from 1 to 500.");
  }
}
