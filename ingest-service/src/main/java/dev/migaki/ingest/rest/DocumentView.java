package dev.migaki.ingest.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.migaki.ingest.persistence.DocumentVersionEntity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What happened to a document, or to one version of it.
 *
 * @param status received, ingested, unpacked, rejected, duplicate, superseded or erased
 * @param code why it was rejected
 * @param message the same for people
 * @param duplicateOf the document with the same bytes that stands for this one
 * @param container the archive that it came in
 * @param warnings parts that had to be left out
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record DocumentView(
    String id,
    int version,
    String status,
    @Nullable String filename,
    @Nullable String mediaType,
    @Nullable String language,
    @Nullable String source,
    long sizeBytes,
    String sha256,
    @Nullable String code,
    @Nullable String message,
    @Nullable String duplicateOf,
    @Nullable String container,
    List<String> warnings,
    Instant receivedAt,
    Instant changedAt,
    String position) {

  static DocumentView of(DocumentVersionEntity version) {
    return new DocumentView(
        version.documentId,
        version.version,
        version.state.name().toLowerCase(Locale.ROOT),
        version.filename,
        version.mediaType,
        version.language,
        version.source,
        version.sizeBytes,
        version.sha256,
        version.code,
        version.message,
        version.duplicateOf,
        version.container,
        version.warnings == null ? List.of() : version.warnings.lines().toList(),
        version.receivedAt,
        version.changedAt,
        version.topic + "-" + version.topicPartition + "-" + version.topicOffset);
  }
}
