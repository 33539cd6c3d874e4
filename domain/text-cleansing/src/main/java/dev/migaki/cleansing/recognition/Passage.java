package dev.migaki.cleansing.recognition;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One text of a document, as a {@link DocumentRecognizer} sees it.
 *
 * @param label what the document calls it: a column header, a form label; null if nothing
 * @param language ISO 639-1 code, {@code und} if it cannot be told
 */
public record Passage(String text, @Nullable String label, String language) {

  public Passage {
    requireNonNull(text, "text");
    requireNonNull(language, "language");
  }

  /** Text of documents is never printed. */
  @Override
  public String toString() {
    return "Passage[" + text.length() + " chars, " + language + "]";
  }
}
