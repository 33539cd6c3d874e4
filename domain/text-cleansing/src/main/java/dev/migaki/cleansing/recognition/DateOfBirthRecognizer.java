package dev.migaki.cleansing.recognition;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates that a birth word marks; all other dates are business facts and stay. */
final class DateOfBirthRecognizer implements Recognizer {

  private static final String MONTH =
      "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|"
          + "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";

  /** A calendar date in the notations of both languages. */
  static final Pattern DATE =
      Pattern.compile(
          "(?<![\\d/.-])(?:(?:(?:明治|大正|昭和|平成|令和|[mtshr]\\.?) ?(?:元|\\d{1,2})|(?:1[89]|20)\\d{2})"
              + " ?[年/.-] ?\\d{1,2} ?[月/.-] ?\\d{1,2}(?: ?日)?"
              + "|(?:明治|大正|昭和|平成|令和) ?(?:元|[一二三四五六七八九十]{1,3}) ?年 ?[一二三四五六七八九十]{1,2} ?月 ?[一二三四五六七八九十]{1,3} ?日|(?:1[89]|20)\\d{6}"
              + "|\\d{1,2}[/.-]\\d{1,2}[/.-](?:(?:1[89]|20)\\d{2}|\\d{2})|"
              + MONTH
              + "\\.? \\d{1,2}(?:st|nd|rd|th)?,? (?:1[89]|20)\\d{2}"
              + "|\\d{1,2}(?:st|nd|rd|th)?[ -](?:of )?"
              + MONTH
              + "\\.?,?[ -](?:1[89]|20)\\d{2}"
              + ")(?![\\d/])");

  private static final String STARTS = "jfmasond明大昭平令tr";

  /**
   * Calls {@code hit} with start and end of every calendar date; tries only where one may begin.
   */
  static void dates(String lower, BiConsumer<Integer, Integer> hit) {
    Matcher date = DATE.matcher(lower);
    date.useTransparentBounds(true);
    int index = 0;
    while (index < lower.length()) {
      if (mayStart(lower, index)) {
        date.region(index, Math.min(lower.length(), index + 40));
        if (date.lookingAt()) {
          hit.accept(date.start(), date.end());
          index = date.end();
          continue;
        }
      }
      index++;
    }
  }

  private static boolean mayStart(String lower, int index) {
    char c = lower.charAt(index);
    char before = index > 0 ? lower.charAt(index - 1) : ' ';
    if (NumberGroups.isDigit(c)) {
      return !NumberGroups.isDigit(before);
    }
    return STARTS.indexOf(c) >= 0 && !LatinWord.isLetter(before);
  }

  private static final Pattern SHORT_DATE =
      Pattern.compile(
          "(?<![\\d/])(?:\\d{1,2}月 ?\\d{1,2}日|"
              + MONTH
              + "\\.? \\d{1,2}(?:st|nd|rd|th)?|\\d{1,2}(?:st|nd|rd|th)? (?:of )?"
              + MONTH
              + "|(?:1[89]|20)\\d{2}年(?:\\d{1,2}月)?)(?![\\d/a-z])");

  @Override
  public String name() {
    return "date-of-birth";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit() && !text.hasJapanese()) {
      return;
    }
    String lower = text.lower();
    if (!text.cues().has(Cue.BIRTH) && !hasBornMark(lower)) {
      return;
    }
    dates(lower, (start, end) -> report(text, start, end, 0.9, findings));
    Matcher partial = SHORT_DATE.matcher(lower);
    while (partial.find()) {
      report(text, partial.start(), partial.end(), 0.6, findings);
    }
  }

  /** 生 behind a date: 「昭和45年3月12日生」, 「S45/3/12生」. */
  private static boolean hasBornMark(String lower) {
    for (int i = lower.indexOf('生', 1); i > 0; i = lower.indexOf('生', i + 1)) {
      char before = lower.charAt(i - 1);
      if (before == '日' || before == '年' || NumberGroups.isDigit(before)) {
        return true;
      }
    }
    return false;
  }

  /** The first date in the value of a field for it: prose may follow. */
  static void inField(ScannedText text, int start, int end, Consumer<Finding> findings) {
    Matcher date = DATE.matcher(text.lower()).region(start, end);
    if (date.find()) {
      findings.accept(
          new Finding(FindingType.DATE_OF_BIRTH, date.start(), date.end(), 0.9, "field"));
    }
  }

  private static void report(
      ScannedText text, int start, int end, double score, Consumer<Finding> findings) {
    boolean marked =
        text.cues().before(Cue.BIRTH, start, 28)
            || text.cues().within(Cue.BIRTH, end - 3, end + 8)
            // not "5月22日生物多様性の日"
            || text.at(end) == '生' && !Character.isIdeographic(text.at(end + 1));
    if (marked) {
      findings.accept(new Finding(FindingType.DATE_OF_BIRTH, start, end, score, "date-of-birth"));
    }
  }
}
