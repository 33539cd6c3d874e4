package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.BitSet;
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

  /** 512 KB of bits: some three of a hundred strings that are no words have a word's. */
  private static final int HASH_MASK = (1 << 22) - 1;

  private static final int[] POWERS = new int[MAX_LENGTH + 2];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 31;
    }
  }

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

  /** Where the hashes of all words are, by {@link String#hashCode}. */
  private final BitSet hashes = new BitSet(HASH_MASK + 1);

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
    ranks.keySet().forEach(word -> hashes.set(word.hashCode() & HASH_MASK));
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

  /**
   * All known words at Damerau-Levenshtein distance one. There are hundreds of strings so near and
   * hardly ever a word among them, so they are only spelled out when their hash is that of a word.
   */
  private void neighbours(String word, Set<String> found) {
    int length = word.length();
    int[] head = new int[length + 1];
    int[] tail = new int[length + 1];
    for (int i = 0; i < length; i++) {
      head[i + 1] = head[i] * 31 + word.charAt(i);
    }
    for (int i = length - 1; i >= 0; i--) {
      tail[i] = word.charAt(i) * POWERS[length - 1 - i] + tail[i + 1];
    }
    for (int i = 0; i <= length; i++) {
      for (char c = 'a'; c <= 'z'; c++) {
        int start = head[i] * 31 + c;
        keep(start * POWERS[length - i] + tail[i], word, i, c, i, found);
        if (i < length && word.charAt(i) != c) {
          keep(start * POWERS[length - i - 1] + tail[i + 1], word, i, c, i + 1, found);
        }
      }
      if (i < length && ranks.containsKey(word.substring(0, i) + word.substring(i + 1))) {
        found.add(word.substring(0, i) + word.substring(i + 1));
      }
      if (i + 1 < length && word.charAt(i) != word.charAt(i + 1)) {
        String swapped =
            word.substring(0, i) + word.charAt(i + 1) + word.charAt(i) + word.substring(i + 2);
        if (ranks.containsKey(swapped)) {
          found.add(swapped);
        }
      }
    }
  }

  /**
   * Adds the word with {@code middle} in place of its characters from {@code to} to {@code from}.
   */
  private void keep(int hash, String word, int to, char middle, int from, Set<String> found) {
    if (!hashes.get(hash & HASH_MASK)) {
      return;
    }
    String candidate = word.substring(0, to) + middle + word.substring(from);
    if (ranks.containsKey(candidate)) {
      found.add(candidate);
    }
  }
}
