package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Corrects English words by a strict policy: the word is unknown to every list, one known word is
 * one slip away (a letter missing, doubled, wrong or exchanged with its neighbour), and that word
 * is a common one; other words so near must be ones that hardly anybody writes. When in doubt it
 * leaves the word alone.
 */
final class EnglishSpeller {

  private static final int MIN_LENGTH = 5;
  private static final int MAX_LENGTH = 24;

  /** A correction must be among the most frequent words. */
  private static final int COMMON_RANK = 30_000;

  /** What looks like a name is left alone unless it is so long and the correction so frequent. */
  private static final int NAME_LENGTH = 6;

  private static final int NAME_RANK = 600;
  private static final int LONG_NAME = 8;

  /** A word with several words near must be so long, the best of them so frequent ... */
  private static final int RIVALLED_LENGTH = 7;

  private static final int FREQUENT_RANK = 8_000;

  /** The same if the word only lacks a letter of it ("exludes"). */
  private static final int RIVALLED_RANK = 13_000;

  /** Letters exchanged are meant for one of so many words ("pahse") if its rivals are rarer. */
  private static final int EXCHANGED_RANK = 4_000;

  /** From this length on two slips may be mended. */
  private static final int TWO_SLIPS_LENGTH = 11;

  /** ... and its rivals so rare. */
  private static final int RARE_RANK = 36_000;

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

  private static final Pattern AMERICAN_OR =
      Pattern.compile("(\\w{2,})or(|s|ed|ing|ful|able|less|al|ite|ites|y)");
  private static final Pattern AMERICAN_LL = Pattern.compile("(\\w{2,})ll(ments?|fully?|s)?");
  private static final Pattern AMERICAN_L = Pattern.compile("(\\w{2,}[aeiou]l)(ed|ing|ers?|ors?)");

  /** Their l is doubled on both sides of the ocean. */
  private static final Set<String> STRESSED_LAST =
      Set.of(
          "control", "patrol", "compel", "propel", "excel", "expel", "repel", "rebel", "enrol",
          "fulfil", "appal", "dispel", "impel");

  private final Map<String, Integer> ranks = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  /** Where the hashes of all words are, by {@link String#hashCode}. */
  private final BitSet hashes = new BitSet(HASH_MASK + 1);

  /** Long words of the most frequent ones, by their first letter. */
  private final Map<Character, List<String>> frequentByLetter = new HashMap<>();

