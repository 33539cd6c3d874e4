package dev.migaki.documents.parsing;

import static java.util.Objects.requireNonNull;

import dev.migaki.documents.ParsedDocument;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What became of a file: a document, or a reason that a person can act on. */
public sealed interface ParseOutcome {

  /**
   * The file was read.
   *
   * @param warnings parts that had to be left out, each with its place ("line 12: …"), never with
   *     text of the document
   */
  record Parsed(ParsedDocument document, List<String> warnings) implements ParseOutcome {
    public Parsed {
      requireNonNull(document, "document");
      warnings = List.copyOf(warnings);
    }
  }

  /**
   * The file gives no document.
   *
   * @param message for the person who sent the file: what is wrong and what to do
   */
  record Rejected(RejectionCode code, String message) implements ParseOutcome {
    public Rejected {
      requireNonNull(code, "code");
      requireNonNull(message, "message");
    }
  }

  /**
   * The file is an archive whose files are documents of their own; only where a place to unpack to
   * was given.
   *
   * @param mediaType of the archive
   * @param entries by their order in the archive, each path once
   * @param warnings what of the archive had to be left out
   */
  record Unpacked(String mediaType, List<Entry> entries, List<String> warnings)
      implements ParseOutcome {
    public Unpacked {
      requireNonNull(mediaType, "mediaType");
      entries = List.copyOf(entries);
      warnings = List.copyOf(warnings);
    }

    /**
     * A file of the archive: unpacked, or refused with code and message.
     *
     * @param path inside the archive; {@code inner.zip!/path} for a file of an archive inside it
     * @param file where its bytes are, null when it is refused
     * @param code why it is refused, null when it is not
     * @param message for the person who sent the archive
     */
    public record Entry(
        String path,
        @Nullable Path file,
        long sizeBytes,
        @Nullable RejectionCode code,
        @Nullable String message) {
      public Entry {
        requireNonNull(path, "path");
      }
    }
  }

  /** The rejection of a file with more bytes than the limits allow. */
  static Rejected tooLarge(ParseLimits limits) {
    return new Rejected(
        RejectionCode.TOO_LARGE,
        "The file is larger than " + ParseLimits.inWords(limits.maxBytes()) + ". Split it.");
  }
}
