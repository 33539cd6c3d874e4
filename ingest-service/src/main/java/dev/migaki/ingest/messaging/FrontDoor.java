package dev.migaki.ingest.messaging;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.Position;
import dev.migaki.contracts.EventJson;
import dev.migaki.contracts.EventType;
import dev.migaki.documents.ContentId;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.ingest.domain.Arrival;
import dev.migaki.ingest.domain.Arrival.Content;
import dev.migaki.ingest.domain.DatasetName;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.ReceivedRecord;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes sense of records that anybody may have written: the value is a document's bytes, every
 * header is optional, no value withdraws the document, and a CloudEvent of the type {@link
 * #OFFERED_TYPE} says where a large document lies.
 */
public final class FrontDoor {

  /** {@code ce_type} of a record whose value is the {@link ArtifactRef} of a document as JSON. */
  public static final String OFFERED_TYPE = "migaki.document.offered.v1";

  private static final ErrorCode DATASET_NAME_INVALID = new ErrorCode("DATASET_NAME_INVALID");
  private static final ErrorCode REFERENCE_UNREADABLE =
      new ErrorCode("DOCUMENT_REFERENCE_UNREADABLE");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int ID_DIGITS = 16;

  private FrontDoor() {}

  /**
   * @throws PermanentFailure when the key is no dataset's name, or a reference cannot be read
   */
  public static Arrival arrival(ReceivedRecord record, String defaultDataset) {
    String key = record.key();
    String dataset = key == null || key.isBlank() ? defaultDataset : key.strip();
    if (!DatasetName.isValid(dataset)) {
      throw new PermanentFailure(DATASET_NAME_INVALID, "The record's key: " + DatasetName.RULE);
    }
    Position position = new Position(record.topic(), record.partition(), record.offset());
    if (is(record, EventType.DOCUMENT_UNPACKED.wireName())) {
      return waiting(record, dataset, position);
    }
    Optional<String> filename = name(record, "filename");
    Optional<String> named = name(record, "document-id").or(() -> filename);
    byte[] value = record.value();
    if (value == null && named.isPresent()) {
      return new Arrival.Withdrawn(dataset, named.get(), position, record.timestamp());
    }
    Content content = content(record, value);
    String sha256 = sha256(content);
    String id = named.orElseGet(() -> "sha256-" + sha256.substring(0, ID_DIGITS));
    ParseHints hints =
        new ParseHints(
            filename.orElse(null),
            contentType(record, content),
            name(record, "language").orElse(null));
    return new Arrival.Offered(
        dataset,
        id,
        sha256,
        size(content),
        filename.orElse(id),
        hints,
        name(record, "source").orElse(null),
        content,
        position,
        record.timestamp());
  }

  private static boolean is(ReceivedRecord record, String type) {
    return record.header("ce_type").filter(type::equals).isPresent();
  }

  /** What it says is looked up, so that a forged one finds nothing. */
  private static Arrival waiting(ReceivedRecord record, String dataset, Position position) {
    byte[] value = record.value();
    try {
      Event.DocumentUnpacked unpacked =
          (Event.DocumentUnpacked)
              EventJson.read(EventType.DOCUMENT_UNPACKED, value == null ? new byte[0] : value);
      return new Arrival.Waiting(
          dataset, unpacked.documentId(), unpacked.documentVersion(), position, record.timestamp());
    } catch (EventJson.UnreadableEvent e) {
      throw new PermanentFailure(REFERENCE_UNREADABLE, String.valueOf(e.getMessage()), e);
    }
  }

  private static Content content(ReceivedRecord record, byte @Nullable [] value) {
    if (value == null) {
      return new Content.Inline(new byte[0]);
    }
    return is(record, OFFERED_TYPE)
        ? new Content.Stored(reference(value))
        : new Content.Inline(value);
  }

  private static ArtifactRef reference(byte[] value) {
    try {
      JsonNode json = JSON.readTree(value);
      return new ArtifactRef(
          json.path("location").asText(),
          json.path("sha256").asText(),
          json.path("sizeBytes").asLong(-1),
          json.path("mediaType").asText("application/octet-stream"));
    } catch (IOException | IllegalArgumentException e) {
      throw new PermanentFailure(
          REFERENCE_UNREADABLE,
          "A record of type "
              + OFFERED_TYPE
              + " needs a JSON value with location, sha256, sizeBytes and mediaType.");
    }
  }

  private static @Nullable String contentType(ReceivedRecord record, Content content) {
    if (content instanceof Content.Stored stored) {
      String type = stored.artifact().mediaType();
      return type.equals("application/octet-stream") ? null : type;
    }
    return name(record, "content-type")
        .filter(type -> !type.equals("application/octet-stream"))
        .orElse(null);
  }

  private static long size(Content content) {
    return content instanceof Content.Stored stored
        ? stored.artifact().sizeBytes()
        : ((Content.Inline) content).bytes().length;
  }

  private static String sha256(Content content) {
    if (content instanceof Content.Stored stored) {
      return stored.artifact().sha256();
    }
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(((Content.Inline) content).bytes()));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** A header as one short line; blank ones do not count. */
  private static Optional<String> name(ReceivedRecord record, String header) {
    return record
        .header(header)
        .map(text -> text.replaceAll("\\p{Cntrl}", " ").strip())
        .filter(text -> !text.isEmpty())
        .map(
            text ->
                text.length() > ContentId.MAX_LENGTH
                    ? text.substring(text.length() - ContentId.MAX_LENGTH)
                    : text);
  }
}
