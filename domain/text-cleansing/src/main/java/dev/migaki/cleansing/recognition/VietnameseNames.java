package dev.migaki.cleansing.recognition;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Vietnamese names in full: one of the few family names, which nearly all bear, and syllables of
 * the language behind it, "Nguyen Thi Lan".
 */
final class VietnameseNames {

  /** Also words or names of other languages: only with "Thi" or "Van" behind them. */
  private static final Set<String> SHORT =
      Set.of("le", "do", "ho", "ly", "la", "mai", "lam", "cao", "to", "dao", "luong");

  private static final Set<String> FAMILIES =
      Set.of(
          "nguyen", "tran", "pham", "huynh", "hoang", "phan", "vu", "vo", "dang", "bui", "ngo",
          "duong", "truong", "dinh", "doan", "trinh");

  private static final Set<String> MIDDLE = Set.of("thi", "van");

  private static final Pattern SYLLABLE =
      Pattern.compile(
          "(?:ngh?|[cgknpt]h|tr|gi|qu|[bcdghklmnprstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[cmnpt])?");

  private static final Pattern MARKS = Pattern.compile("\\p{M}+");

  private VietnameseNames() {}

  /** Whether the words from one to the other, at least three, are such a name. */
  static boolean isName(List<LatinWord> words, int from, int to) {
    int count = to - from + 1;
    if (count < 3 || count > 5) {
      return false;
    }
    String family = plain(words.get(from).lower());
    boolean sure = FAMILIES.contains(family);
    if (!sure && !SHORT.contains(family)) {
      return false;
    }
    for (int i = from + 1; i <= to; i++) {
      if (!SYLLABLE.matcher(plain(words.get(i).lower())).matches()) {
        return false;
      }
    }
    return sure || MIDDLE.contains(plain(words.get(from + 1).lower()));
  }

  private static String plain(String lower) {
    if (lower.chars().allMatch(c -> c < 0x80)) {
      return lower;
    }
    return MARKS
        .matcher(Normalizer.normalize(lower, Normalizer.Form.NFD))
        .replaceAll("")
        .replace('đ', 'd');
  }
}
