package dev.migaki.platform.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
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
          ahead
              .begin(
                  records(6),
                  record -> {
                    if (record.offset() == 0) {
                      awaited(lastIsReady);
                    }
                    if (record.offset() == 5) {
                      lastIsReady.countDown();
                    }
                    return record.offset();
                  })
              .results();

      // Then
      assertThat(prepared).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
    }
  }

  @Test
  void shouldPrepareOneWhenThereIsNoTime() {
    try (ParallelPreparation ahead = new ParallelPreparation(2, Duration.ZERO)) {
      assertThat(ahead.begin(records(3), ReceivedRecord::offset).results()).containsExactly(0L);
    }
  }

  @Test
  void shouldFailAsThePreparationDid() {
    try (ParallelPreparation ahead = new ParallelPreparation(2, LONG)) {
      assertThatThrownBy(
              () ->
                  ahead
                      .begin(
                          records(3),
                          record -> {
                            throw new TransientFailure(new ErrorCode("BUSY"), "later");
                          })
                      .results())
          .isInstanceOf(TransientFailure.class);
    }
  }

  @Test
  void shouldPrepareWhatFollowsWhileTheFirstAreHandled() {
    // Given
    CountDownLatch following = new CountDownLatch(2);
    try (ParallelPreparation threads = new ParallelPreparation(2, LONG)) {
      PreparedAhead<Long> ahead =
          new PreparedAhead<>(
              threads,
              2,
              record -> {
                if (record.offset() >= 2) {
                  following.countDown();
                }
                return record.offset();
              });
      List<ReceivedRecord> records = records(5);

      // When
      List<Long> first = ahead.next(records);
      awaited(following);
      ahead.handled(1); // the transaction took no more

      // Then
      assertThat(first).containsExactly(0L, 1L);
      assertThat(ahead.next(records.subList(1, 5))).containsExactly(1L, 2L);
      ahead.handled(2);
      assertThat(ahead.next(records.subList(3, 5))).containsExactly(3L, 4L);
    }
  }

  @Test
  void shouldPrepareAnewWhatWasForgotten() {
    // Given
    AtomicInteger prepared = new AtomicInteger();
    try (ParallelPreparation threads = new ParallelPreparation(1, LONG)) {
      PreparedAhead<Integer> ahead =
          new PreparedAhead<>(threads, 2, record -> prepared.incrementAndGet());
      ahead.next(records(2));

      // When
      ahead.forget();

      // Then
      assertThat(ahead.next(records(2))).containsExactly(3, 4);
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
