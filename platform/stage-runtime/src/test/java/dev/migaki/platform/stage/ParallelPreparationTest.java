package dev.migaki.platform.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class ParallelPreparationTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  @Test
  void shouldKeepTheOrderWhenLaterRecordsAreReadyFirst() {
    // Given
    CountDownLatch lastIsReady = new CountDownLatch(1);
    try (ParallelPreparation ahead = new ParallelPreparation(2, LONG)) {
      // When
      List<Long> prepared =
          ahead.of(
              records(6),
              record -> {
                if (record.offset() == 0) {
                  awaited(lastIsReady);
                }
                if (record.offset() == 5) {
                  lastIsReady.countDown();
                }
                return record.offset();
              });

      // Then
      assertThat(prepared).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void shouldPrepareOneWhenThereIsNoTime() {
    try (ParallelPreparation ahead = new ParallelPreparation(2, Duration.ZERO)) {
      assertThat(ahead.of(records(3), ReceivedRecord::offset)).containsExactly(0L);
    }
  }

  @Test
  void shouldFailAsThePreparationDid() {
    try (ParallelPreparation ahead = new ParallelPreparation(2, LONG)) {
      assertThatThrownBy(
              () ->
                  ahead.of(
                      records(3),
                      record -> {
                        throw new TransientFailure(new ErrorCode("BUSY"), "later");
                      }))
          .isInstanceOf(TransientFailure.class);
    }
  }

  private static void awaited(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<ReceivedRecord> records(int count) {
    return IntStream.range(0, count)
        .mapToObj(n -> ReceivedRecord.of(new ConsumerRecord<>("t", 0, n, "k", new byte[0])))
        .toList();
  }
}
