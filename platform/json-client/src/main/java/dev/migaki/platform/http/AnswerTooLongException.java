package dev.migaki.platform.http;

import java.io.IOException;

/** The answer has more bytes than allowed. */
public final class AnswerTooLongException extends IOException {
  private static final long serialVersionUID = 1L;

  AnswerTooLongException() {
    super("the answer is too long");
  }
}
