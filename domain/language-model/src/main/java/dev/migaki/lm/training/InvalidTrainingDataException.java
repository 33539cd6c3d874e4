package dev.migaki.lm.training;

/**
 * Training data that cannot teach anything; the message names file and line and says what to do.
 */
public final class InvalidTrainingDataException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public InvalidTrainingDataException(String message) {
    super(message);
  }
}
