package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;

/**
 * A run of digit groups as people write numbers: {@code 03-1234-5678}, {@code (03) 1234 5678}.
 *
 * <p>Dots, hyphens and parentheses bind groups; a space may bind or separate, so recognisers look
 * at every window whose borders are spaces or the run's ends.
 */
final class NumberGroups {

  private final String text;
  private final List<int[]> groups = new ArrayList<>(6);
  private final boolean plus;
  private final int openedAt;
  private final boolean gluedBefore;
  private final boolean gluedAfter;

  private NumberGroups(String text, int first) {
    this.text = text;
    int before = first - 1;
    this.openedAt = before >= 0 && text.charAt(before) == '(' ? before : -1;
    int outer = openedAt >= 0 ? openedAt - 1 : before;
    this.plus =
        outer >= 0 && text.charAt(outer) == '+' || before >= 0 && text.charAt(before) == '+';
    int index = first;
    while (true) {
      int start = index;
      while (index < text.length() && isDigit(text.charAt(index))) {
        index++;
      }
      groups.add(new int[] {start, index});
      int next = nextGroup(index);
      if (next < 0 || groups.size() >= 16) {
        break;
      }
      index = next;
    }
    this.gluedBefore = isGlue(outer, -1);
    this.gluedAfter = isGlue(index, 1);
  }

  /** All runs with at least {@code minDigits} digits. */
  static List<NumberGroups> of(String folded, int minDigits) {
    List<NumberGroups> runs = new ArrayList<>();
    int index = 0;
    while (index < folded.length()) {
      if (!isDigit(folded.charAt(index))) {
        index++;
        continue;
      }
      NumberGroups run = new NumberGroups(folded, index);
      if (run.digits(0, run.size()).length() >= minDigits) {
        runs.add(run);
      }
      index = run.end(run.size() - 1);
    }
    return runs;
  }

  /**
   * The next match of a pattern that begins with a digit, tried only where one stands: the rest of
   * a text costs nothing then.
   *
   * @param from where to begin, in UTF-16 units
   */
  static boolean findAtDigit(Matcher matcher, String text, int from) {
    matcher.useTransparentBounds(true);
    for (int i = from; i < text.length(); i++) {
      if (isDigit(text.charAt(i)) && matcher.region(i, text.length()).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int nextGroup(int index) {
    int next = index;
    while (next < text.length() && next - index < 3 && " -.()".indexOf(text.charAt(next)) >= 0) {
      next++;
    }
    boolean separated = next > index && next < text.length() && isDigit(text.charAt(next));
    boolean sentence = text.startsWith(". ", index);
    boolean dash = text.startsWith(" -", index) && next - index > 2 && text.charAt(next - 1) != ' ';
    if (!separated || sentence || dash) {
      return -1;
    }
    return next;
  }

  /** A letter, or a joiner with a letter behind it, makes the number part of a code. */
  private boolean isGlue(int index, int direction) {
    char c = charAt(index);
    if (isLetter(c)) {
      return direction < 0 ? !followsPhoneWord(index) : c != 'x' && c != 'e';
    }
    if ("_%$¥€£".indexOf(c) >= 0) {
      return true;
    }
    if (c == '-' || c == '.' || c == '/' || c == '#' && direction > 0) {
      char further = charAt(index + direction);
      boolean phoneWord = direction > 0 ? startsPhoneWord(index + 1) : followsPhoneWord(index - 1);
      return !phoneWord && (isLetter(further) || isDigit(further) || further == '_');
    }
    return false;
  }

  private static final String[] PHONE_WORDS = {
    "office", "fax", "home", "mobile", "cell", "work", "tel", "ph", "no", "mob"
  };

  private boolean startsPhoneWord(int index) {
    for (String word : PHONE_WORDS) {
      if (text.regionMatches(true, index, word, 0, word.length())) {
        return true;
      }
    }
    return false;
  }

  private boolean followsPhoneWord(int last) {
    for (String word : PHONE_WORDS) {
      if (text.regionMatches(true, last + 1 - word.length(), word, 0, word.length())
          && !isLetter(charAt(last - word.length()))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private char charAt(int index) {
    return index >= 0 && index < text.length() ? text.charAt(index) : '\0';
  }

  int size() {
    return groups.size();
  }

  int start(int group) {
    return groups.get(group)[0];
  }

  int end(int group) {
    return groups.get(group)[1];
  }

  int length(int group) {
    return end(group) - start(group);
  }

  /** Digits of groups [from, to). */
  String digits(int from, int to) {
    StringBuilder digits = new StringBuilder();
    for (int group = from; group < to; group++) {
      digits.append(text, start(group), end(group));
    }
    return digits.toString();
  }

  /** What stands between two groups. */
  String separator(int group) {
    return text.substring(end(group), start(group + 1));
  }

  /** Whether a window [from, to) has borders where a number may begin and end. */
  boolean isWindow(int from, int to) {
    boolean opens =
        from == 0
            ? !gluedBefore
            : separator(from - 1).isBlank() || separator(from - 1).equals(" (");
    boolean closes = to == size() ? !gluedAfter : separator(to - 1).isBlank();
    return opens && closes;
  }

  /** Where the window begins, with its "+" or "(". */
  int windowStart(int from) {
    int start = start(from);
    if (from == 0 && openedAt >= 0) {
      start = plus && openedAt > 0 && text.charAt(openedAt - 1) == '+' ? openedAt - 1 : openedAt;
    } else if (from == 0 && plus) {
      start--;
    } else if (from > 0 && separator(from - 1).endsWith("(")) {
      start--;
    }
    return start;
  }

  boolean hasPlus(int from) {
    return from == 0 && plus;
  }

  boolean isOpened(int from) {
    return from == 0 ? openedAt >= 0 : separator(from - 1).endsWith("(");
  }

  /** Every group has one of the lengths and the same separator, e.g. 4-4-4-4. */
  boolean isLayout(int from, int to, int... lengths) {
    if (to - from != lengths.length) {
      return false;
    }
    for (int i = 0; i < lengths.length; i++) {
      if (length(from + i) != lengths[i]) {
        return false;
      }
      if (i > 0 && !separator(from + i - 1).equals(separator(from))) {
        return false;
      }
    }
    return lengths.length == 1 || separator(from).equals("-") || separator(from).equals(" ");
  }
}
