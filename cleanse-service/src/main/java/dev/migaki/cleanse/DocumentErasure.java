package dev.migaki.cleanse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.domain.SealedFiles;
import dev.migaki.cleanse.persistence.DatasetVersionEntity;
import dev.migaki.cleanse.persistence.DatasetVersionRepository;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.cleanse.persistence.ErasureEntity;
import dev.migaki.cleanse.persistence.ErasureRepository;
import dev.migaki.cleanse.persistence.SealingArtifactRepository;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.ErasedPart;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.TransactionalOutbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.LockModeType;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Carries an erasure through: sealed versions that held the document are rewritten without its
 * lines, then the replaced artifacts are deleted unless somebody else needs the same content, then
 * the receipt is told. Each step leaves its result in the database before the next begins, so a
 * crash repeats a step but skips none, and nothing is deleted that a committed row still names.
 */
@ApplicationScoped
public class DocumentErasure {
  private static final String STORE = "artifact store";

  /** A version of a million examples is rewritten in minutes. */
  private static final int REWRITING_SECONDS = 3600;

  private static final TypeReference<List<ArtifactRef>> REFS = new TypeReference<>() {};
  private static final TypeReference<List<ErasedPart>> PARTS = new TypeReference<>() {};

  private final ErasureRepository erasures;
  private final DatasetVersionRepository versions;
  private final DocumentRepository documents;
  private final SealingSnapshots snapshots;
  private final SealingArtifactRepository sealing;
  private final SealedFiles files;
  private final TransactionalOutbox outbox;
  private final ObjectMapper mapper;
  private final Clock clock;

  DocumentErasure(
      ErasureRepository erasures,
      DatasetVersionRepository versions,
      DocumentRepository documents,
      SealingSnapshots snapshots,
      SealingArtifactRepository sealing,
      SealedFiles files,
      TransactionalOutbox outbox,
      ObjectMapper mapper,
      Clock clock) {
    this.erasures = erasures;
    this.versions = versions;
    this.documents = documents;
    this.snapshots = snapshots;
    this.sealing = sealing;
    this.files = files;
    this.outbox = outbox;
    this.mapper = mapper;
    this.clock = clock;
  }

  /**
   * Notes, in the caller's transaction, that a document has to go.
   *
   * @param pending artifacts of the document alone
   * @param removed what the caller has removed or will be removed with {@code pending}
   */
  public void request(
      Event.DocumentErased order,
      StageContext context,
      List<ArtifactRef> pending,
      List<ErasedPart> removed) {
    ErasureEntity erasure = new ErasureEntity();
    erasure.dataset = order.dataset();
    erasure.documentId = order.documentId();
    erasure.pending = json(pending);
    erasure.removed = json(removed);
    erasure.affected = "[]";
    erasure.topic = order.position().topic();
    erasure.topicPartition = order.position().partition();
    erasure.topicOffset = order.position().offset();
    erasure.causeId = context.cause().id();
    erasure.traceparent = context.cause().traceparent();
    erasure.requestedAt = clock.instant();
    erasures.persist(erasure);
  }

  /** Erasures without a receipt, oldest first. */
  public List<Long> open() {
    return QuarkusTransaction.requiringNew().call(erasures::open);
  }

  /** Carries one through; it stays open while a sealing that held the document is ending. */
  public void carryOut(long id) {
    String dataset = QuarkusTransaction.requiringNew().call(() -> erasures.findById(id).dataset);
    if (!snapshots.makeWay(dataset)) {
      return;
    }
    QuarkusTransaction.requiringNew()
        .timeout(REWRITING_SECONDS)
        .run(() -> redactVersions(id, dataset));
    List<ErasedPart> kept = QuarkusTransaction.requiringNew().call(() -> deletePending(id));
    QuarkusTransaction.requiringNew().run(() -> finish(id, kept));
  }

