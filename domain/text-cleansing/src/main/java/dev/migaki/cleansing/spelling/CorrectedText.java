package dev.migaki.cleansing.spelling;

import java.util.List;

/** A corrected text with every edit, by position. */
public record CorrectedText(String text, List<SpellingEdit> edits) {

  public CorrectedText {
    edits = List.copyOf(edits);
  }

  /**
   * @param edits by position, none overlapping another
   */
  static CorrectedText of(String original, List<SpellingEdit> edits) {
    if (edits.isEmpty()) {
      return new CorrectedText(original, List.of());
    }
    StringBuilder corrected = new StringBuilder(original.length());
    int position = 0;
    for (SpellingEdit edit : edits) {
      corrected.append(original, position, edit.start()).append(edit.to());
      position = edit.end();
    }
    corrected.append(original, position, original.length());
    return new CorrectedText(corrected.toString(), edits);
  }

  @Override
  public String toString() {
    return "CorrectedText[" + text.length() + " chars, " + edits.size() + " edits]";
  }
}
