package dev.migaki.lm;

/**
 * A model directory, tokenizer or adapter that cannot be used; the message names the file, the
 * field and what to do.
 */
public final class InvalidModelException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidModelException(String message) {
    super(message);
  }

  public InvalidModelException(String message, Throwable cause) {
    super(message, cause);
  }
}
