package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Lines and white space: what every reader does to text before it becomes a block. */
final class TextLines {

  private static final Pattern LINE_BREAK = Pattern.compile("\r\n|\r|\u2028|\u0085");
  private static final Pattern SPACES_AT_LINE_END = Pattern.compile("[ \t\u00a0\u3000]+\n");

  /** Words whose hyphen is their own, not the line's: "well-known", "state-of-the-art". */
  private static final Pattern COMPOUND =
      Pattern.compile(
          "(?i)(?:\\p{L}-\\p{L}{1,12}|(?<!\\p{L})(?:well|self|non|high|low|long|short|full|half|all|cross|user|third|two|three|real|so|e))-$");

  private static final Pattern BLANK_LINES = Pattern.compile("\n{3,}");

  private TextLines() {}

  /** Line feeds only, no NUL, no byte order mark. */
  static String normalise(String text) {
    String lines = text;
    if (hasOtherBreak(text)) {
      lines = LINE_BREAK.matcher(text).replaceAll("\n");
    }
    if (lines.indexOf('\u0000') >= 0) {
      lines = lines.replace("\u0000", "");
    }
    if (lines.indexOf('\ufeff') >= 0) {
      lines = lines.replace("\ufeff", "");
    }
    return lines;
  }

  /** {@link #normalise}, without white space around the text and at line ends. */
  static String trim(String text) {
    String lines = normalise(text);
    if (lines.indexOf('\n') < 0) {
      return stripAll(lines);
    }
    lines = SPACES_AT_LINE_END.matcher(lines).replaceAll("\n");
    return stripAll(BLANK_LINES.matcher(lines).replaceAll("\n\n"));
  }

  private static boolean hasOtherBreak(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\r' || c == '\u2028' || c == '\u0085') {
        return true;
      }
    }
    return false;
  }

  /** One line: every run of white space becomes one space. */
  static String collapse(String text) {
    StringBuilder collapsed = new StringBuilder(text.length());
    boolean space = false;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f' || c == '\u00a0') {
        space = true;
      } else if (c != '\u0000') {
        if (space && collapsed.length() > 0) {
          collapsed.append(' ');
        }
        space = false;
        collapsed.append(c);
      }
    }
    return collapsed.toString();
  }

  /**
   * Joins lines that were broken by layout: without a space between Japanese or Chinese characters,
   * with one elsewhere, and a hyphen at a line end dissolves before a lower-case letter.
   */
  static String join(List<String> lines) {
    StringBuilder joined = new StringBuilder();
    for (String line : lines) {
      String next = line.strip();
      if (next.isEmpty()) {
        continue;
      }
      if (joined.length() > 0) {
        appendGlue(joined, next);
      }
      joined.append(next);
    }
    return joined.toString();
  }

  private static void appendGlue(StringBuilder before, String next) {
    char last = before.charAt(before.length() - 1);
    char first = next.charAt(0);
    boolean hyphenated =
        last == '-'
            && before.length() > 1
            && Character.isLetter(before.charAt(before.length() - 2))
            && Character.isLowerCase(first)
            && first < 0x250;
    if (hyphenated) {
      if (!COMPOUND.matcher(before).find()) {
        before.setLength(before.length() - 1);
      }
    } else if (!isWide(last) || !isWide(first)) {
      before.append(' ');
    }
  }

  /** Whether the character belongs to a script that is written without spaces. */
  static boolean isWide(char c) {
    return (c >= 0x2e80 && c <= 0x9fff)
        || (c >= 0xf900 && c <= 0xfaff)
        || (c >= 0xff00 && c <= 0xffef);
  }

  /** Columns that the text takes on a terminal: wide characters count two. */
  static int displayWidth(String text) {
    int width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += isWide(text.charAt(i)) ? 2 : 1;
    }
    return width;
  }

  static List<String> split(String text) {
    List<String> lines = new ArrayList<>();
    normalise(text).lines().forEach(lines::add);
    return lines;
  }

  private static String stripAll(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isBlank(text.charAt(start))) {
      start++;
    }
    while (end > start && isBlank(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isBlank(char c) {
    return Character.isWhitespace(c) || c == '\u00a0' || c == '\u200b';
  }
}
