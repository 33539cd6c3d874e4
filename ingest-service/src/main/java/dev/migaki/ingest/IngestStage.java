package dev.migaki.ingest;

import dev.migaki.contracts.Event;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.Arrival;
import dev.migaki.ingest.domain.Arrival.Content;
import dev.migaki.ingest.domain.Arrival.Offered;
import dev.migaki.ingest.domain.DocumentBounds;
import dev.migaki.ingest.domain.DocumentReader;
import dev.migaki.ingest.domain.DocumentState;
import dev.migaki.ingest.messaging.FrontDoor;
import dev.migaki.ingest.persistence.DocumentVersionEntity;
import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.ingest.persistence.DocumentVersionRepository.Expected;
import dev.migaki.ingest.persistence.DocumentVersionRepository.Known;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.ReceivedRecord;
import dev.migaki.platform.stage.RecordHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Stage 1, read me first: identify the document, look whether it is known, read it, store it, tell.
 *
 * <p>Each document ends as ingested, rejected with a reason, duplicate of another, or erased. Of
 * documents with the same bytes the one with the smallest id stands for all, whichever came first,
 * so that the order of arrival leaves no trace.
 */
@ApplicationScoped
public class IngestStage implements RecordHandler {

  private final IngestConfig config;
  private final DocumentReader reader;
  private final DocumentBounds bounds;
  private final ArtifactStore artifacts;
  private final DocumentVersionRepository documents;
  private final DocumentSuccession succession;
  private final ArchiveContents archives;
  private final DocumentErasure erasure;
  private final Clock clock;

