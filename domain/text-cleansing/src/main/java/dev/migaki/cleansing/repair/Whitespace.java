package dev.migaki.cleansing.repair;

/** Tidies spaces and line ends outside code, tables and indentation. */
final class Whitespace {

  private Whitespace() {}

  static String tidy(String text) {
    String lines = text.indexOf('\r') < 0 ? text : text.replace("\r\n", "\n").replace('\r', '\n');
    StringBuilder tidy = new StringBuilder(lines.length());
    boolean fenced = false;
    int blank = 0;
    int start = 0;
    while (start <= lines.length()) {
      int end = lines.indexOf('\n', start);
      String line = lines.substring(start, end < 0 ? lines.length() : end);
      String stripped = line.strip();
      boolean fence = stripped.startsWith("```") || stripped.startsWith("~~~");
      String kept = fenced || fence ? line : tidyLine(line);
      fenced ^= fence;
      blank = kept.isEmpty() ? blank + 1 : 0;
      boolean last = end < 0;
      if (blank <= 2 || fenced) {
        tidy.append(kept);
        if (!last) {
          tidy.append('\n');
        }
      }
      if (last) {
        break;
      }
      start = end + 1;
    }
    return tidy.toString();
  }

  private static String tidyLine(String line) {
    int indent = 0;
    while (indent < line.length() && isSpace(line.charAt(indent))) {
      indent++;
    }
    int end = line.length();
    while (end > indent && isSpace(line.charAt(end - 1))) {
      end--;
    }
    if (end == indent) {
      return "";
    }
    boolean preformatted = indent >= 4 || line.charAt(0) == '\t' || line.indexOf('|') >= 0;
    StringBuilder tidy = new StringBuilder(end).append(line, 0, indent);
    boolean quoted = false;
    for (int i = indent; i < end; i++) {
      char c = line.charAt(i);
      quoted ^= c == '`';
      boolean space = isSpace(c) && c != '\u3000';
      if (preformatted || quoted || !isSpace(c)) {
        tidy.append(space && c != '\t' ? ' ' : c);
      } else if (!isSpace(line.charAt(i - 1))) {
        tidy.append(c == '\u3000' ? c : c == '\t' ? '\t' : ' ');
      }
    }
    return tidy.toString();
  }

  private static boolean isSpace(char c) {
    return c == ' '
        || c == '\t'
        || c == '\u00A0'
        || c == '\u3000'
        || c >= '\u2000' && c <= '\u200A'
        || c == '\u202F'
        || c == '\u205F';
  }
}
