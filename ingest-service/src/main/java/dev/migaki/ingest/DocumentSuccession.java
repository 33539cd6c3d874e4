package dev.migaki.ingest;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.RejectionCode;
import dev.migaki.ingest.domain.DocumentBounds;
import dev.migaki.ingest.domain.DocumentReader;
import dev.migaki.ingest.domain.DocumentState;
import dev.migaki.ingest.persistence.DocumentVersionEntity;
import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.platform.artifacts.ArtifactStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a document is in use, and which document stands for bytes that several have.
 * Each method changes rows in the caller's transaction and returns what is to be told.
 */
@ApplicationScoped
class DocumentSuccession {

  private final DocumentReader reader;
  private final DocumentBounds bounds;
  private final ArtifactStore artifacts;
  private final DocumentVersionRepository documents;
  private final Clock clock;

  DocumentSuccession(
      DocumentReader reader,
      DocumentBounds bounds,
      ArtifactStore artifacts,
      DocumentVersionRepository documents,
      Clock clock) {
    this.reader = reader;
    this.bounds = bounds;
    this.artifacts = artifacts;
    this.documents = documents;
    this.clock = clock;
  }

  /** Whether these bytes are what is known, and nothing would come of reading them again. */
  static boolean isUnchanged(DocumentVersionEntity known, String sha256) {
    return known.sha256.equals(sha256)
        && known.state != DocumentState.ERASED
        && known.state != DocumentState.SUPERSEDED
        && !RejectionCode.TIMEOUT.name().equals(known.code);
  }

  /** The next version of a document, still without anything but its name. */
  static DocumentVersionEntity next(
      String dataset, String documentId, Optional<DocumentVersionEntity> latest) {
    latest.ifPresent(
        previous -> {
          previous.latest = false;
          if (previous.state == DocumentState.RECEIVED) {
            previous.state = DocumentState.SUPERSEDED;
          }
        });
    DocumentVersionEntity version = new DocumentVersionEntity();
    version.dataset = dataset;
    version.documentId = documentId;
    version.version = latest.map(previous -> previous.version + 1).orElse(1);
    version.latest = true;
    return version;
  }

  /** This version cannot be used. */
  Event reject(DocumentVersionEntity version, ParseOutcome.Rejected rejected) {
    version.state = DocumentState.REJECTED;
    version.code = rejected.code().name();
    version.message = rejected.message();
    documents.store(version);
    return new Event.DocumentRejected(
        version.dataset,
        version.documentId,
        version.filename,
        version.code,
        version.message,
        position(version));
  }

  /** This version is in use from now on. */
  List<Event> use(
      DocumentVersionEntity version,
      Optional<DocumentVersionEntity> twin,
      ParseOutcome.Parsed parsed,
      byte[] bytes) {
    List<Event> events = new ArrayList<>(retirePrevious(version, null));
    twin.ifPresent(other -> events.add(standBack(other, version)));
    events.add(accept(version, parsed, bytes));
    return events;
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
    documents.store(version);
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

  /** Another document stands for this version's bytes. */
  List<Event> duplicate(DocumentVersionEntity version, DocumentVersionEntity twin) {
    version.state = DocumentState.DUPLICATE;
    version.duplicateOf = twin.documentId;
    version.mediaType = twin.mediaType;
    version.language = twin.language;
    version.originalLocation = twin.originalLocation;
    documents.store(version);
    return retirePrevious(version, twin.documentId);
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
  List<Event> retirePrevious(DocumentVersionEntity version, @Nullable String twin) {
    List<Event> events = new ArrayList<>();
    if (version.version == 1) {
      return events;
    }
    for (DocumentVersionEntity old : documents.inUse(version.dataset, version.documentId)) {
      boolean read = old.state == DocumentState.INGESTED;
      old.state = DocumentState.SUPERSEDED;
      old.changedAt = clock.instant();
      if (read && twin != null) {
        events.add(
            new Event.DocumentErased(
                version.dataset, version.documentId, position(version), twin, null));
      }
      if (read && !old.sha256.equals(version.sha256)) {
        events.addAll(takeOver(old));
      }
      if (!read && version.state != DocumentState.UNPACKED) {
        for (DocumentVersionEntity content :
            documents.contents(version.dataset, version.documentId)) {
          events.addAll(retire(content, version));
        }
      }
    }
    return events;
  }

  /**
   * A document is in its archive no more, which is no reason to rewrite what was sealed with it.
   */
  List<Event> retire(DocumentVersionEntity content, DocumentVersionEntity archive) {
    List<Event> events = new ArrayList<>();
    if (content.state == DocumentState.ERASED || content.state == DocumentState.SUPERSEDED) {
      return events;
    }
    List<DocumentVersionEntity> inUse = documents.inUse(content.dataset, content.documentId);
    content.state = DocumentState.SUPERSEDED;
    content.duplicateOf = null;
    content.message = "Version " + archive.version + " of its archive does not hold it any more.";
    content.changedAt = clock.instant();
    for (DocumentVersionEntity old : inUse) {
      old.state = DocumentState.SUPERSEDED;
      old.changedAt = clock.instant();
      events.add(
          new Event.DocumentErased(
              content.dataset, content.documentId, position(archive), archive.documentId, null));
      events.addAll(takeOver(old));
    }
    return events;
  }

  /** Lets the next document with the same bytes stand for them. */
  List<Event> takeOver(DocumentVersionEntity leaving) {
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

  static Event.Position position(DocumentVersionEntity version) {
    return new Event.Position(version.topic, version.topicPartition, version.topicOffset);
  }
}