  IngestStage(
      IngestConfig config,
      DocumentReader reader,
      DocumentBounds bounds,
      ArtifactStore artifacts,
      DocumentVersionRepository documents,
      DocumentSuccession succession,
      ArchiveContents archives,
      DocumentErasure erasure,
      Clock clock) {
    this.config = config;
    this.reader = reader;
    this.bounds = bounds;
    this.artifacts = artifacts;
    this.documents = documents;
    this.succession = succession;
    this.archives = archives;
    this.erasure = erasure;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(ReceivedRecord record, StageContext context) {
    Arrival arrival = FrontDoor.arrival(record, config.defaultDataset());
    if (arrival instanceof Arrival.Withdrawn withdrawn) {
      return erase(withdrawn, context);
    }
    if (arrival instanceof Arrival.Waiting waiting) {
      return read(waiting);
    }
    return ingest((Offered) arrival);
  }

  /** Whether documents are known is asked once for all that come together. */
  @Override
  public void expectRecords(List<ReceivedRecord> records) {
    List<Expected> arriving = new ArrayList<>();
    for (ReceivedRecord record : records) {
      if (FrontDoor.arrival(record, config.defaultDataset()) instanceof Offered offered) {
        arriving.add(new Expected(offered.dataset(), offered.documentId(), offered.sha256()));
      }
    }
    documents.expect(arriving);
  }

  private StageOutcome ingest(Offered offered) {
    Known known = documents.known(offered.dataset(), offered.documentId(), offered.sha256());
    if (known.latest().filter(latest -> isUnchanged(latest, offered)).isPresent()) {
      return StageOutcome.ignored("unchanged");
    }
    DocumentVersionEntity version = newVersion(offered, known.latest());
    StageOutcome outcome = ingest(offered, version, known.twin());
    documents.settle(known, version);
    return outcome;
  }

  private StageOutcome ingest(
      Offered offered, DocumentVersionEntity version, Optional<DocumentVersionEntity> twin) {
    boolean standsBack =
        twin.filter(other -> other.documentId.compareTo(offered.documentId()) < 0).isPresent();
    if (standsBack) {
      return StageOutcome.handled("duplicate", succession.duplicate(version, twin.get()));
    }
    ParseBounds within = bounds.of(offered.dataset());
    if (offered.sizeBytes() > within.limits().maxBytes()) {
      return decide(version, twin, ParseOutcome.tooLarge(within.limits()), new byte[0]);
    }
    byte[] bytes =
        offered.content() instanceof Content.Stored stored
            ? artifacts.read(stored.artifact())
            : ((Content.Inline) offered.content()).bytes();
    ParseHints hints = bounds.completed(offered.dataset(), offered.hints());
    if (version.container == null && DocumentParser.mayBeArchive(bytes)) {
      return reader.open(bytes, hints, within, outcome -> decide(version, twin, outcome, bytes));
    }
    return decide(version, twin, reader.read(bytes, hints, within), bytes);
  }

  private StageOutcome decide(
      DocumentVersionEntity version,
      Optional<DocumentVersionEntity> twin,
      ParseOutcome outcome,
      byte[] bytes) {
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      return StageOutcome.handled("rejected", succession.reject(version, rejected));
    }
    if (outcome instanceof ParseOutcome.Unpacked unpacked) {
      return StageOutcome.handled("unpacked", archives.unpack(version, unpacked, bytes));
    }
    ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) outcome;
    return StageOutcome.handled("ingested", succession.use(version, twin, parsed, bytes));
  }

  /** Reads what an archive held; whatever overtook it since then counts more. */
  private StageOutcome read(Arrival.Waiting waiting) {
    Optional<DocumentVersionEntity> found =
        documents
            .version(waiting.dataset(), waiting.documentId(), waiting.documentVersion())
            .filter(version -> version.state == DocumentState.RECEIVED);
    if (found.isEmpty()) {
      return StageOutcome.ignored("overtaken");
    }
    DocumentVersionEntity version = found.get();
    Offered offered = ArchiveContents.offered(version);
    Known known = documents.known(offered.dataset(), offered.documentId(), offered.sha256());
    StageOutcome outcome = ingest(offered, version, known.twin());
    documents.flush();
    return outcome;
  }

  /** An archive that held something too slow to read is worth another try. */
  private boolean isUnchanged(DocumentVersionEntity known, Offered offered) {
    return DocumentSuccession.isUnchanged(known, offered.sha256())
        && (known.state != DocumentState.UNPACKED
            || !documents.holdsTimeouts(known.dataset, known.documentId));
  }

  private DocumentVersionEntity newVersion(
      Offered offered, Optional<DocumentVersionEntity> latest) {
    DocumentVersionEntity version =
        DocumentSuccession.next(offered.dataset(), offered.documentId(), latest);
    version.filename = offered.filename();
    version.contentType = offered.hints().contentType();
    version.declaredLanguage = offered.hints().language();
    version.source = offered.source();
    version.sizeBytes = offered.sizeBytes();
    version.sha256 = offered.sha256();
    version.topic = offered.position().topic();
    version.topicPartition = offered.position().partition();
    version.topicOffset = offered.position().offset();
    version.receivedAt = offered.at();
    version.changedAt = clock.instant();
    if (offered.content() instanceof Content.Stored stored) {
      // uploaded bytes are in the store whatever the verdict; an erasure has to find them
      version.originalLocation = stored.artifact().location();
    }
    return version;
  }

  /** An archive's documents go with it. */
  private StageOutcome erase(Arrival.Withdrawn order, StageContext context) {
    List<DocumentVersionEntity> own = documents.history(order.dataset(), order.documentId());
    Map<Arrival.Withdrawn, List<DocumentVersionEntity>> histories = new LinkedHashMap<>();
    if (own.isEmpty() || own.stream().anyMatch(IngestStage::isKept)) {
      histories.put(order, own);
    }
    List<String> contents =
        documents.contents(order.dataset(), order.documentId()).stream()
            .filter(IngestStage::isKept)
            .map(content -> content.documentId)
            .toList();
    documents
        .histories(order.dataset(), contents)
        .forEach(
            (id, history) ->
                histories.put(
                    new Arrival.Withdrawn(order.dataset(), id, order.position(), order.at()),
                    history));
    if (histories.isEmpty()) {
      return StageOutcome.ignored("unchanged");
    }
    if (own.isEmpty()) {
      documents.store(erasedUnseen(order));
    }
    List<Event> events = erase(histories, context);
    documents.flush();
    return StageOutcome.handled("erased", events);
  }

  private static boolean isKept(DocumentVersionEntity version) {
    return version.state != DocumentState.ERASED;
  }

  private List<Event> erase(
      Map<Arrival.Withdrawn, List<DocumentVersionEntity>> histories, StageContext context) {
    List<Event> events = new ArrayList<>();
    List<DocumentVersionEntity> live = new ArrayList<>();
    histories.forEach(
        (order, history) -> {
          events.add(
              new Event.DocumentErased(order.dataset(), order.documentId(), order.position()));
          erasure.request(order, context, history);
          history.stream().filter(row -> row.state == DocumentState.INGESTED).forEach(live::add);
          history.forEach(row -> row.state = DocumentState.ERASED);
        });
    // none of those that go may take over from another
    live.forEach(version -> events.addAll(succession.takeOver(version)));
    histories.values().forEach(history -> history.forEach(this::forget));
    return events;
  }

  /** A withdrawal that came before its document, or for none: what counts is that it is kept. */
  private DocumentVersionEntity erasedUnseen(Arrival.Withdrawn withdrawn) {
    DocumentVersionEntity version = new DocumentVersionEntity();
    version.dataset = withdrawn.dataset();
    version.documentId = withdrawn.documentId();
    version.version = 1;
    version.latest = true;
    version.state = DocumentState.ERASED;
    version.sha256 = "";
    version.topic = withdrawn.position().topic();
    version.topicPartition = withdrawn.position().partition();
    version.topicOffset = withdrawn.position().offset();
    version.receivedAt = withdrawn.at();
    version.changedAt = clock.instant();
    return version;
  }

  private void forget(DocumentVersionEntity version) {
    version.filename = null;
    version.source = null;
    version.language = null;
    version.message = null;
    version.warnings = null;
    version.duplicateOf = null;
    version.originalLocation = null;
    version.parsedLocation = null;
    version.parsedSha256 = null;
    version.parsedSizeBytes = null;
    version.changedAt = clock.instant();
  }
}
