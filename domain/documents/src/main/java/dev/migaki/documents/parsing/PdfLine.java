package dev.migaki.documents.parsing;

import java.util.List;

/**
 * One line on a page. Lengths are points (1/72 inch), y grows downwards.
 *
 * @param page from 1
 * @param size font size of most of its characters
 */
record PdfLine(int page, List<Word> words, float size, boolean bold, float x, float y) {

  /** A run of glyphs without a gap. */
  record Word(String text, float start, float end) {}

  PdfLine {
    words = List.copyOf(words);
  }

  /** The words with spaces between them, except between Japanese characters. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Word word : words) {
      if (!text.isEmpty()) {
        char last = text.charAt(text.length() - 1);
        boolean wide = TextLines.isWide(last) && TextLines.isWide(word.text().charAt(0));
        text.append(wide ? "" : " ");
      }
      text.append(word.text());
    }
    return text.toString();
  }

  float end() {
    return words.get(words.size() - 1).end();
  }
}
