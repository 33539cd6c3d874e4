package dev.migaki.cli.bus;

import dev.migaki.cli.bus.DocumentFiles.DocumentFile;
import dev.migaki.contracts.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** Drops documents into the topic, as any Kafka producer could. */
public final class DocumentSubmitter implements AutoCloseable {
  /** Larger files go through the upload resource, which keeps them out of the topic. */
  public static final long MAX_RECORD_BYTES = 24L * 1024 * 1024;

  private final KafkaProducer<String, byte[]> producer;

  public DocumentSubmitter(String bootstrapServers) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ProducerConfig.ACKS_CONFIG,
                "all",
                ProducerConfig.MAX_REQUEST_SIZE_CONFIG,
                32 * 1024 * 1024,
                ProducerConfig.BUFFER_MEMORY_CONFIG,
                64L * 1024 * 1024,
                ProducerConfig.LINGER_MS_CONFIG,
                5),
            new StringSerializer(),
            new ByteArraySerializer());
  }

  /** How much the record says about the document besides its bytes. */
  public enum Form {
    /** With {@code filename} and {@code document-id} headers. */
    NAMED,
    /** The value alone, as a producer sends that knows nothing of Migaki. */
    RAW
  }

  /** Sends one file; the result is there when the broker has it. */
  public Future<RecordMetadata> send(String dataset, DocumentFile file, Form form)
      throws IOException {
    return send(dataset, Files.readAllBytes(file.path()), form == Form.RAW ? null : file.name());
  }

  /**
   * Sends bytes.
   *
   * @param name becomes the file name and the document id; null sends neither
   */
  public Future<RecordMetadata> send(String dataset, byte[] bytes, @Nullable String name) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.INGEST, dataset, bytes);
    if (name != null) {
      header(record, "filename", name);
      header(record, "document-id", name);
    }
    return producer.send(record);
  }

  /** Waits until the broker has the record. */
  public static RecordMetadata await(Future<RecordMetadata> sent) throws IOException {
    try {
      return sent.get();
    } catch (ExecutionException e) {
      throw new IOException("the broker did not take the document: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while sending", e);
    }
  }

  @Override
  public void close() {
    producer.close(java.time.Duration.ofSeconds(10));
  }

  private static void header(ProducerRecord<String, byte[]> record, String name, String value) {
    record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
  }
}
