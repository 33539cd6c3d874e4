package dev.migaki.cleansing.recognition;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ages of persons; age limits ("18歳以上", "over 65") are rules of the business and stay. */
final class AgeRecognizer implements Recognizer {

  private static final Pattern JAPANESE =
      Pattern.compile(
          "(?<![\\d.~〜～-])(?:満 ?)?(\\d{1,3}) ?(?:歳|才)(?!"
              + " ?(?:以上|以下|未満|まで|から|以降|前後|頃|ごろ|ころ|を超|に満|児|代|の誕生日|になる|〜|～|~|-|・|、\\d|又は|または|か))");
  private static final Pattern ENGLISH =
      Pattern.compile(
          "(?<![\\d.$-])(\\d{1,3})(?= ?-?years?[ -]olds?\\b| ?y/?o\\b)|(?<=\\bturn |\\bturned"
              + " |\\bturning |\\bturns |\\baged |\\bage: |\\bage is |\\bam aged |\\bage of |\\bi'm"
              + " |\\bi am |\\bwhen he was |\\bwhen she was |\\bwhen i was )(\\d{1,3})(?![\\d.,:/-]\\d|\\d| ?(?:%|years?"
              + " (?!old)|months|minutes|hours|days|km|miles|or|and|to|st|nd|rd|th))");

  private static final Pattern LIMIT =
      Pattern.compile(
          "(?:over|under|above|below|least|than|minimum|maximum|between|until|before|after|from|to|children|persons?|people|ages?|adults?)"
              + " $");

  @Override
  public String name() {
    return "age";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit()
        || !text.cues().has(Cue.AGE)
            && !text.lower().contains("i'm ")
            && !text.lower().contains("i am ")
            && !text.lower().contains("he was ")
            && !text.lower().contains("when i was ")) {
      return;
    }
    String lower = text.lower();
    if (text.hasJapanese()) {
      Matcher matcher = JAPANESE.matcher(lower);
      while (matcher.find()) {
        report(matcher.start(), matcher.end(), matcher.group(1), 0.6, findings);
      }
    }
    Matcher matcher = ENGLISH.matcher(lower);
    for (int from = 0; NumberGroups.findAtDigit(matcher, lower, from); from = matcher.end()) {
      String before = lower.substring(Math.max(0, matcher.start() - 12), matcher.start());
      if (!LIMIT.matcher(before).find()) {
        report(matcher.start(), matcher.end(), matcher.group(), 0.65, findings);
      }
    }
  }

  private static void report(
      int start, int end, String number, double score, Consumer<Finding> findings) {
    int years = Integer.parseInt(number);
    if (years > 0 && years < 125) {
      findings.accept(new Finding(FindingType.AGE, start, end, score, "age"));
    }
  }
}
