package dev.migaki.cleansing.spelling;

import java.util.List;

/** A corrected text with every edit, by position. */
public record CorrectedText(String text, List<SpellingEdit> edits) {

  public CorrectedText {
    edits = List.copyOf(edits);
  }

  @Override
  public String toString() {
    return "CorrectedText[" + text.length() + " chars, " + edits.size() + " edits]";
  }
}
