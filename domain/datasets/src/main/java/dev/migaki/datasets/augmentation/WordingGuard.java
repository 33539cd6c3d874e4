package dev.migaki.datasets.augmentation;

import dev.migaki.datasets.quality.StatedFacts;
import dev.migaki.datasets.similarity.TextFold;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Refuses a wording that would change what is asked: numbers, negation, codes, placeholders. */
final class WordingGuard {
  private static final int MOST_CHARACTERS = 400;
  private static final Pattern MARKED =
      Pattern.compile("<[A-Z_]+_\\d+>|[A-Za-z]*\\d[A-Za-z0-9-]*|\\b[A-Z]{2,}\\b");

  private WordingGuard() {}

  /** Whether the wording asks the same as the original in other words. */
  static boolean keepsMeaning(String original, String wording) {
    if (wording.length() > MOST_CHARACTERS
        || TextFold.fold(original).equals(TextFold.fold(wording))) {
      return false;
    }
    StatedFacts before = StatedFacts.of(original);
    StatedFacts after = StatedFacts.of(wording);
    return before.values().equals(after.values())
        && before.negated() == after.negated()
        && marked(original).equals(marked(wording));
  }

  private static SortedSet<String> marked(String text) {
    SortedSet<String> marked = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    Matcher matcher = MARKED.matcher(text);
    while (matcher.find()) {
      if (!matcher.group().equals("FAQ") && !matcher.group().equals("I")) {
        marked.add(matcher.group());
      }
    }
    return marked;
  }
}
