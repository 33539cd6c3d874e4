package dev.migaki.cleansing.recognition;

import java.util.BitSet;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Words that Japanese names are made of, and words that stand beside them. */
final class JapaneseNames {

  /** Family names that are frequent enough to be believed without the dictionary. */
  static final Set<String> FAMILY_NAMES =
      new HashSet<>(KanjiVariants.forms(WordList.load("japanese-family-names.txt")));

  /** Characters of given names. */
  static final String NAME_CHARACTERS =
      String.join("", WordList.load("japanese-name-characters.txt"));

  static final Set<String> HIRAGANA_GIVEN =
      new HashSet<>(WordList.load("hiragana-given-names.txt"));

  static final Set<String> HONORIFICS =
      Set.of("様", "さま", "サマ", "さん", "サン", "氏", "殿", "どの", "君", "くん", "ちゃん", "先生", "女史");

  static final Set<String> ROLES =
      Set.of(
          "部長", "課長", "係長", "社長", "店長", "主任", "教授", "支配人", "院長", "医師", "看護師", "弁護士", "選手", "監督",
          "議員", "室長", "所長", "次長", "専務", "常務", "会長", "博士", "助教", "准教授", "リーダー", "マネージャー");

  /** What a person is called behind the name besides {@link #ROLES}. */
  private static final List<String> TITLES = WordList.load("japanese-titles.txt");

  private static final BitSet TITLE_STARTS = new BitSet();

  static {
    for (Collection<String> words : List.of(HONORIFICS, ROLES, TITLES)) {
      words.forEach(word -> TITLE_STARTS.set(word.charAt(0)));
    }
  }

  /** What stands in front of a name without a particle: 俳優津田寛治, 社長・岡崎忠彦. */
  static final Set<String> BEFORE = new HashSet<>(WordList.load("japanese-roles.txt"));

  /** Frequent given names of one character. */
  static final String ONE_CHARACTER =
      "誠学修隆茂実進正亮勇博清武勝昭弘孝彩舞愛瞳薫晶望純忍蓮葵凛徹稔聡哲治浩潤淳健剛毅洋忠均満守敦翔樹司仁悟敬操猛保恵翼渉晃宏尚拓涼巧優裕智豊茜遥徳肇啓昇稜匠駿諒耕亘暁豪雅馨渚楓梓萌響";

  /** What the dictionary cuts into a family and a given name although it is none. */
  static final Set<String> NO_PERSONS = Set.of("高品質", "伊達男", "白亜紀", "三井住友", "行つた");

  private static final Set<String> THINGS =
      new HashSet<>(WordList.load("japanese-place-words.txt"));

  /** What makes an office of a title, or another word of an honorific: 選手権, 医師会, さんみゃく. */
  private static final Pattern NO_TITLE = Pattern.compile("権|会|室|村|署|院|事務所|法人|医院|選(?!手)|みゃく|朝鮮");

  private JapaneseNames() {}

  /** Words that make a place, a ship, a period or a body of the name in front of them. */
  static boolean isThing(String word) {
    return THINGS.contains(word);
  }

  /** Whether two characters are a family and a given name that are both frequent: 林実. */
  static boolean isShortName(String surface) {
    return FAMILY_NAMES.contains(surface.substring(0, 1))
        && ONE_CHARACTER.indexOf(surface.charAt(1)) >= 0;
  }

  /** Whether a noun phrase ends by saying what a person is: 農林水産副大臣, 名誉教授. */
  static boolean endsInTitle(String phrase) {
    for (String title : TITLES) {
      if (phrase.endsWith(title)) {
        return true;
      }
    }
    for (String role : ROLES) {
      if (phrase.endsWith(role)) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text goes on with what a person is: an honorific, a rank, an office. */
  static boolean startsWithTitle(String folded, int from) {
    return from < folded.length()
        && TITLE_STARTS.get(folded.charAt(from))
        && (isAhead(HONORIFICS, folded, from)
            || isAhead(ROLES, folded, from)
            || isAhead(TITLES, folded, from));
  }

  private static boolean isAhead(Collection<String> words, String folded, int from) {
    for (String word : words) {
      if (folded.startsWith(word, from)
          && !NO_TITLE.matcher(folded).region(from + word.length(), folded.length()).lookingAt()) {
        return true;
      }
    }
    return false;
  }

  /** How many characters of a full name are the family name, at least 2; 0 if it does not show. */
  static int familyLength(String name) {
    for (int length = Math.min(4, name.length() - 1); length >= 2; length--) {
      if (FAMILY_NAMES.contains(name.substring(0, length))) {
        return length;
      }
    }
    for (int length = Math.min(3, name.length() - 1); length >= 2; length--) {
      if (JapaneseDictionary.is(name.substring(0, length), JapaneseDictionary.FAMILY)) {
        return length;
      }
    }
    return 0;
  }

  /** A given name that is no word and no place. */
  static boolean isDistinctiveGiven(String given) {
    int kinds = JapaneseDictionary.kinds(given);
    int other = JapaneseDictionary.WORD | JapaneseDictionary.PLACE | JapaneseDictionary.OTHER;
    return (kinds & JapaneseDictionary.GIVEN) != 0 && (kinds & other) == 0;
  }

  static boolean isNameCharacters(String given) {
    for (int i = 0; i < given.length(); i++) {
      char c = given.charAt(i);
      if (NAME_CHARACTERS.indexOf(c) < 0 && c != '々') {
        return false;
      }
    }
    return true;
  }
}
