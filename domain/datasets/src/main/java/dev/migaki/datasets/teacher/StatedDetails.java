package dev.migaki.datasets.teacher;

import dev.migaki.datasets.quality.StatedFacts;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What of a text must not be made up: numbers with their units, and what is no number but as exact:
 * placeholders, addresses, codes, names of days and months, spelled numbers.
 */
record StatedDetails(StatedFacts facts, SortedSet<String> literals) {
  private static final Pattern LITERAL =
      Pattern.compile(
          "<[A-Z][A-Z_]*_[0-9a-f]+>"
              + "|https?://[^\\s<>()\"'、。」）]+[^\\s<>()\"'、。」）.,;:!?]"
              + "|[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+"
              + "|(?<![A-Za-z0-9])[A-Za-z]+-?[0-9][A-Za-z0-9-]*"
              + "|(?<![\\p{L}\\d)-])[-−][0-9][0-9.,]*"
              + "|\\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?\\b"
              + "|\\b(?:January|February|March|April|May|June|July|August|September|October"
              + "|November|December)\\b"
              + "|[月火水木金土日]曜|平日|土日|祝日|週末|令和|平成|昭和|午前|午後|正午|営業日|税込|税抜|税別"
              + "|[一二三四五六七八九十百千万億]+(?:日|週|年|月|か月|ヶ月|カ月|時|分|秒|円|人|名|個|回|件|枚|台|歳|割|つ)"
              + "|半(?:日|年|額|分|月)"
              + "|(?i:\\b(?:business|working|calendar|weekdays?|weekends?|noon|midnight|half|twice"
              + "|thrice|double|dozen|one|eleven|twelve|thirteen|fifteen|sixteen|seventeen"
              + "|eighteen|nineteen|twenty|forty|fifty|sixty|seventy|eighty|ninety|hundred"
              + "|thousand|million|billion|quarter|first|second|third|daily|weekly|monthly"
              + "|yearly|annual(?:ly)?|hourly)\\b)");
  private static final Set<String> MEASURES =
      Set.of(
          ("day week month year hour minute min second sec night am pm kg kilogram gram g km m cm mm"
                  + " meter metre kilometer kilometre mile inch foot feet gb mb kb tb byte w kw watt"
                  + " volt v hz mhz ghz c f degree l ml liter litre people person piece item time"
                  + " dollar usd euro eur pound gbp cent")
              .split(" "));

  static StatedDetails of(String text) {
    String normal = Normalizer.normalize(text, Normalizer.Form.NFKC);
    SortedSet<String> literals = new TreeSet<>();
    Matcher literal = LITERAL.matcher(normal);
    while (literal.find()) {
      literals.add(literal.group().toLowerCase(Locale.ROOT).replace('−', '-'));
    }
    return new StatedDetails(StatedFacts.of(text), literals);
  }

  /** Whether all that this text states exactly is stated there too. */
  boolean isProvenBy(StatedDetails evidence) {
    if (!evidence.literals.containsAll(literals)) {
      return false;
    }
    SortedSet<String> values = evidence.facts.values();
    for (Map.Entry<String, SortedSet<String>> stated : facts.numbers().entrySet()) {
      boolean proven =
          isMeasure(stated.getKey())
              ? evidence.valuesOf(stated.getKey()).containsAll(stated.getValue())
              : values.containsAll(stated.getValue());
      if (!proven) {
        return false;
      }
    }
    return true;
  }

  /** Values of a unit; of a counter word the first character tells, since the next is no part. */
  private SortedSet<String> valuesOf(String unit) {
    SortedSet<String> values = new TreeSet<>(facts.numbers().getOrDefault(unit, new TreeSet<>()));
    if (isHan(unit.charAt(0))) {
      facts
          .numbers()
          .forEach(
              (other, numbers) -> {
                if (!other.isEmpty() && other.charAt(0) == unit.charAt(0)) {
                  values.addAll(numbers);
                }
              });
    }
    return values;
  }

  /** Any other word behind a number is taken for one, such as the verb of the sentence. */
  private static boolean isMeasure(String unit) {
    return !unit.isEmpty() && (unit.charAt(0) > 'z' || !isLatin(unit) || MEASURES.contains(unit));
  }

  private static boolean isLatin(String unit) {
    return unit.charAt(0) >= 'a' && unit.charAt(0) <= 'z';
  }

  private static boolean isHan(char c) {
    return Character.UnicodeScript.of(c) == Character.UnicodeScript.HAN;
  }
}
