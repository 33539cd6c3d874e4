package dev.migaki.cleansing.recognition;

import java.util.HashMap;
import java.util.Map;

/** How random a string looks. */
final class Entropy {

  private static final int MIN_COUNTING = 16;
  private static final double COUNTING_SHARE = 0.4;

  private Entropy() {}

  /** Shannon entropy in bits per character. */
  static double bitsPerCharacter(String value) {
    Map<Character, Integer> counts = new HashMap<>();
    for (int i = 0; i < value.length(); i++) {
      counts.merge(value.charAt(i), 1, Integer::sum);
    }
    double bits = 0;
    for (int count : counts.values()) {
      double share = (double) count / value.length();
      bits -= share * Math.log(share) / Math.log(2);
    }
    return bits;
  }

  /** A dummy: one character over and over, a counting sequence, a word for "put yours here". */
  static boolean isDummy(String value) {
    String lower = value.toLowerCase(java.util.Locale.ROOT);
    for (String word : DUMMIES) {
      if (lower.contains(word)) {
        return true;
      }
    }
    return longestRun(value) >= 6
        || value.startsWith("$")
        || isPercentVariable(value)
        || value.startsWith("<")
        || value.startsWith("{");
  }

  /** {@code %NAME%}, {@code %(name)s}, {@code %s}: a percent sign may also begin a password. */
  private static boolean isPercentVariable(String value) {
    return value.startsWith("%")
        && (value.length() < 4 || value.endsWith("%") || "({[<%".indexOf(value.charAt(1)) >= 0);
  }

  private static final String[] DUMMIES = {
    "xxxx",
    "****",
    "....",
    "example",
    "placeholder",
    "changeme",
    "your_",
    "your-",
    "yourkey",
    "insert",
    "dummy",
    "redacted",
    "abcdefghijkl",
    "00000000",
    "${",
    "{{",
    "<%"
  };

  /**
   * Two of five neighbours follow each other in the alphabet or as digits: a key typed by a person
   * who needed an example. Among random letters and digits it is one in thirty. Judges values that
   * only a name such as {@code api_key} betrays: people do type passwords, and what has an issuer's
   * form goes either way.
   */
  static boolean isCounting(String value) {
    if (value.length() < MIN_COUNTING) {
      return false;
    }
    int steps = 0;
    for (int i = 1; i < value.length(); i++) {
      int step =
          Character.toLowerCase(value.charAt(i)) - Character.toLowerCase(value.charAt(i - 1));
      steps += step == 1 && Character.isLetterOrDigit(value.charAt(i)) ? 1 : 0;
    }
    return steps >= (value.length() - 1) * COUNTING_SHARE;
  }

  static int longestRun(String value) {
    int longest = 0;
    int run = 0;
    for (int i = 0; i < value.length(); i++) {
      run = i > 0 && value.charAt(i) == value.charAt(i - 1) ? run + 1 : 1;
      longest = Math.max(longest, run);
    }
    return longest;
  }
}
