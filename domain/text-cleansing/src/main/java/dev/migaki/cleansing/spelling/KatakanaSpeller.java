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
 * that differ in the long vowel mark or the middle dot are variants, not slips.
 */
final class KatakanaSpeller {

  private static final int MIN_LENGTH = 5;

  /** A correction must be among the most frequent words. */
  private static final int COMMON_RANK = 700;

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

  /** The one frequent word that an unknown katakana word must have been meant for. */
  Optional<String> correction(String word) {
    if (word.length() < MIN_LENGTH || isKnown(word)) {
      return Optional.empty();
    }
    Set<String> near = new HashSet<>(byDeletion.getOrDefault(word, Set.of()));
    for (String shorter : deletions(word)) {
      if (ranks.containsKey(shorter) && shorter.length() >= MIN_LENGTH - 1) {
        near.add(shorter);
      }
      for (String other : byDeletion.getOrDefault(shorter, Set.of())) {
        if (other.length() == word.length() && (isSwap(word, other) || isSmall(word, other))) {
          near.add(other);
        }
      }
    }
    near.removeIf(other -> isVariant(word, other));
    if (near.size() != 1) {
      return Optional.empty();
    }
    String only = near.iterator().next();
    return ranks.getOrDefault(only, Integer.MAX_VALUE) < COMMON_RANK
        ? Optional.of(only)
        : Optional.empty();
  }

  /** Known, or made of two known words. */
  private boolean isKnown(String word) {
    if (ranks.containsKey(word)) {
      return true;
    }
    for (int cut = 2; cut <= word.length() - 2; cut++) {
      boolean first = ranks.containsKey(word.substring(0, cut));
      boolean second = ranks.containsKey(word.substring(cut));
      if (first && second || (first || second) && Math.min(cut, word.length() - cut) >= 3) {
        return true;
      }
    }
    return false;
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

  private static boolean isSmall(String word, String other) {
    for (int i = 0; i < word.length(); i++) {
      if (word.charAt(i) != other.charAt(i)) {
        return "ァィゥェォッャュョ".indexOf(other.charAt(i)) >= 0
            && other.charAt(i) + 1 == word.charAt(i)
            && word.substring(i + 1).equals(other.substring(i + 1));
      }
    }
    return false;
  }

  private static boolean isVariant(String word, String other) {
    return word.replace("ー", "").equals(other.replace("ー", ""))
        || word.replace("ッ", "").equals(other.replace("ッ", ""));
  }
}
