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
      Pattern.compile("<[A-Z_]+_[0-9a-f]+>|[A-Za-z]*\\d[A-Za-z0-9-]*|\\b[A-Z]{2,}\\b");

  private final String folded;
  private final StatedFacts stated;
  private final SortedSet<String> marked;

  WordingGuard(String original) {
    folded = TextFold.fold(original);
    stated = StatedFacts.of(original);
    marked = marked(original);
  }

  /** Whether the wording asks the same as the original in other words. */
  boolean keepsMeaning(String wording) {
    if (wording.length() > MOST_CHARACTERS || folded.equals(TextFold.fold(wording))) {
      return false;
    }
    StatedFacts after = StatedFacts.of(wording);
    return stated.values().equals(after.values())
        && stated.negated() == after.negated()
        && marked.equals(marked(wording));
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
