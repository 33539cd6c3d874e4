package dev.migaki.platform.stage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxRelayTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private RelayFixture fixture;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    fixture = new RelayFixture(directory);
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Test
  void shouldSendEverythingInOrderAndForgetItWhenTheBrokerHasIt() throws Exception {
    // Given
    List<String> values = commit("orderly", 100);
    OutboxRelay relay = fixture.relay();

    // When
    relay.start(new StartupEvent());

    // Then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(fixture.depth()).isZero());
    assertThat(fixture.values("orderly")).containsExactlyElementsOf(values);
    relay.stop(new ShutdownEvent());
  }

  @Test
  void shouldSendAgainInOrderWhenKilledBetweenSendAndDelete() throws Exception {
    // Given
    List<String> values = commit("crash", 50);
    OutboxRelay dying = fixture.relayThatDiesAfterSending();
    dying.start(new StartupEvent());
    await()
        .dontCatchUncaughtExceptions()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(dying.isRunning()).isFalse());
    OutboxRelay next = fixture.relay();

    // When
    next.start(new StartupEvent());

    // Then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(fixture.depth()).isZero());
    List<String> onTheWire = fixture.values("crash");
    assertThat(onTheWire).hasSizeGreaterThan(values.size());
    assertThat(new LinkedHashSet<>(onTheWire)).containsExactlyElementsOf(values);
    next.stop(new ShutdownEvent());
  }

  @Test
  void shouldKeepTheOrderPerKeyWhenTwoReplicasTakeTurns() throws Exception {
    // Given
    OutboxRelay first = fixture.relay();
    OutboxRelay second = fixture.relay();
    first.start(new StartupEvent());
    second.start(new StartupEvent());

    // When
    List<String> values = commit("replicas", 150);
    first.stop(new ShutdownEvent());
    values = concat(values, commit("replicas", 150, 150));

    // Then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(fixture.depth()).isZero());
    assertThat(fixture.values("replicas")).containsExactlyElementsOf(values);
    second.stop(new ShutdownEvent());
  }

  @Test
  void shouldLoseNothingWhenTheBrokerIsKilledMidWay(@TempDir Path directory) throws Exception {
    // Given
    try (RelayFixture own = new RelayFixture(directory)) {
      OutboxRelay relay = own.relay();
      relay.start(new StartupEvent());
      for (int i = 0; i < 100; i++) {
        own.commit("outage", "before-" + i);
      }

      // When
      own.broker.kill();
      for (int i = 0; i < 100; i++) {
        own.commit("outage", "during-" + i);
      }
      dev.migaki.platform.localstack.KafkaBroker again =
          dev.migaki.platform.localstack.KafkaBroker.start(
              directory.resolve("kafka"), own.broker.port());

      // Then
      await().atMost(PATIENCE).untilAsserted(() -> assertThat(own.depth()).isZero());
      List<String> expected =
          IntStream.range(0, 200)
              .mapToObj(i -> i < 100 ? "before-" + i : "during-" + (i - 100))
              .toList();
      assertThat(new LinkedHashSet<>(own.values("outage"))).containsExactlyElementsOf(expected);
      relay.stop(new ShutdownEvent());
      again.stop();
    }
  }

  private List<String> commit(String key, int count) throws Exception {
    return commit(key, 0, count);
  }

  private List<String> commit(String key, int from, int count) throws Exception {
    List<String> values = IntStream.range(from, from + count).mapToObj(i -> key + "-" + i).toList();
    for (String value : values) {
      fixture.commit(key, value);
    }
    return values;
  }

  private static List<String> concat(List<String> first, List<String> second) {
    return java.util.stream.Stream.concat(first.stream(), second.stream()).toList();
  }
}
