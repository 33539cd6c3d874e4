package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Corrects English words by a strict policy: the word is unknown to every list, exactly one known
 * word is one slip away (a letter missing, doubled, wrong or exchanged with its neighbour), and
 * that word is a common one. When in doubt it leaves the word alone.
 */
final class EnglishSpeller {

  private static final int MIN_LENGTH = 5;
  private static final int MAX_LENGTH = 24;

  /** A correction must be among the most frequent words. */
  private static final int COMMON_RANK = 30_000;

  /** Both halves of a compound (time|stamp, web|hook) must be so frequent. */
  private static final int COMPOUND_RANK = 6_000;

  private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz";
  private static final List<String> PREFIXES =
      List.of(
          "un", "re", "non", "pre", "sub", "multi", "co", "over", "micro", "auto", "inter", "intra",
          "meta", "cyber", "anti", "de", "dis", "mis", "out", "under", "super", "hyper", "bi",
          "geo");
  private static final List<String> SUFFIXES =
      List.of(
          "s", "es", "ed", "d", "ing", "er", "ers", "or", "able", "ly", "ness", "less", "like",
          "wise", "ability", "ization", "isation", "ize", "izes", "ized", "izing", "ise", "ised",
          "ising", "ism", "ist", "ists", "y", "ies", "ful", "ish", "ability", "ifier", "ational");

  private final Map<String, Integer> ranks = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  private EnglishSpeller() {
    int rank = 0;
    for (String word : WordList.load("english-vocabulary.txt")) {
      ranks.put(word, rank++);
    }
    for (String word : WordList.load("english-words.txt")) {
      ranks.putIfAbsent(word, COMMON_RANK);
    }
    for (String word : WordList.load("technical-words.txt")) {
      ranks.putIfAbsent(word, COMMON_RANK);
    }
    for (String list : List.of("given-names.txt", "family-names.txt", "place-names.txt")) {
      for (String line : WordList.load(list)) {
        names.add(line.endsWith("*") ? line.substring(0, line.length() - 1) : line);
      }
    }
  }

  /** Loaded when the first text is corrected. */
  private static final class Holder {
    static final EnglishSpeller INSTANCE = new EnglishSpeller();
  }

  static EnglishSpeller instance() {
    return Holder.INSTANCE;
  }

  boolean isWord(String lower) {
    return ranks.containsKey(lower);
  }

  /** The one common word that a word in lower case must have been meant for. */
  Optional<String> correction(String lower) {
    if (lower.length() < MIN_LENGTH
        || lower.length() > MAX_LENGTH
        || !lower.chars().allMatch(c -> c >= 'a' && c <= 'z')
        || isKnown(lower)) {
      return Optional.empty();
    }
    Set<String> candidates = new HashSet<>();
    neighbours(lower, candidates);
    if (candidates.size() != 1) {
      return Optional.empty();
    }
    String only = candidates.iterator().next();
    Integer rank = ranks.get(only);
    return rank != null && rank < COMMON_RANK ? Optional.of(only) : Optional.empty();
  }

  private boolean isKnown(String lower) {
    return ranks.containsKey(lower)
        || names.contains(lower)
        || isDerived(lower)
        || isCompound(lower);
  }

  private boolean isDerived(String lower) {
    for (String prefix : PREFIXES) {
      if (lower.startsWith(prefix)
          && lower.length() - prefix.length() >= 4
          && ranks.containsKey(lower.substring(prefix.length()))) {
        return true;
      }
    }
    for (String suffix : SUFFIXES) {
      if (lower.endsWith(suffix) && lower.length() - suffix.length() >= 4) {
        String stem = lower.substring(0, lower.length() - suffix.length());
        boolean plainVerb = suffix.equals("ed") || suffix.equals("ing") || suffix.equals("d");
        if (ranks.containsKey(stem) && (!plainVerb || !doubles(stem))) {
          return true;
        }
      }
    }
    return false;
  }

  /** Whether the stem doubles its last letter: "occured" is no word, "entered" is. */
  private boolean doubles(String stem) {
    String doubled = stem + stem.charAt(stem.length() - 1);
    return ranks.containsKey(doubled + "ed") || ranks.containsKey(doubled + "ing");
  }

  private boolean isCompound(String lower) {
    for (int cut = 3; cut <= lower.length() - 3; cut++) {
      if (rank(lower.substring(0, cut)) < COMPOUND_RANK
          && rank(lower.substring(cut)) < COMPOUND_RANK) {
        return true;
      }
    }
    return false;
  }

  private int rank(String word) {
    return ranks.getOrDefault(word, Integer.MAX_VALUE);
  }

  /** All known words at Damerau-Levenshtein distance one. */
  private void neighbours(String word, Set<String> found) {
    StringBuilder builder = new StringBuilder(word.length() + 1);
    for (int i = 0; i <= word.length(); i++) {
      for (int letter = 0; letter < ALPHABET.length(); letter++) {
        char c = ALPHABET.charAt(letter);
        keep(builder, word, i, String.valueOf(c), i, found);
        if (i < word.length() && word.charAt(i) != c) {
          keep(builder, word, i, String.valueOf(c), i + 1, found);
        }
      }
      if (i < word.length()) {
        keep(builder, word, i, "", i + 1, found);
      }
      if (i + 1 < word.length() && word.charAt(i) != word.charAt(i + 1)) {
        keep(builder, word, i, "" + word.charAt(i + 1) + word.charAt(i), i + 2, found);
      }
    }
  }

  private void keep(
      StringBuilder builder, String word, int to, String middle, int from, Set<String> found) {
    builder.setLength(0);
    builder.append(word, 0, to).append(middle).append(word, from, word.length());
    String candidate = builder.toString();
    if (ranks.containsKey(candidate)) {
      found.add(candidate);
    }
  }
}
