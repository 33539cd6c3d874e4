package dev.migaki.cleansing.recognition;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Variant forms of kanji in names (異体字), for analysis and word lists only: dictionaries know 高橋 and
 * registers write 髙橋.
 *
 * <p>Only forms whose bearers stand in dictionaries under the other form; old forms that IPADIC
 * knows itself (澤, 廣, 櫻, 嶋) stay. Source: the compatibility ideographs by NFKC (Unicode Standard
 * Annex 15), the others written by hand.
 */
final class KanjiVariants {

  private static final String FROM = "髙﨑嵜濵濱邊邉齋齊德栁桒槗";
  private static final String TO = "高崎崎浜浜辺辺斎斉徳柳桑橋";

  /** Variants outside the Basic Multilingual Plane take two UTF-16 units. */
  private static final Map<Integer, Character> PAIRS =
      Map.of(0x20BB7, '吉', 0x2123D, '土', 0x2363A, '橋', 0x2000B, '丈');

  private static final char FIRST_COMPATIBLE = '\uF900';
  private static final char LAST_COMPATIBLE = '\uFAFF';
  private static final char[] COMPATIBLE = new char[LAST_COMPATIBLE - FIRST_COMPATIBLE + 1];

  private static final int TABLE_FROM = '一';
  private static final char[] TABLE = new char['龥' + 1 - TABLE_FROM];

  static {
    for (int i = 0; i < COMPATIBLE.length; i++) {
      String one = String.valueOf((char) (FIRST_COMPATIBLE + i));
      String folded = Normalizer.normalize(one, Normalizer.Form.NFKC);
      COMPATIBLE[i] = folded.length() == 1 ? folded.charAt(0) : one.charAt(0);
    }
    for (int i = 0; i < TABLE.length; i++) {
      TABLE[i] = (char) (TABLE_FROM + i);
    }
    for (int i = 0; i < FROM.length(); i++) {
      char variant = FROM.charAt(i);
      if (variant >= FIRST_COMPATIBLE) {
        COMPATIBLE[variant - FIRST_COMPATIBLE] = TO.charAt(i);
      } else {
        TABLE[variant - TABLE_FROM] = TO.charAt(i);
      }
    }
  }

  private KanjiVariants() {}

  static char fold(char c) {
    if (c < TABLE_FROM) {
      return c;
    }
    if (c <= '龥') {
      return TABLE[c - TABLE_FROM];
    }
    return c >= FIRST_COMPATIBLE && c <= LAST_COMPATIBLE ? COMPATIBLE[c - FIRST_COMPATIBLE] : c;
  }

  /** Whether a pair of this table begins at the index. */
  static boolean isPair(String text, int index) {
    return Character.isHighSurrogate(text.charAt(index))
        && PAIRS.containsKey(text.codePointAt(index));
  }

  /** The one character that the pair at the index stands for. */
  static char ofPair(String text, int index) {
    return PAIRS.getOrDefault(text.codePointAt(index), text.charAt(index));
  }

  /** A list of names in folded form, each also with the pairs that keep their length in a text. */
  static List<String> forms(List<String> names) {
    List<String> forms = new ArrayList<>(names.size());
    for (String name : names) {
      String folded = TextFolding.fold(name);
      forms.add(folded);
      PAIRS.forEach(
          (pair, plain) -> {
            if (folded.indexOf(plain) >= 0) {
              forms.add(folded.replace(String.valueOf(plain), Character.toString(pair)));
            }
          });
    }
    return forms;
  }
}
