package dev.migaki.platform.localstack;

/**
 * A broker or database that could not be started or stopped; the message names the file that says
 * more.
 */
public final class LocalStackException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public LocalStackException(String message) {
    super(message);
  }

  public LocalStackException(String message, Throwable cause) {
    super(message, cause);
  }
}
