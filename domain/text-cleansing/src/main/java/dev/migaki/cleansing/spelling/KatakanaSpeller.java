package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Corrects slips in katakana words: two characters exchanged, one missing or one too many, a small
 * character written large. The word must be unknown and exactly one frequent word so near. Words
 * that differ in the long vowel (ー, イ), ッ, キ for ク or the dot are variants, not slips; one more
 * character at an end makes another word (サプライズ).
 */
final class KatakanaSpeller {

  private static final int MIN_LENGTH = 5;

  /** A correction must be among the most frequent words. */
  private static final int COMMON_RANK = 1500;

  /** From this length on any one character may be wrong. */
  private static final int LONG = 7;

  /** In shorter words only one within, and for one of the most frequent words: パタメータ. */
  private static final int MOST_COMMON_RANK = 300;

  private static final int MEDIUM = 6;

  /** In shorter words one character too many must repeat its neighbour: マイトナー is a name. */
  private static final int WITH_ANY_EXTRA = 7;

  /** Of a compound's halves only one so long is corrected: プラン|テーション is one word. */
  private static final int HALF = 6;

  /** Words shorter than this have the same first character when one is wrong. */
  private static final int OTHER_BEGINNING = 6;

  private static final String MARKED = "ァィゥェォッャュョガギグゲゴザジズゼゾダヂヅデドバビブベボパピプペポヴ";
  private static final String PLAIN = "アイウエオツヤユヨカキクケコサシスセソタチツテトハヒフヘホハヒフヘホウ";

  private final Map<String, Integer> ranks = new HashMap<>();
  private final Map<String, Set<String>> byDeletion = new HashMap<>();

  private KatakanaSpeller() {
    int rank = 0;
    for (String word : WordList.load("katakana-vocabulary.txt")) {
      ranks.put(word, rank++);
      if (word.length() >= MIN_LENGTH - 1) {
        for (String shorter : deletions(word)) {
          byDeletion.computeIfAbsent(shorter, key -> new HashSet<>()).add(word);
        }
      }
    }
    for (String word : WordList.load("katakana-words.txt")) {
      ranks.putIfAbsent(word, COMMON_RANK);
    }
  }

  private static final class Holder {
    static final KatakanaSpeller INSTANCE = new KatakanaSpeller();
  }

  static KatakanaSpeller instance() {
    return Holder.INSTANCE;
  }

  private static Set<String> deletions(String word) {
    Set<String> shorter = new HashSet<>();
    for (int i = 0; i < word.length(); i++) {
      shorter.add(word.substring(0, i) + word.substring(i + 1));
    }
    return shorter;
  }

  /**
   * The one frequent word that an unknown katakana word must have been meant for; of a compound
   * with one known half the other half is corrected.
   */
  Optional<String> correction(String word) {
    String half = word.substring(word.length() / 2);
    if (half.length() >= MIN_LENGTH - 1 && word.equals(half + half) && isCommon(half)) {
      return Optional.of(half);
    }
    if (word.length() < MIN_LENGTH || isKnown(word)) {
      return Optional.empty();
    }
    Optional<String> whole = nearest(word);
    return whole.isPresent() ? whole : halfCorrected(word);
  }

  private Optional<String> nearest(String word) {
    Set<String> near = new HashSet<>(byDeletion.getOrDefault(word, Set.of()));
    for (String shorter : deletions(word)) {
      if (ranks.containsKey(shorter)
          && shorter.length() >= MIN_LENGTH - 1
          && isExtra(word, shorter)) {
        near.add(shorter);
      }
      for (String other : byDeletion.getOrDefault(shorter, Set.of())) {
        if (other.length() == word.length()
            && (isSwap(word, other) || isLookAlike(word, other) || isLongSlip(word, other))) {
          near.add(other);
        }
      }
    }
    near.removeIf(
        other ->
            isVariant(word, other)
                || word.startsWith(other)
                || word.endsWith(other)
                || isOtherBeginning(word, other));
    if (near.size() != 1) {
      return Optional.empty();
    }
    String only = near.iterator().next();
    return isCommon(only) && !KnownWords.isOneWord(word) ? Optional.of(only) : Optional.empty();
  }

