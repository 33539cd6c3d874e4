package dev.migaki.cleansing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One block of a document: a paragraph, a cell, a turn.
 *
 * @param label what the document calls it: a column header, a form label; null if nothing
 * @param code program text: personal data is removed, spelling and spaces stay
 */
public record TextBlock(String text, @Nullable String label, boolean code) {

  public TextBlock {
    requireNonNull(text, "text");
  }

  public static TextBlock of(String text) {
    return new TextBlock(text, null, false);
  }

  public static TextBlock labelled(String text, @Nullable String label) {
    return new TextBlock(text, label, false);
  }

  public static TextBlock code(String text) {
    return new TextBlock(text, null, true);
  }

  /** Text of documents is never printed. */
  @Override
  public String toString() {
    return "TextBlock[" + text.length() + " chars]";
  }
}
