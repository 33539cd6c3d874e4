package dev.migaki.documents.parsing;

/** A reader's way to say no; becomes a {@link ParseOutcome.Rejected}. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final RejectionCode code;

  /**
   * @param message for the person who sent the file; never holds text of the document
   */
  Refusal(RejectionCode code, String message) {
    super(message, null, false, false);
    this.code = code;
  }

  RejectionCode code() {
    return code;
  }

  String reason() {
    String message = getMessage();
    return message == null ? code.name() : message;
  }
}
