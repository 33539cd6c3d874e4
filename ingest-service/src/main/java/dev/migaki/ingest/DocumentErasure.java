package dev.migaki.ingest;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.ErasedPart;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.Arrival;
import dev.migaki.ingest.persistence.DocumentVersionEntity;
import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.ingest.persistence.ErasureEntity;
import dev.migaki.ingest.persistence.ErasureRepository;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.TransactionalOutbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Removes what withdrawn documents left in the artifact store, once their time has come and unless
 * another document has the same content, and tells the receipt. The list lies in the database, so a
 * crash delays a removal but never forgets it.
 */
@ApplicationScoped
public class DocumentErasure {

  private static final String STORE = "artifact store";
  private static final TypeReference<List<ArtifactRef>> REFS = new TypeReference<>() {};

  private final IngestConfig config;
  private final ErasureRepository erasures;
  private final DocumentVersionRepository documents;
  private final ArtifactStore artifacts;
  private final TransactionalOutbox outbox;
  private final ObjectMapper mapper;
  private final Clock clock;

  DocumentErasure(
      IngestConfig config,
      ErasureRepository erasures,
      DocumentVersionRepository documents,
      ArtifactStore artifacts,
      TransactionalOutbox outbox,
      ObjectMapper mapper,
      Clock clock) {
    this.config = config;
    this.erasures = erasures;
    this.documents = documents;
    this.artifacts = artifacts;
    this.outbox = outbox;
    this.mapper = mapper;
    this.clock = clock;
  }

  /** Notes, in the caller's transaction, what of a document has to go. */
  public void request(
      Arrival.Withdrawn order, StageContext context, List<DocumentVersionEntity> history) {
    Set<ArtifactRef> pending = new LinkedHashSet<>();
    for (DocumentVersionEntity version : history) {
      if (version.originalLocation != null) {
        pending.add(originalOf(version));
      }
      if (version.parsedLocation != null) {
        pending.add(parsedOf(version));
      }
    }
    ErasureEntity erasure = new ErasureEntity();
    erasure.dataset = order.dataset();
    erasure.documentId = order.documentId();
    erasure.pending = json(pending);
    erasure.topic = order.position().topic();
    erasure.topicPartition = order.position().partition();
    erasure.topicOffset = order.position().offset();
    erasure.causeId = context.cause().id();
    erasure.traceparent = context.cause().traceparent();
    erasure.dueAt = clock.instant().plus(config.erasureDelay());
    erasures.persist(erasure);
  }

  static ArtifactRef originalOf(DocumentVersionEntity version) {
    String mediaType = version.mediaType == null ? "application/octet-stream" : version.mediaType;
    return new ArtifactRef(version.originalLocation, version.sha256, version.sizeBytes, mediaType);
  }

  private static ArtifactRef parsedOf(DocumentVersionEntity version) {
    return new ArtifactRef(
        version.parsedLocation,
        version.parsedSha256,
        version.parsedSizeBytes,
        ParsedDocumentJson.MEDIA_TYPE);
  }

  /** Erasures whose artifacts may go now. */
  public List<Long> due() {
    return QuarkusTransaction.requiringNew().call(() -> erasures.due(clock.instant()));
  }

  /** Carries some through together. Nothing in the database names the artifacts any more. */
  public void carryOut(List<Long> ids) {
    QuarkusTransaction.requiringNew().run(() -> erasures.ofIds(ids).forEach(this::remove));
  }

  private void remove(ErasureEntity erasure) {
    List<ErasedPart> removed = new ArrayList<>();
    List<ErasedPart> kept = new ArrayList<>();
    for (ArtifactRef artifact : read(erasure.pending)) {
      boolean parsed = artifact.mediaType().equals(ParsedDocumentJson.MEDIA_TYPE);
      String what = parsed ? "parsed document" : "original";
      if (documents.isReferenced(artifact.sha256())) {
        kept.add(
            new ErasedPart(
                what, STORE, artifact.sha256(), "another document has the same content"));
      } else {
        artifacts.delete(artifact);
        removed.add(new ErasedPart(what, STORE, artifact.sha256(), ""));
      }
    }
    removed.add(
        new ErasedPart("names and descriptions", "table document_version", null, "blanked"));
    kept.add(
        new ErasedPart(
            "record sent to " + erasure.topic,
            "Kafka",
            null,
            "stays until the topic's retention ends, if it was sent with its bytes"));
    erasure.pending = "[]";
    erasure.doneAt = clock.instant();
    outbox.publish(
        new Cause(erasure.causeId, erasure.traceparent).step("erased-" + erasure.id),
        List.of(
            new Event.DocumentErased(
                erasure.dataset,
                erasure.documentId,
                new Event.Position(erasure.topic, erasure.topicPartition, erasure.topicOffset),
                null,
                new Event.Receipt("ingest", removed, kept, List.of()))));
  }

  private String json(Set<ArtifactRef> refs) {
    try {
      return mapper.writeValueAsString(refs);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("references have a JSON form", e);
    }
  }

  private List<ArtifactRef> read(String json) {
    try {
      return mapper.readValue(json, REFS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what an erasure noted is JSON", e);
    }
  }
}
