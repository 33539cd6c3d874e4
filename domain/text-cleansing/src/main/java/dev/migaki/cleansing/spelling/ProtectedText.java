package dev.migaki.cleansing.spelling;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Where one text is never respelled: code, addresses, paths, placeholders, the tenant's terms. */
final class ProtectedText {

  private static final Pattern PROTECTED =
      Pattern.compile(
          "```[\\s\\S]*?(?:```|\\z)|`[^`\\n"
              + "]*`|https?://[^\\s<>\"')\\]、。」）]+|www\\.[^\\s<>\"']+|<[^<>\\n"
              + "]{1,200}>|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+|(?:[A-Za-z]:)?[/\\\\][\\w./\\\\-]+|\\$\\{[^}]*\\}|\\{\\{[^}]*\\}\\}|\\b\\w+(?:[._]\\w+)+\\b|\\]\\([^)\\n"
              + "]*\\)");

  private final String text;
  private final List<String> terms;

  /** Found when first asked: most texts have nothing to change. */
  private @Nullable List<int[]> spans;

  ProtectedText(String text, List<String> terms) {
    this.text = text;
    this.terms = terms;
  }

  String text() {
    return text;
  }

  boolean touches(int start, int end) {
    return spans().stream().anyMatch(span -> span[0] < end && start < span[1]);
  }

  private List<int[]> spans() {
    List<int[]> found = spans;
    if (found == null) {
      found = new ArrayList<>();
      Matcher matcher = PROTECTED.matcher(text);
      while (matcher.find()) {
        found.add(new int[] {matcher.start(), matcher.end()});
      }
      for (String term : terms) {
        for (int at = text.indexOf(term);
            at >= 0 && !term.isEmpty();
            at = text.indexOf(term, at + term.length())) {
          found.add(new int[] {at, at + term.length()});
        }
      }
      spans = found;
    }
    return found;
  }
}
