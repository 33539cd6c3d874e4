package dev.migaki.ingest.domain;

import static java.util.Objects.requireNonNull;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event.Position;
import dev.migaki.documents.parsing.ParseHints;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What came through the front door. */
public sealed interface Arrival {

  String dataset();

  String documentId();

  Position position();

  /** When the sender (or the broker) wrote the record. */
  Instant at();

  /**
   * A document, its bytes still unread.
   *
   * @param sha256 of the content
   * @param filename as the sender named it, else the document's id
   * @param source where the sender got it, such as a system's name
   * @param content the bytes, or where they lie
   */
  record Offered(
      String dataset,
      String documentId,
      String sha256,
      long sizeBytes,
      String filename,
      ParseHints hints,
      @Nullable String source,
      Content content,
      Position position,
      Instant at)
      implements Arrival {
    public Offered {
      requireNonNull(dataset, "dataset");
      requireNonNull(documentId, "documentId");
      requireNonNull(sha256, "sha256");
      requireNonNull(filename, "filename");
      requireNonNull(hints, "hints");
      requireNonNull(content, "content");
      requireNonNull(position, "position");
      requireNonNull(at, "at");
    }
  }

  /** Withdraws a document. */
  record Withdrawn(String dataset, String documentId, Position position, Instant at)
      implements Arrival {
    public Withdrawn {
      requireNonNull(dataset, "dataset");
      requireNonNull(documentId, "documentId");
      requireNonNull(position, "position");
      requireNonNull(at, "at");
    }
  }

  /**
   * A document that came in an archive and is stored already.
   *
   * @param documentVersion the version that waits
   */
  record Waiting(
      String dataset, String documentId, int documentVersion, Position position, Instant at)
      implements Arrival {
    public Waiting {
      requireNonNull(dataset, "dataset");
      requireNonNull(documentId, "documentId");
      requireNonNull(position, "position");
      requireNonNull(at, "at");
    }
  }

  /** The bytes of a document, or their claim check. */
  sealed interface Content {

    /** In the record itself. */
    @SuppressWarnings(
        "ArrayRecordComponent") // carried from the record to the store, never compared
    record Inline(byte[] bytes) implements Content {
      public Inline {
        requireNonNull(bytes, "bytes");
      }
    }

    /** In the artifact store. */
    record Stored(ArtifactRef artifact) implements Content {
      public Stored {
        requireNonNull(artifact, "artifact");
      }
    }
  }
}