  /**
   * Locks the versions and not the dataset: documents come and versions are sealed meanwhile, of
   * which none holds the document any more; another erasure waits.
   */
  private void redactVersions(long id, String dataset) {
    List<DatasetVersionEntity> locked = versions.locked(dataset);
    ErasureEntity erasure = erasures.findById(id);
    List<ArtifactRef> pending = new ArrayList<>(read(erasure.pending, REFS));
    List<ErasedPart> removed = new ArrayList<>(read(erasure.removed, PARTS));
    List<ErasedPart> affected = new ArrayList<>(read(erasure.affected, PARTS));
    for (DatasetVersionEntity version : locked) {
      files
          .without(DatasetVersionRepository.manifest(version), erasure.documentId)
          .ifPresent(
              replacement -> {
                affected.add(redact(version, replacement));
                replacement
                    .replaced()
                    .forEach(
                        (name, ref) -> {
                          pending.add(ref);
                          removed.add(
                              new ErasedPart(
                                  name + " of version " + version.number, STORE, ref.sha256(), ""));
                        });
              });
    }
    erasure.pending = json(pending);
    erasure.removed = json(removed);
    erasure.affected = json(affected);
  }

  private static ErasedPart redact(
      DatasetVersionEntity version, SealedFiles.Replacement replacement) {
    ArtifactRef manifest = replacement.manifest();
    version.manifestLocation = manifest.location();
    version.manifestSha256 = manifest.sha256();
    version.manifestSizeBytes = manifest.sizeBytes();
    return new ErasedPart(
        "version",
        Integer.toString(version.number),
        version.version,
        "sealed again without " + replacement.lines() + " lines");
  }

  /**
   * Deletes what nothing needs any more; what others need is told as kept. No sealing notes what it
   * stores, or writes its version down, between the look and the deletion.
   */
  private List<ErasedPart> deletePending(long id) {
    sealing.pauseNotes();
    Set<String> needed =
        files.hashes(versions.listAll().stream().map(DatasetVersionRepository::manifest).toList());
    List<ErasedPart> kept = new ArrayList<>();
    for (ArtifactRef artifact : new LinkedHashSet<>(read(erasures.findById(id).pending, REFS))) {
      String sha256 = artifact.sha256();
      if (needed.contains(sha256) || documents.isInUse(sha256) || sealing.isNoted(sha256)) {
        kept.add(
            new ErasedPart("artifact", STORE, sha256, "other documents have the same content"));
      } else {
        files.delete(artifact);
      }
    }
    return kept;
  }

  private void finish(long id, List<ErasedPart> kept) {
    ErasureEntity erasure = erasures.findById(id, LockModeType.PESSIMISTIC_WRITE);
    if (erasure.doneAt != null) {
      return;
    }
    Set<String> keptHashes = new LinkedHashSet<>();
    kept.forEach(part -> keptHashes.add(String.valueOf(part.sha256())));
    List<ErasedPart> removed =
        read(erasure.removed, PARTS).stream()
            .filter(part -> !keptHashes.contains(String.valueOf(part.sha256())))
            .toList();
    erasure.removed = json(removed);
    erasure.pending = "[]";
    erasure.doneAt = clock.instant();
    Cause cause = new Cause(erasure.causeId, erasure.traceparent).step("erased-" + id);
    outbox.publish(
        cause,
        List.of(
            new Event.DocumentErased(
                erasure.dataset,
                erasure.documentId,
                new Event.Position(erasure.topic, erasure.topicPartition, erasure.topicOffset),
                null,
                new Event.Receipt("cleanse", removed, kept, read(erasure.affected, PARTS)))));
  }

  private String json(List<?> list) {
    try {
      return mapper.writeValueAsString(list);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a list of references has a JSON form", e);
    }
  }

  private <T> List<T> read(String json, TypeReference<List<T>> type) {
    try {
      return mapper.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("what an erasure noted is JSON", e);
    }
  }
}
