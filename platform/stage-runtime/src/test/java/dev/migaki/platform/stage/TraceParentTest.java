package dev.migaki.platform.stage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceParentTest {

  @Test
  void shouldKeepTraceAndFlagsWhenAChildIsMade() {
    // Given
    TraceParent parent =
        TraceParent.parse("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01").orElseThrow();

    // When
    TraceParent child = parent.child("event-1");

    // Then
    assertThat(child.traceId()).isEqualTo(parent.traceId());
    assertThat(child.flags()).isEqualTo("01");
    assertThat(child.spanId()).isNotEqualTo(parent.spanId());
    assertThat(TraceParent.parse(child.toString())).contains(child);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "junk",
        "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
        "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01"
      })
  void shouldStartAnewWhenTheHeaderIsNotValid(String header) {
    // When / Then
    assertThat(TraceParent.parse(header)).isEmpty();
  }

  @Test
  void shouldFindTheSameTraceWhenTheSameRecordIsReadAgain() {
    // When / Then
    assertThat(TraceParent.startingAt("migaki.ingest-0-7@1"))
        .isEqualTo(TraceParent.startingAt("migaki.ingest-0-7@1"));
    assertThat(TraceParent.startingAt("migaki.ingest-0-7@1"))
        .isNotEqualTo(TraceParent.startingAt("migaki.ingest-0-8@1"));
  }
}