  private EnglishSpeller() {
    int rank = 0;
    for (String word : WordList.load("english-vocabulary.txt")) {
      if (rank < FREQUENT_RANK && word.length() >= TWO_SLIPS_LENGTH) {
        frequentByLetter.computeIfAbsent(word.charAt(0), key -> new ArrayList<>()).add(word);
      }
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

  /**
   * The one common word that a word in lower case must have been meant for. A letter in front of a
   * word is no slip: mjones is a login, esignature a coinage.
   */
  Optional<String> correction(String lower) {
    if (lower.length() < MIN_LENGTH
        || lower.length() > MAX_LENGTH
        || !lower.chars().allMatch(c -> c >= 'a' && c <= 'z')
        || isKnown(lower)) {
      return Optional.empty();
    }
    Set<String> candidates = new HashSet<>();
    neighbours(lower, candidates);
    if (candidates.isEmpty()) {
      return Optional.empty();
    }
    String best = Collections.min(candidates, Comparator.comparingInt(this::rank));
    boolean meant =
        candidates.size() == 1
            ? rank(best) < COMMON_RANK
            : rank(best) < (best.length() > lower.length() ? RIVALLED_RANK : FREQUENT_RANK)
                    && lower.length() >= RIVALLED_LENGTH
                    && standsAlone(best, candidates, RARE_RANK)
                || rank(best) < EXCHANGED_RANK
                    && isExchange(lower, best)
                    && standsAlone(best, candidates, 2 * rank(best) + EXCHANGED_RANK);
    return meant && !best.equals(lower.substring(1)) && keepsEnding(lower, best)
        ? Optional.of(best)
        : Optional.empty();
  }

  /** "consided" is not meant for "consider". */
  private static boolean keepsEnding(String lower, String best) {
    return (!lower.endsWith("ed") || best.endsWith("ed"))
        && (!lower.endsWith("ing") || best.endsWith("ing"));
  }

  /** The same for a word that no capital marks as a name, with two slips if it is long. */
  Optional<String> correctionOfWord(String lower) {
    Optional<String> correction = correction(lower);
    return correction.isPresent()
            || lower.length() < TWO_SLIPS_LENGTH
            || lower.indexOf('\'') >= 0
            || isKnown(lower)
        ? correction
        : twoSlips(lower);
  }

  /** Whether every other candidate is at least so rare. */
  private boolean standsAlone(String best, Set<String> candidates, int leastRank) {
    return candidates.stream().allMatch(other -> other.equals(best) || rank(other) >= leastRank);
  }

  private static boolean isExchange(String word, String other) {
    char[] one = word.toCharArray();
    char[] two = other.toCharArray();
    Arrays.sort(one);
    Arrays.sort(two);
    return Arrays.equals(one, two);
  }

  /** The one frequent word that begins and ends alike and is two slips away. */
  private Optional<String> twoSlips(String lower) {
    int letters = letters(lower);
    List<String> near =
        frequentByLetter.getOrDefault(lower.charAt(0), List.of()).stream()
            .filter(word -> Math.abs(word.length() - lower.length()) <= 2)
            .filter(word -> endsAlike(word, lower))
            .filter(word -> Integer.bitCount(letters(word) ^ letters) <= 4)
            .filter(word -> distance(word, lower) == 2)
            .limit(2)
            .toList();
    return near.size() == 1 ? Optional.of(near.get(0)) : Optional.empty();
  }

  /** Which letters a word has, one bit for each; a slip changes two of them at most. */
  private static int letters(String word) {
    int letters = 0;
    for (int i = 0; i < word.length(); i++) {
      letters |= 1 << (word.charAt(i) - 'a');
    }
    return letters;
  }

  /** Damerau-Levenshtein distance (restricted: no letter moves twice). */
  private static int distance(String one, String other) {
    int[][] d = new int[one.length() + 1][other.length() + 1];
    for (int i = 0; i <= one.length(); i++) {
      for (int j = 0; j <= other.length(); j++) {
        if (i == 0 || j == 0) {
          d[i][j] = i + j;
          continue;
        }
        boolean same = one.charAt(i - 1) == other.charAt(j - 1);
        d[i][j] =
            Math.min(Math.min(d[i - 1][j], d[i][j - 1]) + 1, d[i - 1][j - 1] + (same ? 0 : 1));
        if (i > 1
            && j > 1
            && one.charAt(i - 1) == other.charAt(j - 2)
            && one.charAt(i - 2) == other.charAt(j - 1)) {
          d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
        }
      }
    }
    return d[one.length()][other.length()];
  }

  /** The same for a word that its capital marks as a name: the longer, the rarer it may be. */
  Optional<String> correctionOfName(String lower) {
    int limit = lower.length() >= LONG_NAME ? FREQUENT_RANK : NAME_RANK;
    return correction(lower)
        .filter(right -> lower.length() >= NAME_LENGTH && rank(right) < limit)
        .filter(right -> right.charAt(0) == lower.charAt(0))
        .filter(right -> lower.startsWith(right) || endsAlike(lower, right));
  }

  private static boolean endsAlike(String one, String other) {
    return one.charAt(one.length() - 1) == other.charAt(other.length() - 1);
  }

  /** Whether the word is among the few thousand that make up most of every text. */
  boolean isFrequent(String lower) {
    return rank(lower) < FREQUENT_RANK;
  }

  private boolean isKnown(String lower) {
    return ranks.containsKey(lower)
        || names.contains(lower)
        || isDerived(lower)
        || isAmerican(lower)
        || isCompound(lower);
  }

  /** The vocabulary is British in places: odor, enrollment and fueling are right as well. */
  private boolean isAmerican(String lower) {
    Matcher colour = AMERICAN_OR.matcher(lower);
    if (colour.matches() && ranks.containsKey(colour.group(1) + "our" + colour.group(2))) {
      return true;
    }
    Matcher enrol = AMERICAN_LL.matcher(lower);
    if (enrol.matches() && ranks.containsKey(enrol.group(1) + "l" + enrol.group(2))) {
      return true;
    }
    Matcher fuelled = AMERICAN_L.matcher(lower);
    return fuelled.matches()
        && !STRESSED_LAST.contains(fuelled.group(1))
        && ranks.containsKey(fuelled.group(1) + "l" + fuelled.group(2));
  }

  private boolean isDerived(String lower) {
    for (String prefix : PREFIXES) {
      if (lower.startsWith(prefix)
          && lower.length() - prefix.length() >= 4
          && !names.contains(lower.substring(prefix.length()))
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
