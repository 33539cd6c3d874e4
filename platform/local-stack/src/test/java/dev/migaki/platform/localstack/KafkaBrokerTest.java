package dev.migaki.platform.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {

  private static final String TOPIC = "letters";

  /** Kafka's own 9 s would be waited for behind each kill. */
  private static final Map<String, String> QUICK_RETURN =
      Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "500");

  @Test
  void shouldKeepRecordsWhenKilledAndStartedAgainOnTheSamePort(@TempDir Path directory)
      throws Exception {
    // Given
    KafkaBroker first = KafkaBroker.start(directory, 0, QUICK_RETURN);
    createTopic(first);
    send(first, "kept");
    first.kill();
    assertThat(first.isAlive()).isFalse();

    // When
    try (KafkaBroker second = KafkaBroker.start(directory, first.port(), QUICK_RETURN)) {

      // Then
      assertThat(second.bootstrapServers()).isEqualTo(first.bootstrapServers());
      assertThat(readAll(second)).containsExactly("kept");
    }
  }

  @Test
  void shouldStopThePreviousBrokerWhenStartedOnTheSameDirectory(@TempDir Path directory) {
    // Given
    try (KafkaBroker first = KafkaBroker.start(directory, 0)) {

      // When
      try (KafkaBroker second = KafkaBroker.start(directory, 0)) {

        // Then
        assertThat(first.isAlive()).isFalse();
        assertThat(second.isAlive()).isTrue();
      }
    }
  }

  @Test
  void shouldSayWhereItLookedWhenTheBrokersJarsAreMissing(@TempDir Path directory) {
    // Given
    String missing = directory.resolve("nowhere").toString();

    // When / Then
    assertThatThrownBy(() -> BrokerClassPath.library(directory, missing, null))
        .isInstanceOf(LocalStackException.class)
        .hasMessageContaining("nowhere")
        .hasMessageContaining("-D" + BrokerClassPath.PROPERTY);
  }

  private static void createTopic(KafkaBroker broker) throws Exception {
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 1, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static void send(KafkaBroker broker, String value) throws Exception {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      producer
          .send(new ProducerRecord<>(TOPIC, value.getBytes(StandardCharsets.UTF_8)))
          .get(30, TimeUnit.SECONDS);
    }
  }

  private static List<String> readAll(KafkaBroker broker) {
    Map<String, Object> settings =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "auto.offset.reset", "earliest");
    TopicPartition partition = new TopicPartition(TOPIC, 0);
    try (KafkaConsumer<byte[], byte[]> consumer =
        new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      consumer.assign(List.of(partition));
      List<ConsumerRecord<byte[], byte[]>> records =
          consumer.poll(Duration.ofSeconds(30)).records(partition);
      return records.stream()
          .map(record -> new String(record.value(), StandardCharsets.UTF_8))
          .toList();
    }
  }
}
