package dev.migaki.cli.dryrun;

/**
 * Turns UTF-16 indices of one text into code point indices. Made for indices that ascend: each
 * stretch of the text is counted once.
 */
final class CodePoints {
  private final String text;
  private int utf16;
  private int codePoints;

  CodePoints(String text) {
    this.text = text;
  }

  int at(int utf16Index) {
    if (utf16Index < utf16) {
      utf16 = 0;
      codePoints = 0;
    }
    codePoints += text.codePointCount(utf16, utf16Index);
    utf16 = utf16Index;
    return codePoints;
  }
}
