package dev.migaki.lm.template;

/** A template that cannot be read, or that refuses its input; the message names the line. */
public final class TemplateException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public TemplateException(String message) {
    super(message);
  }
}
