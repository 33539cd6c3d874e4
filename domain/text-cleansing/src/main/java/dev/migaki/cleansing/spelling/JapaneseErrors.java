package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.KeywordMatcher;
import dev.migaki.cleansing.recognition.WordList;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Japanese spellings that are wrong wherever they stand, from a table of words, and slips of
 * grammar from a list of patterns: a particle written twice, a kana that an inflection lacks.
 *
 * <p>One pass over the text finds the words and, for each pattern, a literal that all its matches
 * hold, so that a pattern is only tried where it may match: just there if its matches begin with
 * the literal, else in the whole text.
 */
final class JapaneseErrors {

  private static final String WORD_RULE = "japanese-error";
  private static final String SLIP_RULE = "japanese-slip";

  /**
   * @param opens whether every match begins with the literal
   */
  private record Slip(Pattern pattern, String replacement, boolean opens) {

    static Slip of(String literal, String pattern, String replacement) {
      String matched = pattern;
      while (matched.startsWith("(?<")) {
        matched = matched.substring(groupEnd(matched));
      }
      boolean opens = matched.startsWith(literal) || matched.startsWith("(" + literal);
      return new Slip(Pattern.compile(pattern), replacement, opens);
    }

    /** Behind the parenthesis that closes the group at the beginning of a pattern. */
    private static int groupEnd(String pattern) {
      int depth = 0;
      boolean inClass = false;
      for (int i = 0; i < pattern.length(); i++) {
        switch (pattern.charAt(i)) {
          case '\\' -> i++;
          case '[' -> inClass = true;
          case ']' -> inClass = false;
          case '(' -> depth += inClass ? 0 : 1;
          case ')' -> depth -= inClass ? 0 : 1;
          default -> {}
        }
        if (depth == 0) {
          return i + 1;
        }
      }
      throw new IllegalStateException("japanese-slips.txt: " + pattern);
    }

    SpellingEdit editAt(Matcher match) {
      String to = match.groupCount() == 0 ? replacement : replacement.replace("$1", match.group(1));
      return new SpellingEdit(match.start(), match.end(), match.group(), to, SLIP_RULE);
    }
  }

  private static final List<String> WRONG = new ArrayList<>();
  private static final List<String> RIGHT = new ArrayList<>();

  /** The patterns to try for each literal; their keywords follow those of {@link #WRONG}. */
  private static final List<List<Slip>> SLIPS = new ArrayList<>();

  private static final KeywordMatcher MATCHER;

  static {
    for (String line : WordList.load("japanese-errors.txt")) {
      int tab = line.indexOf('\t');
      WRONG.add(line.substring(0, tab));
      RIGHT.add(line.substring(tab + 1));
    }
    Map<String, List<Slip>> byLiteral = new LinkedHashMap<>();
    for (String line : WordList.load("japanese-slips.txt")) {
      String[] fields = line.split("\t", -1);
      if (fields.length != 3) {
        throw new IllegalStateException(
            "japanese-slips.txt: literal TAB pattern TAB replacement expected: " + line);
      }
      byLiteral
          .computeIfAbsent(fields[0], literal -> new ArrayList<>())
          .add(Slip.of(fields[0], fields[1], fields[2]));
    }
    SLIPS.addAll(byLiteral.values());
    List<String> keywords = new ArrayList<>(WRONG);
    keywords.addAll(byLiteral.keySet());
    MATCHER = KeywordMatcher.of(keywords);
  }

  private JapaneseErrors() {}

  static void find(String text, List<SpellingEdit> edits) {
    BitSet literals = new BitSet();
    MATCHER.scan(
        text,
        (start, end, keyword) -> {
          if (keyword < WRONG.size()) {
            edits.add(
                new SpellingEdit(start, end, WRONG.get(keyword), RIGHT.get(keyword), WORD_RULE));
          } else {
            literals.set(keyword - WRONG.size());
            slipsAt(text, start, SLIPS.get(keyword - WRONG.size()), edits);
          }
        });
    literals.stream().forEach(literal -> slips(text, SLIPS.get(literal), edits));
  }

  private static void slipsAt(String text, int start, List<Slip> slips, List<SpellingEdit> edits) {
    for (Slip slip : slips) {
      if (slip.opens()) {
        Matcher matcher = slip.pattern().matcher(text);
        matcher.region(start, text.length()).useTransparentBounds(true).useAnchoringBounds(false);
        if (matcher.lookingAt()) {
          edits.add(slip.editAt(matcher));
        }
      }
    }
  }

  private static void slips(String text, List<Slip> slips, List<SpellingEdit> edits) {
    for (Slip slip : slips) {
      if (slip.opens()) {
        continue;
      }
      Matcher matcher = slip.pattern().matcher(text);
      while (matcher.find()) {
        edits.add(slip.editAt(matcher));
      }
    }
  }
}
