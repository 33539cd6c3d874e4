package dev.migaki.platform.stage;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jboss.logging.Logger;

/**
 * Sends records so that the order per key holds on the topic: one idempotent producer that never
 * gives a record up while the broker is away, because a record given up in the middle would be
 * overtaken by the next one of its key.
 */
class RelayProducer implements AutoCloseable {

  private static final Logger LOG = Logger.getLogger(RelayProducer.class);

  private final KafkaProducer<String, byte[]> producer;

  RelayProducer(Map<String, Object> connection, String clientId) {
    Map<String, Object> settings = new HashMap<>(connection);
    settings.put(ProducerConfig.CLIENT_ID_CONFIG, clientId);
    settings.put(ProducerConfig.ACKS_CONFIG, "all");
    settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
    settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, Integer.MAX_VALUE);
    settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 30_000);
    settings.put(ProducerConfig.LINGER_MS_CONFIG, 2);
    settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 64 << 20);
    settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, 96L << 20);
    this.producer =
        new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
  }

  /**
   * Sends in order and waits for the broker; returns the rows that it acknowledged. A refusal ends
   * the batch, so that nothing overtakes the refused record.
   *
   * @param stopping asked while waiting; true gives up
   */
  List<Long> send(List<OutboxTable.Row> rows, BooleanSupplier stopping) {
    List<Future<RecordMetadata>> acknowledgements = new ArrayList<>(rows.size());
    for (OutboxTable.Row row : rows) {
      OutgoingRecord record = row.record();
      acknowledgements.add(
          producer.send(
              new ProducerRecord<>(
                  record.topic(), null, record.key(), record.value(), record.headers())));
    }
    List<Long> sent = new ArrayList<>(rows.size());
    for (int i = 0; i < rows.size(); i++) {
      if (!acknowledged(acknowledgements.get(i), rows.get(i), stopping)) {
        break;
      }
      sent.add(rows.get(i).id());
    }
    return sent;
  }

  private static boolean acknowledged(
      Future<RecordMetadata> acknowledgement, OutboxTable.Row row, BooleanSupplier stopping) {
    while (!stopping.getAsBoolean()) {
      try {
        acknowledgement.get(500, TimeUnit.MILLISECONDS);
        return true;
      } catch (TimeoutException e) {
        LOG.debugf("outbox row %d is not acknowledged yet", row.id());
      } catch (ExecutionException e) {
        LOG.errorf(
            "the broker refuses outbox row %d for %s (%s); it is tried again",
            row.id(), row.record().topic(), e.getCause());
        return false;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
    return false;
  }

  @Override
  public void close() {
    producer.close(Duration.ofSeconds(2));
  }
}
