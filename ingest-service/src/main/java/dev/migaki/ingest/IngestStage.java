package dev.migaki.ingest;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.RejectionCode;
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
import dev.migaki.ingest.persistence.DocumentVersionRepository.Known;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.ReceivedRecord;
import dev.migaki.platform.stage.RecordHandler;
import dev.migaki.platform.stage.StageContext;
import dev.migaki.platform.stage.StageOutcome;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

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
  private final DocumentErasure erasure;
  private final Clock clock;

  IngestStage(
      IngestConfig config,
      DocumentReader reader,
      DocumentBounds bounds,
      ArtifactStore artifacts,
      DocumentVersionRepository documents,
      DocumentErasure erasure,
      Clock clock) {
    this.config = config;
    this.reader = reader;
    this.bounds = bounds;
    this.artifacts = artifacts;
    this.documents = documents;
    this.erasure = erasure;
    this.clock = clock;
  }

  @Override
  public StageOutcome handle(ReceivedRecord record, StageContext context) {
    Arrival arrival = FrontDoor.arrival(record, config.defaultDataset());
    if (arrival instanceof Arrival.Withdrawn withdrawn) {
      return erase(withdrawn, context);
    }
    return ingest((Offered) arrival);
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
      return duplicate(version, twin.get());
    }
    Read read = read(offered);
    if (read.outcome() instanceof ParseOutcome.Rejected rejected) {
      return StageOutcome.handled("rejected", reject(version, rejected));
    }
    ParseOutcome.Parsed parsed = (ParseOutcome.Parsed) read.outcome();
    List<Event> events = new ArrayList<>(retirePrevious(version, null));
    twin.ifPresent(other -> events.add(standBack(other, version)));
    events.add(accept(version, parsed, read.bytes()));
    return StageOutcome.handled("ingested", events);
  }

  private static boolean isUnchanged(DocumentVersionEntity known, Offered offered) {
    return known.sha256.equals(offered.sha256())
        && known.state != DocumentState.ERASED
        && !RejectionCode.TIMEOUT.name().equals(known.code);
  }

  private DocumentVersionEntity newVersion(
      Offered offered, Optional<DocumentVersionEntity> latest) {
    latest.ifPresent(previous -> previous.latest = false);
    DocumentVersionEntity version = new DocumentVersionEntity();
    version.dataset = offered.dataset();
    version.documentId = offered.documentId();
    version.version = latest.map(previous -> previous.version + 1).orElse(1);
    version.latest = true;
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

  /** What reading gave, with the bytes for the store. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Read(ParseOutcome outcome, byte[] bytes) {}

  private Read read(Offered offered) {
    ParseBounds within = bounds.of(offered.dataset());
    if (offered.sizeBytes() > within.limits().maxBytes()) {
      return new Read(ParseOutcome.tooLarge(within.limits()), new byte[0]);
    }
    byte[] bytes =
        offered.content() instanceof Content.Stored stored
            ? artifacts.read(stored.artifact())
            : ((Content.Inline) offered.content()).bytes();
    ParseHints hints = bounds.completed(offered.dataset(), offered.hints());
    return new Read(reader.read(bytes, hints, within), bytes);
  }

  private Event reject(DocumentVersionEntity version, ParseOutcome.Rejected rejected) {
    version.state = DocumentState.REJECTED;
    version.code = rejected.code().name();
    version.message = rejected.message();
    documents.persist(version);
    return new Event.DocumentRejected(
        version.dataset,
        version.documentId,
        version.filename,
        version.code,
        version.message,
        position(version));
  }

  private Event accept(DocumentVersionEntity version, ParseOutcome.Parsed parsed, byte[] bytes) {
    ParsedDocument document = parsed.document();
    ArtifactRef original = artifacts.put(bytes, document.mediaType());
    ArtifactRef stored =
        artifacts.put(ParsedDocumentJson.write(document), ParsedDocumentJson.MEDIA_TYPE);
    version.state = DocumentState.INGESTED;
    version.duplicateOf = null;
    version.mediaType = document.mediaType();
    version.language = document.language();
    version.originalLocation = original.location();
    version.parsedLocation = stored.location();
    version.parsedSha256 = stored.sha256();
    version.parsedSizeBytes = stored.sizeBytes();
    version.warnings = parsed.warnings().isEmpty() ? null : String.join("\n", parsed.warnings());
    documents.persist(version);
    return new Event.DocumentIngested(
        version.dataset,
        version.documentId,
        version.version,
        version.filename,
        document.mediaType(),
        document.language(),
        version.source,
        original,
        stored,
        position(version));
  }

  private StageOutcome duplicate(DocumentVersionEntity version, DocumentVersionEntity twin) {
    version.state = DocumentState.DUPLICATE;
    version.duplicateOf = twin.documentId;
    version.mediaType = twin.mediaType;
    version.language = twin.language;
    version.originalLocation = twin.originalLocation;
    documents.persist(version);
    return StageOutcome.handled("duplicate", retirePrevious(version, twin.documentId));
  }

  /** The document that stood for these bytes leaves that to one with a smaller id. */
  private Event standBack(DocumentVersionEntity twin, DocumentVersionEntity successor) {
    for (DocumentVersionEntity other : documents.duplicatesWithContent(twin.dataset, twin.sha256)) {
      other.duplicateOf = successor.documentId;
    }
    twin.state = DocumentState.DUPLICATE;
    twin.duplicateOf = successor.documentId;
    twin.changedAt = clock.instant();
    return new Event.DocumentErased(
        successor.dataset, twin.documentId, position(successor), successor.documentId, null);
  }

  /**
   * The version in use until now gives way; if it stood for other documents with its bytes, the
   * next of them takes over.
   *
   * @param twin the document whose examples stand for the new version's, null when it has its own
   */
  private List<Event> retirePrevious(DocumentVersionEntity version, @Nullable String twin) {
    List<Event> events = new ArrayList<>();
    Optional<DocumentVersionEntity> previous =
        version.version == 1
            ? Optional.empty()
            : documents.live(version.dataset, version.documentId);
    if (previous.isEmpty()) {
      return events;
    }
    DocumentVersionEntity old = previous.get();
    old.state = DocumentState.SUPERSEDED;
    old.changedAt = clock.instant();
    if (twin != null) {
      events.add(
          new Event.DocumentErased(
              version.dataset, version.documentId, position(version), twin, null));
    }
    if (!old.sha256.equals(version.sha256)) {
      events.addAll(takeOver(old));
    }
    return events;
  }

  /** Lets the next document with the same bytes stand for them. */
  private List<Event> takeOver(DocumentVersionEntity leaving) {
    List<Event> events = new ArrayList<>();
    List<DocumentVersionEntity> waiting =
        documents.duplicatesWithContent(leaving.dataset, leaving.sha256);
    String heir = null;
    for (DocumentVersionEntity next : waiting) {
      if (heir == null) {
        byte[] bytes = artifacts.read(DocumentErasure.originalOf(next));
        ParseHints hints = new ParseHints(next.filename, next.contentType, next.declaredLanguage);
        ParseOutcome outcome =
            reader.read(bytes, bounds.completed(next.dataset, hints), bounds.of(next.dataset));
        if (outcome instanceof ParseOutcome.Parsed parsed) {
          events.add(accept(next, parsed, bytes));
          heir = next.documentId;
        } else {
          events.add(reject(next, (ParseOutcome.Rejected) outcome));
        }
      } else {
        next.duplicateOf = heir;
      }
    }
    return events;
  }

  private StageOutcome erase(Arrival.Withdrawn withdrawn, StageContext context) {
    List<DocumentVersionEntity> history =
        documents.history(withdrawn.dataset(), withdrawn.documentId());
    boolean gone =
        !history.isEmpty()
            && history.stream().allMatch(version -> version.state == DocumentState.ERASED);
    if (gone) {
      return StageOutcome.ignored("unchanged");
    }
    List<Event> events = new ArrayList<>();
    events.add(
        new Event.DocumentErased(
            withdrawn.dataset(), withdrawn.documentId(), withdrawn.position()));
    if (history.isEmpty()) {
      documents.persist(erasedUnseen(withdrawn));
    }
    erasure.request(withdrawn, context, history);
    for (DocumentVersionEntity version : history) {
      boolean live = version.state == DocumentState.INGESTED;
      version.state = DocumentState.ERASED;
      if (live) {
        events.addAll(takeOver(version));
      }
      forget(version);
    }
    documents.flush();
    return StageOutcome.handled("erased", events);
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

  private static Event.Position position(DocumentVersionEntity version) {
    return new Event.Position(version.topic, version.topicPartition, version.topicOffset);
  }
}
