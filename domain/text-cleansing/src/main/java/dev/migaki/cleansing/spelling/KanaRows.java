package dev.migaki.cleansing.spelling;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The table of fifty sounds as it is typed: a key for the consonant, one for the vowel. */
final class KanaRows {

  private static final char NONE = '　';
  private static final String KEYS = "kstnhmyrwgzdbp";
  private static final String VOWELS = "あいうえお";
  private static final List<String> ROWS =
      List.of(
          "かきくけこ", "さしすせそ", "たちつてと", "なにぬねの", "はひふへほ", "まみむめも", "や　ゆ　よ", "らりるれろ", "わ　　　を", "がぎぐげご",
          "ざじずぜぞ", "だぢづでど", "ばびぶべぼ", "ぱぴぷぺぽ");
  private static final String PLAIN = "かきくけこさしすせそたちつてとはひふへほやゆよつ";
  private static final String MARKED = "がぎぐげござじずぜぞだぢづでどばびぶべぼゃゅょっ";

  /** Right in old texts and laws (よつて, 云ふ), and in compounds (名づけ, 中づり). */
  private static final String SPELLED_OTHERWISE = "つふづ";

  private KanaRows() {}

  /** Kana that one wrong key makes of another: same vowel, same consonant, marks, size. */
  static String near(char kana) {
    if (SPELLED_OTHERWISE.indexOf(kana) >= 0) {
      return "";
    }
    Set<Character> near = new LinkedHashSet<>();
    int vowel = VOWELS.indexOf(kana);
    for (String row : ROWS) {
      int column = row.indexOf(kana);
      if (column >= 0) {
        vowel = column;
        row.chars().forEach(c -> near.add((char) c));
      }
    }
    if (vowel >= 0) {
      near.add(VOWELS.charAt(vowel));
      for (String row : ROWS) {
        near.add(row.charAt(vowel));
      }
    }
    add(PLAIN, MARKED, kana, near);
    add(MARKED, PLAIN, kana, near);
    near.remove(NONE);
    near.remove(kana);
    StringBuilder all = new StringBuilder();
    near.forEach(all::append);
    return all.toString();
  }

  private static void add(String from, String to, char kana, Set<Character> near) {
    int at = from.lastIndexOf(kana);
    if (at >= 0) {
      near.add(to.charAt(at));
    }
  }

  /** What the key of a consonant may have been pressed for, the vowel being lost. */
  static List<String> ofKey(char key) {
    int row = KEYS.indexOf(key);
    if (row < 0) {
      return List.of();
    }
    String kana = ROWS.get(row).replace(String.valueOf(NONE), "") + (key == 'n' ? "ん" : "");
    return kana.chars().mapToObj(c -> String.valueOf((char) c)).toList();
  }

  /**
   * What keys in a wrong order were meant for.
   *
   * @param typed the character before the key, the key, and up to two behind it
   * @return kana for the key and so many characters behind it ({@code tお} is 2: と; {@code ｍさう} is
   *     3: ます), or for the character before it and the key (-1, {@code うｓ}: す)
   */
  static Map<Integer, String> ofKeys(String typed) {
    Map<Integer, String> meant = new LinkedHashMap<>();
    int key = KEYS.indexOf(KanaSequences.narrow(typed.charAt(1)));
    if (key < 0) {
      return meant;
    }
    String row = ROWS.get(key);
    int before = VOWELS.indexOf(typed.charAt(0));
    if (before >= 0) {
      meant.put(-1, row.substring(before, before + 1));
    }
    if (typed.length() > 2) {
      int after = VOWELS.indexOf(typed.charAt(2));
      if (after >= 0) {
        meant.put(2, row.substring(after, after + 1));
      }
    }
    int last = typed.length() > 3 ? VOWELS.indexOf(typed.charAt(3)) : -1;
    for (String second : ROWS) {
      int vowel = last < 0 ? -1 : second.indexOf(typed.charAt(2));
      if (vowel >= 0) {
        meant.put(3, "" + row.charAt(vowel) + second.charAt(last));
      }
    }
    meant.values().removeIf(kana -> kana.indexOf(NONE) >= 0);
    return meant;
  }
}
