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
 * hold, so that a pattern is only tried where it may match.
 */
final class JapaneseErrors {

  private static final String WORD_RULE = "japanese-error";
  private static final String SLIP_RULE = "japanese-slip";

  private record Slip(Pattern pattern, String replacement) {

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
          .add(new Slip(Pattern.compile(fields[1]), fields[2]));
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
          }
        });
    literals.stream().forEach(literal -> slips(text, SLIPS.get(literal), edits));
  }

  private static void slips(String text, List<Slip> slips, List<SpellingEdit> edits) {
    for (Slip slip : slips) {
      Matcher matcher = slip.pattern().matcher(text);
      while (matcher.find()) {
        edits.add(slip.editAt(matcher));
      }
    }
  }
}
