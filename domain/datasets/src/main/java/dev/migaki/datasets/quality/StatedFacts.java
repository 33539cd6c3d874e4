package dev.migaki.datasets.quality;

import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a text commits itself to: numbers with their units, yes or no, and whether it denies
 * something. Two texts that read nearly the same but differ here say different things.
 *
 * @param numbers unit to the numbers that carry it; the empty unit for bare numbers
 */
public record StatedFacts(
    SortedMap<String, SortedSet<String>> numbers, boolean negated, Stance stance) {

  /** Whether a text opens with a yes or a no. */
  public enum Stance {
    YES,
    NO,
    NEITHER
  }

  private static final Pattern NUMBER =
      Pattern.compile(
          "([¥$€£])?\\s?(\\d[\\d,]*(?:[.:]\\d+)*)\\s?(?:-\\s?)?(?:(?:business|working|calendar)\\s)?"
              + "(%|[a-z]{1,12}|営業日|日間|日|時間|分|秒|週間|[かカヶヵケ]月|年間|円|[\\p{IsHan}]{1,2}|[ァ-ヶー]{1,8})?");
  private static final Map<String, String> SPELLED =
      Map.ofEntries(
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"),
          Map.entry("fourteen", "14"),
          Map.entry("thirty", "30"));
  private static final Pattern SPELLED_NUMBER =
      Pattern.compile("\\b(" + String.join("|", new TreeSet<>(SPELLED.keySet())) + ")\\b");
  private static final List<String> SPELLED_WORDS = List.copyOf(new TreeSet<>(SPELLED.keySet()));

  /** Numbers in kanji with what they count; 十分 is mostly "enough", and not among them. */
  private static final Pattern KANJI_NUMBER =
      Pattern.compile("[一二三四五六七八九十百千]+(?=営業日|日|時間|秒|週間|[かカヶヵケ]月|年|円|回|個|台|名)");

  private static final String KANJI_DIGITS = "〇一二三四五六七八九";
  private static final String KANJI_TENS = "一十百千";
  private static final Set<String> NO_UNITS =
      Set.of("and", "or", "to", "of", "the", "in", "for", "a");
  private static final Pattern HARMLESS =
      Pattern.compile(
          "かもしれません|問題(は)?ありません|構いません|かまいません|だけでなく|少な(い|く)|差し支え(は)?ありません|申し訳ありません|す[みい]ません"
              + "|不明な点|ご不明|not only|no problem|don't worry|do not hesitate|don't hesitate|if not");
  private static final Pattern NEGATION =
      Pattern.compile(
          "ません|ない|なし|不可|できず|無し|無効|禁止|対象外|\\bnot\\b|n't\\b|\\bno\\b|\\bnever\\b|\\bcannot\\b"
              + "|\\bwithout\\b|\\bunable\\b|\\bneither\\b|\\bnone\\b");

  /** In each ASCII text that {@link #NEGATION} finds something in. */
  private static final List<String> NEGATING_WORDS =
      List.of("no", "n't", "never", "without", "unable", "neither");

  /** In each ASCII text that {@link #HARMLESS} finds something in. */
  private static final List<String> HARMLESS_WORDS =
      List.of(
          "not only", "no problem", "don't worry", "do not hesitate", "don't hesitate", "if not");

  private static final Pattern YES = Pattern.compile("^\\W*(yes\\b|yep\\b|はい|ええ|可能です|できます)");
  private static final Pattern NO =
      Pattern.compile("^\\W*(no\\b|nope\\b|いいえ|いえ[、,]|不可|できません|残念ながら|unfortunately)");
  private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Z_]+_[0-9a-f]+>");

  /** What a text states. */
  public static StatedFacts of(String text) {
    String plain = text.indexOf('<') < 0 ? text : PLACEHOLDER.matcher(text).replaceAll(" ");
    String normal = Normalizer.normalize(plain, Normalizer.Form.NFKC);
    normal = normal.toLowerCase(Locale.ROOT).strip();
    return new StatedFacts(numbers(normal), isNegated(normal), stance(normal));
  }

  private static SortedMap<String, SortedSet<String>> numbers(String normal) {
    String digits =
        holdsAny(normal, SPELLED_WORDS)
            ? SPELLED_NUMBER.matcher(normal).replaceAll(m -> SPELLED.get(m.group()))
            : normal;
    if (!isAscii(digits)) {
      digits = KANJI_NUMBER.matcher(digits).replaceAll(m -> number(m.group()));
    }
    SortedMap<String, SortedSet<String>> numbers = new TreeMap<>();
    if (!holdsDigit(digits)) {
      return numbers;
    }
    Matcher number = NUMBER.matcher(digits);
    while (number.find()) {
      String unit = unit(number.group(1), number.group(3));
      String value = number.group(2).replace(",", "");
      numbers.computeIfAbsent(unit, u -> new TreeSet<>()).add(value);
    }
    return numbers;
  }

  /** 三百二十一 in digits. */
  private static String number(String kanji) {
    long total = 0;
    long digit = 0;
    for (int i = 0; i < kanji.length(); i++) {
      int place = KANJI_TENS.indexOf(kanji.charAt(i));
      if (place > 0) {
        total += Math.max(1, digit) * Math.round(Math.pow(10, place));
        digit = 0;
      } else {
        digit = digit * 10 + KANJI_DIGITS.indexOf(kanji.charAt(i));
      }
    }
    return Long.toString(total + digit);
  }

  /** The expressions have to run only where one of their words is. */
  private static boolean isNegated(String normal) {
    boolean ascii = isAscii(normal);
    if (ascii && !holdsAny(normal, NEGATING_WORDS)) {
      return false;
    }
    boolean harmless = !ascii || holdsAny(normal, HARMLESS_WORDS);
    return NEGATION.matcher(harmless ? HARMLESS.matcher(normal).replaceAll(" ") : normal).find();
  }

  /** How often a text denies something; 0 if and only if it is not {@link #negated()}. */
  public static int negations(String text) {
    String plain = PLACEHOLDER.matcher(text).replaceAll(" ");
    String normal = Normalizer.normalize(plain, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
    return (int) NEGATION.matcher(HARMLESS.matcher(normal).replaceAll(" ")).results().count();
  }

  private static boolean holdsAny(String text, List<String> words) {
    for (String word : words) {
      if (text.contains(word)) {
        return true;
      }
    }
    return false;
  }

  private static boolean holdsDigit(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= '0' && text.charAt(i) <= '9') {
        return true;
      }
    }
    return false;
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) > 0x7f) {
        return false;
      }
    }
    return true;
  }

  /** All numbers, without units. */
  public SortedSet<String> values() {
    SortedSet<String> values = new TreeSet<>();
    numbers.values().forEach(values::addAll);
    return values;
  }

  /**
   * Whether two answers to one question cannot both be right: for some unit each names a number
   * that the other does not, or one says yes and the other no.
   */
  public boolean contradicts(StatedFacts other) {
    boolean yesAgainstNo =
        stance != Stance.NEITHER && other.stance != Stance.NEITHER && stance != other.stance;
    return yesAgainstNo || numbersContradict(other);
  }

  private boolean numbersContradict(StatedFacts other) {
    for (Map.Entry<String, SortedSet<String>> entry : numbers.entrySet()) {
      SortedSet<String> theirs = other.numbers.get(entry.getKey());
      if (theirs != null
          && !theirs.containsAll(entry.getValue())
          && !entry.getValue().containsAll(theirs)) {
        return true;
      }
    }
    return false;
  }

  private static String unit(
      @org.jspecify.annotations.Nullable String currency,
      @org.jspecify.annotations.Nullable String word) {
    if (currency != null) {
      return currency.equals("¥") ? "円" : currency;
    }
    if (word == null || NO_UNITS.contains(word)) {
      return "";
    }
    return switch (word) {
      case "営業日", "日間", "日" -> "日";
      case "年間", "年" -> "年";
      case "カ月", "ヶ月", "ヵ月", "ケ月", "か月" -> "か月";
      case "yen", "jpy" -> "円";
      case "percent" -> "%";
      default ->
          word.length() > 2 && word.endsWith("s") ? word.substring(0, word.length() - 1) : word;
    };
  }

  private static Stance stance(String text) {
    if (YES.matcher(text).lookingAt()) {
      return Stance.YES;
    }
    return NO.matcher(text).lookingAt() ? Stance.NO : Stance.NEITHER;
  }
}
