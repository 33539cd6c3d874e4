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
  void shouldLoseNothingWhenTheBrokerIsKilledMidWay() throws Exception {
    // Given
    OutboxRelay relay = fixture.relay();
    relay.start(new StartupEvent());
    List<String> values = commit("outage", 100);

    // When
    fixture.killBroker();
    values = concat(values, commit("outage", 100, 100));
    fixture.startBrokerAgain();

    // Then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(fixture.depth()).isZero());
    assertThat(new LinkedHashSet<>(fixture.values("outage"))).containsExactlyElementsOf(values);
    relay.stop(new ShutdownEvent());
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
