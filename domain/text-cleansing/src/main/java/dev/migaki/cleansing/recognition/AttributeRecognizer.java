package dev.migaki.cleansing.recognition;

import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Dates, times and titles: business facts by default, reported so that a recipe may treat them. */
final class AttributeRecognizer implements Recognizer {

  private static final Set<String> TITLES = Set.of("mr", "mrs", "ms", "dr", "prof", "miss");

  private static final Set<String> DAYS =
      Set.of(
          "monday",
          "tuesday",
          "wednesday",
          "thursday",
          "friday",
          "saturday",
          "sunday",
          "january",
          "february",
          "april",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "yesterday",
          "tomorrow");

  private static final Pattern YEAR =
      Pattern.compile(
          "(?<![\\w.,/:+#$€£¥%-])(?:19[3-9]|20[0-4])\\d(?![\\w/:%+-]|[.,]\\d| ?(?:yen|円|個|件|台|units|items))");

  private static final Pattern TIME =
      Pattern.compile("[ t]\\d{1,2}:\\d{2}(?::\\d{2})?(?:\\.\\d{1,6})?(?: ?(?:am|pm|utc|z)\\b)?");

  @Override
  public String name() {
    return "attribute";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.latinWords().isEmpty()) {
      words(text, findings);
    }
    if (text.hasDigit()) {
      DateOfBirthRecognizer.dates(
          text.lower(),
          (start, end) ->
              findings.accept(
                  new Finding(
                      FindingType.DATE_TIME, start, endWithTime(text.lower(), end), 0.6, "date")));
      years(text, findings);
    }
  }

  /** "in 1977", "2020-06-20 14:11:22": years and times of day. */
  private static void years(ScannedText text, Consumer<Finding> findings) {
    if (!text.folded().contains("19") && !text.folded().contains("20")) {
      return;
    }
    Matcher matcher = YEAR.matcher(text.folded());
    while (matcher.find()) {
      findings.accept(
          new Finding(FindingType.DATE_TIME, matcher.start(), matcher.end(), 0.5, "year"));
    }
  }

  private static int endWithTime(String lower, int end) {
    Matcher time = TIME.matcher(lower).region(end, Math.min(lower.length(), end + 24));
    return time.lookingAt() ? time.end() : end;
  }

  private static void words(ScannedText text, Consumer<Finding> findings) {
    for (LatinWord word : text.latinWords()) {
      if (TITLES.contains(word.lower()) && word.isCapitalized()) {
        int end = text.at(word.end()) == '.' ? word.end() + 1 : word.end();
        if (text.at(end) == ' ' && Character.isUpperCase(text.at(end + 1))) {
          findings.accept(new Finding(FindingType.TITLE, word.start(), end, 0.6, "title"));
        }
      } else if (DAYS.contains(word.lower())) {
        findings.accept(new Finding(FindingType.DATE_TIME, word.start(), word.end(), 0.6, "day"));
      }
    }
  }
}
