package dev.migaki.documents.parsing;

import static java.util.Objects.requireNonNull;

import dev.migaki.documents.ParsedDocument;
import java.util.List;

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

  /** The rejection of a file with more bytes than the limits allow. */
  static Rejected tooLarge(ParseLimits limits) {
    return new Rejected(
        RejectionCode.TOO_LARGE,
        "The file is larger than " + (limits.maxBytes() >> 20) + " MB. Split it.");
  }
}
