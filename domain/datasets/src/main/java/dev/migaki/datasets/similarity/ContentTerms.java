package dev.migaki.datasets.similarity;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a question that say what it is about: kanji and katakana runs, Latin words that are
 * no function words, numbers. Two questions about different plans, error codes or products differ
 * here even where their letters are nearly the same.
 */
public final class ContentTerms {
  private static final Pattern TOKEN =
      Pattern.compile(
          "<[a-z_]+_[0-9a-f]+>|[a-z0-9][a-z0-9'_./+#-]*[a-z0-9+#]|[a-z0-9]|[\\p{IsHan}々]+|[ァ-ヶー]+");

  private static final Set<String> STOP_WORDS =
      Set.of(
          ("a an the i me my we us our you your yours he she they them their it its this that these"
                  + " those is am are was were be been being do does did done have has had can could may"
                  + " might must shall should will would to of in on at by for from with about as into"
                  + " and or but if so than then there here what which who whom whose when where why how"
                  + " long much many often far please tell know let want need get got like thanks thank"
                  + " hello hi dear question questions just any some not no n't don't doesn't i'd i'm"
                  + " what's it's possible way")
              .split(" "));
  private static final Set<String> STOP_KANJI =
      Set.of(
          "何", "方法", "教", "下", "知", "場合", "時", "方", "是非", "願", "為", "事", "良", "出来", "質問", "件", "可能",
          "手順", "仕方", "他", "聞", "尋", "伺", "確認", "御", "今", "現在", "必要");

  private static final Map<Interrogative, Pattern> ENGLISH_KINDS =
      ordered(
          Interrogative.HOW_MUCH, "\\bhow much\\b|\\bcosts?\\b|\\bprice[sd]?\\b|\\bfees?\\b",
          Interrogative.HOW_MANY, "\\bhow (many|often|far|big|large)\\b",
          Interrogative.WHEN, "\\bhow long\\b|\\bwhen\\b|\\bwhat time\\b",
          Interrogative.HOW, "\\bhow\\b|\\bsteps?\\b|\\bway to\\b",
          Interrogative.WHERE, "\\bwhere\\b",
          Interrogative.WHY, "\\bwhy\\b",
          Interrogative.WHO, "\\bwho(m|se)?\\b",
          Interrogative.WHICH, "\\bwhich\\b",
          Interrogative.WHAT, "\\bwhat\\b",
          Interrogative.WHETHER, "^(can|may|is|are|do|does|did|will|could|should|am|have|has)\\b");
  private static final Map<Interrogative, Pattern> JAPANESE_KINDS =
      ordered(
          Interrogative.HOW_MUCH, "いくら|料金|価格|費用|値段|何円",
          Interrogative.HOW_MANY, "いくつ|何(個|人|台|回|枚|件|名|つ)",
          Interrogative.WHEN, "いつ|何(時|日|分|か月|ヶ月|週|年)|どのくらい|どれくらい|期限|期間",
          Interrogative.HOW, "どう|どのよう|方法|手順|やり方|仕方|するには",
          Interrogative.WHERE, "どこ|どちら",
          Interrogative.WHY, "なぜ|どうして|理由|なんで",
          Interrogative.WHO, "誰|だれ|どなた",
          Interrogative.WHICH, "どれ|どの|どんな",
          Interrogative.WHAT, "何|なに|なん|とは",
          Interrogative.WHETHER, "(でき|可能|ます|です|でしょう)[^。]*か[？?。]?$|可否");

  private ContentTerms() {}

  /** What a question asks for. */
  public enum Interrogative {
    HOW_MUCH,
    HOW_MANY,
    WHEN,
    HOW,
    WHERE,
    WHY,
    WHO,
    WHICH,
    WHAT,
    WHETHER,
    OTHER
  }

  /**
   * What a question is about and what it asks for; equal for two wordings that ask the same.
   *
   * @param terms in alphabetical order
   */
  public record QuestionKey(String terms, Interrogative interrogative) {}

  /** The content words of a text, folded. */
  public static SortedSet<String> of(String text) {
    SortedSet<String> terms = new TreeSet<>();
    Matcher token = TOKEN.matcher(normal(text));
    while (token.find()) {
      String term = token.group();
      if (!STOP_WORDS.contains(term) && !STOP_KANJI.contains(term)) {
        terms.add(singular(term));
      }
    }
    return terms;
  }

  /** The content words in the order of the text, as they are written there. */
  public static List<String> inOrder(String text) {
    List<String> terms = new ArrayList<>();
    Matcher token = TOKEN.matcher(normal(text));
    while (token.find()) {
      String term = token.group();
      if (!STOP_WORDS.contains(term) && !STOP_KANJI.contains(term) && !terms.contains(term)) {
        terms.add(term);
      }
    }
    return terms;
  }

  /** The key of a question. */
  public static QuestionKey key(String question) {
    return new QuestionKey(String.join(" ", of(question)), interrogative(question));
  }

  /** What a question asks for, by its interrogative word. */
  public static Interrogative interrogative(String question) {
    String text = normal(question).strip();
    boolean japanese = text.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x30FF);
    Map<Interrogative, Pattern> kinds = japanese ? JAPANESE_KINDS : ENGLISH_KINDS;
    for (Map.Entry<Interrogative, Pattern> kind : kinds.entrySet()) {
      if (kind.getValue().matcher(text).find()) {
        return kind.getKey();
      }
    }
    return Interrogative.OTHER;
  }

  private static String normal(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFKC)
        .replace('\u2019', '\'')
        .toLowerCase(Locale.ROOT);
  }

  private static String singular(String term) {
    boolean plural = term.length() > 3 && term.endsWith("s") && !term.endsWith("ss");
    return plural && term.charAt(0) < 0x250 ? term.substring(0, term.length() - 1) : term;
  }

  private static Map<Interrogative, Pattern> ordered(Object... kindsAndPatterns) {
    Map<Interrogative, Pattern> ordered = new java.util.LinkedHashMap<>();
    for (int i = 0; i < kindsAndPatterns.length; i += 2) {
      ordered.put(
          (Interrogative) kindsAndPatterns[i], Pattern.compile((String) kindsAndPatterns[i + 1]));
    }
    return ordered;
  }
}
