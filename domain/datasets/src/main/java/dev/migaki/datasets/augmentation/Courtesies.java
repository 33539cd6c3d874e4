package dev.migaki.datasets.augmentation;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.TextLanguage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What people write before and after a question: greetings, thanks, who they are and why they ask.
 * A model that has met few of these takes an unknown one for a part of the question and answers
 * something else, so training sees many of them.
 *
 * <p>A shipped list of patterns with one slot, written {@code {}}. Deterministic by seed and
 * question.
 */
final class Courtesies {
  private static final String SLOT = "{}";
  private static final Pattern ENDS = Pattern.compile("[.?!。？！]$");

  private final List<String> patterns;
  private final String language;

  /**
   * @param language tag of the shipped list, such as {@code en}
   */
  Courtesies(String language) {
    this.language = language;
    patterns = WordTable.lines("courtesies-" + language + ".txt");
  }

  /**
   * The question inside {@code count} different courtesies, or in all where the list is shorter.
   */
  List<Wording> around(String question, long seed, int count) {
    List<Ranked> ranked = new ArrayList<>(patterns.size());
    for (String pattern : patterns) {
      String key = pattern + "\n" + question;
      ranked.add(new Ranked(ContentHash.fraction(seed, "courtesy", key), pattern));
    }
    ranked.sort(Comparator.comparingDouble(Ranked::rank));
    String sentence = sentence(question.strip());
    List<Wording> wordings = new ArrayList<>();
    for (Ranked chosen : ranked.subList(0, Math.min(count, ranked.size()))) {
      wordings.add(new Wording(filled(chosen.pattern(), sentence), language + "-courtesy"));
    }
    return wordings;
  }

  /** A pattern and its place in the seeded order of one question. */
  private record Ranked(double rank, String pattern) {}

  private String sentence(String question) {
    return ENDS.matcher(question).find()
        ? question
        : question + (language.equals(TextLanguage.JAPANESE) ? "。" : ".");
  }

  /** After a comma or a colon a Latin question goes on with a small letter. */
  private static String filled(String pattern, String question) {
    String before = pattern.substring(0, pattern.indexOf(SLOT)).strip();
    boolean goesOn = before.endsWith(",") || before.endsWith(":");
    return pattern.replace(SLOT, goesOn ? lowerFirst(question) : question);
  }

  /** With a small first letter, unless it begins a name, an abbreviation or "I". */
  static String lowerFirst(String text) {
    if (text.length() < 2 || !Character.isLowerCase(text.charAt(1)) && text.charAt(1) != ' ') {
      return text;
    }
    return text.startsWith("I ")
        ? text
        : text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }
}
