package dev.migaki.pretraining;

import java.util.Collection;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** Texts that only measure: any corpus text that holds the start of one of them is dropped. */
final class HeldOut {
  private static final int KEY_LENGTH = 32;
  private final Set<String> keys = new HashSet<>();
  private final Set<String> firsts = new HashSet<>();

  HeldOut(Collection<String> texts) {
    for (String text : texts) {
      String folded = fold(text);
      if (folded.length() >= 12) {
        String key = folded.substring(0, Math.min(KEY_LENGTH, folded.length()));
        keys.add(key);
        firsts.add(key.substring(0, 8));
      }
    }
  }

  boolean contains(String text) {
    String folded = fold(text);
    for (int at = 0; at + 12 <= folded.length(); at++) {
      if (firsts.contains(folded.substring(at, at + 8)) && startsWithKey(folded, at)) {
        return true;
      }
    }
    return false;
  }

  private boolean startsWithKey(String folded, int at) {
    int longest = Math.min(KEY_LENGTH, folded.length() - at);
    for (int length = 12; length <= longest; length++) {
      if (keys.contains(folded.substring(at, at + length))) {
        return true;
      }
    }
    return false;
  }

  private static String fold(String text) {
    return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
  }
}
