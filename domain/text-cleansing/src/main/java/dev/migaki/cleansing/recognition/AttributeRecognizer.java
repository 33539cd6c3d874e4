package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Places, peoples, organisations, dates and titles: business facts by default, reported so that a
 * recipe may treat them otherwise.
 */
final class AttributeRecognizer implements Recognizer {

  private static final List<FindingType> TYPES = new ArrayList<>();
  private static final KeywordMatcher NAMES;

  static {
    List<String> names = new ArrayList<>();
    for (String place : EnglishPlaces.PLACES) {
      names.add(place.toLowerCase(Locale.ROOT));
      TYPES.add(FindingType.LOCATION);
    }
    for (String demonym : EnglishPlaces.DEMONYMS) {
      names.add(demonym.toLowerCase(Locale.ROOT));
      TYPES.add(FindingType.NATIONALITY);
    }
    NAMES = KeywordMatcher.of(names);
  }

  private static final Set<String> COMPANY_TAIL =
      Set.of(
          "inc",
          "ltd",
          "llc",
          "corp",
          "corporation",
          "gmbh",
          "plc",
          "group",
          "holdings",
          "company",
          "labs",
          "technologies",
          "solutions",
          "systems",
          "software",
          "bank",
          "university",
          "foundation",
          "institute",
          "partners",
          "associates",
          "analytics",
          "networks",
          "media",
          "office");

  private static final Pattern JAPANESE_COMPANY =
      Pattern.compile(
          "(?:株式会社|有限会社|合同会社|一般社団法人)[一-龥々ァ-ヶーA-Za-z0-9]{1,20}|[一-龥々ァ-ヶーA-Za-z0-9]{1,20}(?:株式会社|有限会社|合同会社)");

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

  @Override
  public String name() {
    return "attribute";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.latinWords().isEmpty()) {
      names(text, findings);
      companies(text, findings);
      words(text, findings);
    }
    if (text.hasDigit()) {
      DateOfBirthRecognizer.dates(
          text.lower(),
          (start, end) ->
              findings.accept(new Finding(FindingType.DATE_TIME, start, end, 0.6, "date")));
    }
    if (text.hasJapanese() && (text.folded().contains("会社") || text.folded().contains("法人"))) {
      all(JAPANESE_COMPANY, text.folded(), FindingType.ORGANIZATION, "japanese-company", findings);
    }
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

  /** Capitalised words up to a company's tail: "Cantrell Ltd.", "the Nucivic office". */
  private static void companies(ScannedText text, Consumer<Finding> findings) {
    List<LatinWord> words = text.latinWords();
    for (int tail = 1; tail < words.size(); tail++) {
      LatinWord last = words.get(tail);
      boolean office = last.lower().equals("office") && last.isLowerCase();
      if (!COMPANY_TAIL.contains(last.lower())
          || !office && !Character.isUpperCase(last.surface().charAt(0))) {
        continue;
      }
      int first = tail;
      while (first > 0
          && tail - first < 4
          && isCompanyWord(text, words.get(first - 1), words.get(first))) {
        first--;
      }
      int stop = office ? tail - 1 : tail;
      if (first <= stop && first < tail) {
        int end = words.get(stop).end();
        findings.accept(
            new Finding(
                FindingType.ORGANIZATION,
                words.get(first).start(),
                text.at(end) == '.' && !office ? end + 1 : end,
                0.6,
                "company"));
      }
    }
  }

  private static boolean isCompanyWord(ScannedText text, LatinWord word, LatinWord next) {
    int gap = next.start() - word.end();
    boolean adjacent =
        gap == 1 && text.at(word.end()) == ' ' || gap == 2 && text.at(word.end()) == ',';
    return adjacent
        && (Character.isUpperCase(word.surface().charAt(0)) && !word.lower().equals("the")
            || word.lower().equals("and"));
  }

  private static void names(ScannedText text, Consumer<Finding> findings) {
    NAMES.scan(
        text.lower(),
        (start, end, keyword) -> {
          boolean whole =
              !LatinWord.isLetter(text.at(start - 1))
                  && !LatinWord.isLetter(text.at(end))
                  && "-_@/.".indexOf(text.at(start - 1)) < 0
                  && "_@/".indexOf(text.at(end)) < 0;
          if (whole && Character.isUpperCase(text.at(start))) {
            findings.accept(new Finding(TYPES.get(keyword), start, end, 0.7, "gazetteer"));
          }
        });
  }

  private static void all(
      Pattern pattern, String text, FindingType type, String rule, Consumer<Finding> findings) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      if (matcher.end() > matcher.start()) {
        findings.accept(new Finding(type, matcher.start(), matcher.end(), 0.6, rule));
      }
    }
  }
}