  /** In the list, or made of two words that are. */
  private boolean isKnown(String word) {
    if (ranks.containsKey(word)) {
      return true;
    }
    for (int cut = 2; cut <= word.length() - 2; cut++) {
      if (ranks.containsKey(word.substring(0, cut)) && ranks.containsKey(word.substring(cut))) {
        return true;
      }
    }
    return false;
  }

  private Optional<String> halfCorrected(String word) {
    Set<String> corrected = new HashSet<>();
    for (int cut = 3; cut <= word.length() - 3; cut++) {
      String first = word.substring(0, cut);
      String second = word.substring(cut);
      if (second.length() >= HALF && isCommon(first)) {
        nearest(second).ifPresent(right -> corrected.add(first + right));
      }
      if (first.length() >= HALF && isCommon(second)) {
        nearest(first).ifPresent(right -> corrected.add(right + second));
      }
    }
    return corrected.size() == 1 ? Optional.of(corrected.iterator().next()) : Optional.empty();
  }

  /** Whether a word without one of the characters may be meant. */
  private static boolean isExtra(String word, String shorter) {
    int at = 0;
    while (at < shorter.length() && word.charAt(at) == shorter.charAt(at)) {
      at++;
    }
    boolean agent = word.endsWith("アー") && shorter.endsWith("ー");
    boolean repeated =
        at > 0 && word.charAt(at) == word.charAt(at - 1)
            || at + 1 < word.length() && word.charAt(at) == word.charAt(at + 1);
    return !agent && (repeated || word.length() >= WITH_ANY_EXTRA || word.endsWith("ショーン"));
  }

  /** バンドラー is no ハンドラー: in a short word another beginning makes another word. */
  private static boolean isOtherBeginning(String word, String other) {
    return word.length() < OTHER_BEGINNING
        && word.length() == other.length()
        && word.charAt(0) != other.charAt(0)
        && word.charAt(0) != other.charAt(1);
  }

  /** Whether the word stands in the list. */
  boolean isListed(String word) {
    return ranks.containsKey(word);
  }

  private boolean isCommon(String word) {
    return ranks.getOrDefault(word, Integer.MAX_VALUE) < COMMON_RANK;
  }

  private static boolean isSwap(String word, String other) {
    int first = 0;
    while (first < word.length() && word.charAt(first) == other.charAt(first)) {
      first++;
    }
    return first + 1 < word.length()
        && word.charAt(first) == other.charAt(first + 1)
        && word.charAt(first + 1) == other.charAt(first)
        && word.substring(first + 2).equals(other.substring(first + 2));
  }

  /** One character differs, and only by its size or its voicing marks. */
  private static boolean isLookAlike(String word, String other) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != other.charAt(i)) {
        return plain(word.charAt(i)) == plain(other.charAt(i))
            && word.substring(i + 1).equals(other.substring(i + 1));
      }
    }
    return false;
  }

  /** One other character in a word so long that hardly another word is meant. */
  private boolean isLongSlip(String word, String other) {
    int limit = word.length() < LONG ? MOST_COMMON_RANK : COMMON_RANK;
    int last = word.length() - 1;
    if (word.length() < MEDIUM
        || ranks.getOrDefault(other, Integer.MAX_VALUE) >= limit
        || word.length() < LONG && word.charAt(last) != other.charAt(last)) {
      return false;
    }
    int differences = 0;
    for (int i = 0; i < word.length(); i++) {
      differences += word.charAt(i) == other.charAt(i) ? 0 : 1;
    }
    return differences == 1;
  }

  /** The large character without voicing marks. */
  private static char plain(char c) {
    int at = MARKED.indexOf(c);
    return at < 0 ? c : PLAIN.charAt(at);
  }

  /** オプショーン is none: nobody lengthens a final ション. */
  private static boolean isVariant(String word, String other) {
    return !(word.endsWith("ショーン") && other.endsWith("ション"))
            && word.replace("ー", "").equals(other.replace("ー", ""))
        || word.replace("ッ", "").equals(other.replace("ッ", ""))
        || word.replace("ー", "イ").equals(other.replace("ー", "イ"))
        || word.replace("キ", "ク").equals(other.replace("キ", "ク"));
  }
}
