package dev.migaki.documents.worker;

/** No parser process can be started; says nothing about the document. Try again later. */
public final class ParserUnavailable extends Exception {
  private static final long serialVersionUID = 1L;

  ParserUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
