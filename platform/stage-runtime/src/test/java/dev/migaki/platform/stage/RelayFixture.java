package dev.migaki.platform.stage;

import dev.migaki.platform.localstack.KafkaBroker;
import dev.migaki.platform.localstack.Postgres;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.postgresql.ds.PGSimpleDataSource;

/** A real broker, a real database with the outbox in it, and relays without Quarkus around them. */
final class RelayFixture implements AutoCloseable {

  static final String TOPIC = "relayed";
  private static final String STAGE = "relay";

  /** Kafka's own 9 s would be waited for behind a kill. */
  private static final Map<String, String> BROKER_SETTINGS =
      Map.of("broker.session.timeout.ms", "2000", "broker.heartbeat.interval.ms", "500");

  private final Path directory;
  private KafkaBroker broker;
  private final Postgres postgres;
  private final DataSource dataSource;

  /** Of the test's own thread; the relays open theirs. */
  private final Connection connection;

  private final OutboxTable outbox = new OutboxTable(STAGE);
  private final StageRuntimeConfig config = new RelayTestConfig();

  RelayFixture(Path directory) throws Exception {
    this.directory = directory;
    broker = KafkaBroker.start(directory.resolve("kafka"), 0, BROKER_SETTINGS);
    postgres = Postgres.start(directory.resolve("postgres"), 0, Postgres.Durability.PROCESS_CRASH);
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setUrl(postgres.jdbcUrl());
    source.setUser(postgres.username());
    source.setPassword(postgres.password());
    dataSource = source;
    connection = source.getConnection();
    execute("create schema relay; set search_path to relay; " + migration());
    try (Admin admin =
        Admin.create(Map.<String, Object>of("bootstrap.servers", broker.bootstrapServers()))) {
      admin
          .createTopics(List.of(new NewTopic(TOPIC, 3, (short) 1)))
          .all()
          .get(30, TimeUnit.SECONDS);
    }
  }

  /** A relay as a replica would run it. */
  OutboxRelay relay() {
    return new OutboxRelay(dataSource, kafka(), config, metrics(), Clock.systemUTC(), STAGE);
  }

  /** A relay whose process dies after the broker took a batch and before its rows are deleted. */
  OutboxRelay relayThatDiesAfterSending() {
    return new OutboxRelay(dataSource, kafka(), config, metrics(), Clock.systemUTC(), STAGE) {
      @Override
      RelayProducer newProducer() {
        return new RelayProducer(kafka(), "dying") {
          @Override
          List<Long> send(List<OutboxTable.Row> rows, java.util.function.BooleanSupplier stopping) {
            super.send(rows, stopping);
            throw new ProcessDied();
          }
        };
      }
    };
  }

  /** Stands for a process that is gone. */
  static final class ProcessDied extends Error {
    private static final long serialVersionUID = 1L;
  }

  void killBroker() {
    broker.kill();
  }

  /** With its data and on its port. */
  void startBrokerAgain() {
    broker = KafkaBroker.start(directory.resolve("kafka"), broker.port(), BROKER_SETTINGS);
  }

  void commit(String key, String value) throws SQLException {
    List<Header> headers = List.of(CloudEventCodec.header("ce_id", value));
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    outbox.add(connection, List.of(new OutgoingRecord(TOPIC, key, bytes, headers)));
  }

  long depth() throws SQLException {
    return outbox.depth(connection);
  }

  /** Values on the topic for a key, in their order there. */
  List<String> values(String key) {
    Map<String, Object> settings = Map.of("bootstrap.servers", broker.bootstrapServers());
    try (KafkaConsumer<String, byte[]> consumer =
        new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
      List<TopicPartition> partitions =
          List.of(
              new TopicPartition(TOPIC, 0),
              new TopicPartition(TOPIC, 1),
              new TopicPartition(TOPIC, 2));
      Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      List<String> values = new ArrayList<>();
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
          if (key.equals(record.key())) {
            values.add(new String(record.value(), StandardCharsets.UTF_8));
          }
        }
      }
      return values;
    }
  }

  @Override
  public void close() {
    broker.stop();
    postgres.stop();
  }

  private Map<String, Object> kafka() {
    return Map.of("bootstrap.servers", broker.bootstrapServers());
  }

  private static StageMetrics metrics() {
    MeterRegistry registry = new SimpleMeterRegistry();
    return new StageMetrics(registry, Clock.systemUTC(), STAGE);
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String migration() throws IOException {
    try (InputStream in =
        RelayFixture.class.getResourceAsStream("/db/stage-runtime/V0.1__inbox_and_outbox.sql")) {
      return new String(
          java.util.Objects.requireNonNull(in, "migration").readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
