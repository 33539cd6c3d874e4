package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses of France and of German-speaking countries by what their form has for itself: the
 * number in front of the kind of street ("12 rue de Rivoli, 75001 Paris"), or code and town behind
 * the number, whatever the street is called ("Unter den Linden 77, 10117 Berlin").
 */
final class ContinentalAddressRecognizer implements Recognizer {

  private static final String NAME = "\\p{Lu}[\\p{L}'’-]{1,24}";
  private static final String TOWN =
      "(?!Euro|EUR|Tel|Fax)(?:(?:Bad|Le|La|Les|Saint|Sankt|St\\.?|Den|Neu) )?"
          + NAME
          + "(?: (?:am|an der|ob der|im|sur) "
          + NAME
          + ")?";

  /** ", 10117 Berlin", "\n1060 Wien", ", F-75001 Paris". */
  static final String CODE_TOWN =
      ",? ?\\n? ?(?:(?:[A-Z]{1,2}-)?\\d{4,5}|\\d{2}-\\d{3}|\\d{3} \\d{2}|\\d{4} ?[A-Z]{2})[ \\n]"
          + TOWN;

  private static final Set<String> FRENCH_STREETS =
      Set.of("rue", "avenue", "boulevard", "bd", "impasse", "allée", "chemin", "quai", "faubourg");

  /** Words of other languages, too: code and town must follow. */
  private static final Set<String> FRENCH_PLACES =
      Set.of("place", "cours", "square", "passage", "route", "villa", "cité", "esplanade", "mail");

  private static final String FRENCH_PARTICLE =
      "(?: (?:de|du|des|la|le|les|en|sous|sur|aux?|à|et|\\d{1,2}))";
  private static final String FRENCH_NAME = " (?:[dl]['’])?" + NAME;

  private static final Pattern FRENCH =
      Pattern.compile(
          "\\d{1,4}(?: ?(?:bis|ter|quater)|[A-D])?,? \\p{L}+\\.?"
              + FRENCH_PARTICLE
              + "{0,3}"
              + FRENCH_NAME
              + "(?:"
              + FRENCH_PARTICLE
              + "{0,2}"
              + FRENCH_NAME
              + "){0,3}(,? ?\\n? ?(?:F-)?\\d{5} "
              + TOWN
              + ")?");

  private static final Pattern FRENCH_NUMBER =
      Pattern.compile("(?<![\\p{L}\\d.,])(\\d{1,4}(?: ?(?:bis|ter|quater)|[A-D])?,? )$");

  private static final Pattern NUMBER_CODE_TOWN =
      Pattern.compile(
          "\\d{1,4} ?[a-z]?(?:[-/]\\d{1,4}[a-z]?)?,? ?\\n? ?(?:[A-Z]{1,2}-)?(?!\\d\\d000)\\d{5} "
              + TOWN);

  private static final Set<String> GERMAN_ARTICLES = Set.of("der", "den", "dem");
  private static final Set<String> GERMAN_OPENERS =
      Set.of("am", "an", "auf", "bei", "im", "in", "unter", "vor", "zum", "zur");

  private static final int MOST_WORDS = 4;

  @Override
  public String name() {
    return "continental-address";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit()) {
      return;
    }
    List<LatinWord> words = text.latinWords();
    Matcher german = NUMBER_CODE_TOWN.matcher(text.folded());
    for (int i = 0; i < words.size(); i++) {
      LatinWord word = words.get(i);
      if (isFrenchStreet(text, word)) {
        french(text, word, findings);
      }
      if (text.at(word.end()) == ' ' && NumberGroups.isDigit(text.at(word.end() + 1))) {
        german.region(word.end() + 1, Math.min(text.length(), word.end() + 90));
        if (german.lookingAt()) {
          german(text, words, i, german.end(), findings);
        }
      }
    }
  }

  private static boolean isFrenchStreet(ScannedText text, LatinWord word) {
    char before = text.at(word.start() - 2);
    return text.at(word.start() - 1) == ' '
        && (NumberGroups.isDigit(before) || before == ',' || "rsABCD".indexOf(before) >= 0)
        && (FRENCH_STREETS.contains(word.lower()) || FRENCH_PLACES.contains(word.lower()));
  }

  private static void french(ScannedText text, LatinWord street, Consumer<Finding> findings) {
    String folded = text.folded();
    Matcher number = FRENCH_NUMBER.matcher(folded);
    number.region(Math.max(0, street.start() - 14), street.start());
    if (!number.find()) {
      return;
    }
    Matcher address = FRENCH.matcher(folded);
    address.region(number.start(), Math.min(folded.length(), street.end() + 140));
    if (address.lookingAt() && (address.start(1) >= 0 || FRENCH_STREETS.contains(street.lower()))) {
      report(address.start(), address.end(), address.start(1) >= 0, findings);
    }
  }

  /** From the number back over the words of the street's name. */
  private static void german(
      ScannedText text, List<LatinWord> words, int last, int end, Consumer<Finding> findings) {
    int first = last;
    while (first > 0
        && last - first < MOST_WORDS
        && words.get(first).start() - words.get(first - 1).end() == 1
        && text.at(words.get(first - 1).end()) == ' '
        && (words.get(first - 1).isCapitalized()
            || GERMAN_ARTICLES.contains(words.get(first - 1).lower()))) {
      first--;
    }
    while (first < last && !opensStreet(words.get(first))) {
      first++;
    }
    boolean called = first < last && GERMAN_OPENERS.contains(words.get(first).lower());
    if (called || opensStreet(words.get(last))) {
      report(words.get(first).start(), end, true, findings);
    }
  }

  private static boolean opensStreet(LatinWord word) {
    return word.isCapitalized()
        && (GERMAN_OPENERS.contains(word.lower())
            || !EnglishNames.isWord(word) && !EnglishNames.isNever(word));
  }

  private static void report(int start, int end, boolean town, Consumer<Finding> findings) {
    findings.accept(
        new Finding(
            FindingType.STREET_ADDRESS, start, end, town ? 0.8 : 0.65, "continental-street"));
  }
}
