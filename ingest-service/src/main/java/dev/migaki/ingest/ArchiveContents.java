package dev.migaki.ingest;

import static java.util.Objects.requireNonNull;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.documents.ContentId;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome.Rejected;
import dev.migaki.documents.parsing.ParseOutcome.Unpacked;
import dev.migaki.documents.parsing.RejectionCode;
import dev.migaki.ingest.domain.Arrival.Content;
import dev.migaki.ingest.domain.Arrival.Offered;
import dev.migaki.ingest.domain.DocumentState;
import dev.migaki.ingest.persistence.DocumentVersionEntity;
import dev.migaki.ingest.persistence.DocumentVersionRepository;
import dev.migaki.platform.artifacts.ArtifactStore;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Makes the files of an archive documents of their own. All rows are written with the archive's, in
 * one transaction; each file that is new or changed is then read by itself when the record that
 * tells of it comes through the front door. So the files of a large archive share neither a
 * transaction nor a fate, and what is withdrawn or sent anew meanwhile is found in the rows.
 */
@ApplicationScoped
class ArchiveContents {

  private static final String MEDIA_TYPE = "application/octet-stream";

  private final ArtifactStore artifacts;
  private final DocumentVersionRepository documents;
  private final DocumentSuccession succession;
  private final Clock clock;

  ArchiveContents(
      ArtifactStore artifacts,
      DocumentVersionRepository documents,
      DocumentSuccession succession,
      Clock clock) {
    this.artifacts = artifacts;
    this.documents = documents;
    this.succession = succession;
    this.clock = clock;
  }

  /** Stores the archive and its files; a file that is in it no more goes out of use. */
  List<Event> unpack(DocumentVersionEntity archive, Unpacked unpacked, byte[] bytes) {
    archive.state = DocumentState.UNPACKED;
    archive.mediaType = unpacked.mediaType();
    archive.originalLocation = artifacts.put(bytes, unpacked.mediaType()).location();
    archive.entries = unpacked.entries().size();
    archive.warnings =
        unpacked.warnings().isEmpty() ? null : String.join("\n", unpacked.warnings());
    Map<String, Unpacked.Entry> entries = new LinkedHashMap<>();
    for (Unpacked.Entry entry : unpacked.entries()) {
      entries.put(ContentId.of(archive.documentId, entry.path()), entry);
    }
    String stands = entries.keySet().iterator().next();
    List<Event> events = new ArrayList<>(succession.retirePrevious(archive, stands));
    documents.store(archive);
    Map<String, DocumentVersionEntity> known = documents.latest(archive.dataset, entries.keySet());
    Set<Integer> withdrawn = withdrawnVersions(archive);
    entries.forEach(
        (id, entry) -> {
          DocumentVersionEntity latest = known.get(id);
          if (latest == null || mayComeBack(latest, withdrawn)) {
            receive(id, entry, archive, latest).ifPresent(events::add);
          }
        });
    for (DocumentVersionEntity content : documents.contents(archive.dataset, archive.documentId)) {
      if (!entries.containsKey(content.documentId)) {
        events.addAll(succession.retire(content, archive));
      }
    }
    documents.flush();
    return events;
  }

  private Set<Integer> withdrawnVersions(DocumentVersionEntity archive) {
    return documents.history(archive.dataset, archive.documentId).stream()
        .filter(version -> version.state == DocumentState.ERASED)
        .map(version -> version.version)
        .collect(Collectors.toSet());
  }

  /** A file that was withdrawn by itself stays out, however often an archive brings it again. */
  private static boolean mayComeBack(DocumentVersionEntity latest, Set<Integer> withdrawn) {
    Integer with = latest.containerVersion;
    return latest.state != DocumentState.ERASED || with != null && withdrawn.contains(with);
  }

  private Optional<Event> receive(
      String id,
      Unpacked.Entry entry,
      DocumentVersionEntity archive,
      @Nullable DocumentVersionEntity latest) {
    RejectionCode code = entry.code();
    if (code != null) {
      String message = String.valueOf(entry.message());
      return refuse(id, entry, archive, latest, new Rejected(code, message));
    }
    Path file = requireNonNull(entry.file(), "a file that is not refused is there");
    ArtifactRef stored = artifacts.put(file, MEDIA_TYPE);
    if (latest != null && DocumentSuccession.isUnchanged(latest, stored.sha256())) {
      belong(latest, archive);
      return Optional.empty();
    }
    DocumentVersionEntity version = version(id, entry, archive, latest);
    version.sha256 = stored.sha256();
    version.sizeBytes = stored.sizeBytes();
    version.originalLocation = stored.location();
    version.state = DocumentState.RECEIVED;
    documents.store(version);
    return Optional.of(
        new Event.DocumentUnpacked(archive.dataset, id, version.version, archive.documentId));
  }

  private Optional<Event> refuse(
      String id,
      Unpacked.Entry entry,
      DocumentVersionEntity archive,
      @Nullable DocumentVersionEntity latest,
      Rejected why) {
    if (latest != null
        && latest.state == DocumentState.REJECTED
        && why.code().name().equals(latest.code)) {
      belong(latest, archive);
      return Optional.empty();
    }
    DocumentVersionEntity version = version(id, entry, archive, latest);
    version.sha256 = "";
    return Optional.of(succession.reject(version, why));
  }

  private static void belong(DocumentVersionEntity version, DocumentVersionEntity archive) {
    version.container = archive.documentId;
    version.containerVersion = archive.version;
  }

  private DocumentVersionEntity version(
      String id,
      Unpacked.Entry entry,
      DocumentVersionEntity archive,
      @Nullable DocumentVersionEntity latest) {
    DocumentVersionEntity version =
        DocumentSuccession.next(archive.dataset, id, Optional.ofNullable(latest));
    belong(version, archive);
    version.filename = entry.path();
    version.declaredLanguage = archive.declaredLanguage;
    version.source = archive.source;
    version.topic = archive.topic;
    version.topicPartition = archive.topicPartition;
    version.topicOffset = archive.topicOffset;
    version.receivedAt = archive.receivedAt;
    version.changedAt = clock.instant();
    return version;
  }

  /** A stored version as it would have come through the front door. */
  static Offered offered(DocumentVersionEntity version) {
    return new Offered(
        version.dataset,
        version.documentId,
        version.sha256,
        version.sizeBytes,
        version.filename,
        new ParseHints(version.filename, version.contentType, version.declaredLanguage),
        version.source,
        new Content.Stored(DocumentErasure.originalOf(version)),
        DocumentSuccession.position(version),
        version.receivedAt);
  }
}
