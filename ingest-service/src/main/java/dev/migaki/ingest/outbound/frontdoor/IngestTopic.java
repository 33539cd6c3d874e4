package dev.migaki.ingest.outbound.frontdoor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Topics;
import dev.migaki.ingest.messaging.FrontDoor;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The upload's side of the front door: a client of the ingest topic like any other. A call returns
 * when the broker has the record, so what was answered with 202 is never lost.
 */
@ApplicationScoped
public class IngestTopic {

  private static final ErrorCode BROKER_UNAVAILABLE = new ErrorCode("BROKER_UNAVAILABLE");
  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final String bootstrapServers;
  private @Nullable KafkaProducer<String, byte[]> producer;

  IngestTopic(@ConfigProperty(name = "kafka.bootstrap.servers") String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** What the uploader said about a document. */
  public record Label(
      String documentId, String filename, @Nullable String source, @Nullable String language) {}

  /**
   * Offers a stored document to the stage.
   *
   * @throws TransientFailure when the broker does not confirm in time
   */
  public void offer(String dataset, ArtifactRef document, Label label) {
    ObjectNode reference = JSON.createObjectNode();
    reference.put("location", document.location());
    reference.put("sha256", document.sha256());
    reference.put("sizeBytes", document.sizeBytes());
    reference.put("mediaType", document.mediaType());
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("ce_specversion", "1.0");
    headers.put("ce_id", document.sha256() + "/" + label.documentId());
    headers.put("ce_type", FrontDoor.OFFERED_TYPE);
    headers.put("ce_source", "/migaki/ingest/upload");
    headers.put("content-type", "application/json");
    headers.put("document-id", label.documentId());
    headers.put("filename", label.filename());
    putIfPresent(headers, "source", label.source());
    putIfPresent(headers, "language", label.language());
    send(dataset, reference.toString().getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Withdraws a document. */
  public void withdraw(String dataset, String documentId) {
    send(dataset, null, Map.of("document-id", documentId));
  }

  private static void putIfPresent(
      Map<String, String> headers, String name, @Nullable String value) {
    if (value != null && !value.isBlank()) {
      headers.put(name, value);
    }
  }

  private void send(String dataset, byte @Nullable [] value, Map<String, String> headers) {
    ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.INGEST, dataset, value);
    headers.forEach(
        (name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
    try {
      Future<RecordMetadata> confirmed = producer().send(record);
      confirmed.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    } catch (ExecutionException | TimeoutException | KafkaException e) {
      throw unavailable(e);
    }
  }

  private static TransientFailure unavailable(Exception cause) {
    return new TransientFailure(
        BROKER_UNAVAILABLE, "The broker does not answer; nothing was accepted. Try again.", cause);
  }

  private synchronized KafkaProducer<String, byte[]> producer() {
    KafkaProducer<String, byte[]> current = producer;
    if (current == null) {
      Map<String, Object> settings =
          Map.of(
              "bootstrap.servers",
              bootstrapServers,
              "client.id",
              "migaki-ingest-upload",
              "acks",
              "all",
              "enable.idempotence",
              true,
              "delivery.timeout.ms",
              (int) PATIENCE.toMillis(),
              "request.timeout.ms",
              5000,
              "max.block.ms",
              PATIENCE.toMillis());
      current = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer());
      producer = current;
    }
    return current;
  }

  @PreDestroy
  synchronized void close() {
    KafkaProducer<String, byte[]> current = producer;
    if (current != null) {
      current.close(Duration.ofSeconds(5));
    }
  }
}
