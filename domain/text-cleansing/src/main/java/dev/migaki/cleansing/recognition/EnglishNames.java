package dev.migaki.cleansing.recognition;

import java.util.HashSet;
import java.util.Set;

/** The gazetteers behind English name recognition. */
final class EnglishNames {

  static final Set<String> GIVEN = new HashSet<>();
  static final Set<String> FAMILY = new HashSet<>();

  /** Names that are also ordinary words (Will, May, Bill): never enough on their own. */
  static final Set<String> AMBIGUOUS = new HashSet<>();

  static final Set<String> WORDS = new HashSet<>(WordList.load("english-words.txt"));

  static final Set<String> PARTICLES =
      Set.of(
          "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "la", "le", "bin",
          "al", "el", "ter", "ten", "st", "mc", "mac", "o", "y", "du");

  /** Capitalised words that look like names and are none. */
  static final Set<String> NEVER =
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
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december",
          "english",
          "french",
          "german",
          "japanese",
          "chinese",
          "spanish",
          "italian",
          "dutch",
          "american",
          "british",
          "windows",
          "linux",
          "ubuntu",
          "debian",
          "android",
          "google",
          "microsoft",
          "amazon",
          "apple",
          "oracle",
          "java",
          "python",
          "ruby",
          "perl",
          "docker",
          "azure",
          "office",
          "excel",
          "word",
          "outlook",
          "chrome",
          "safari",
          "firefox",
          "edge",
          "teams",
          "slack",
          "zoom",
          "internet",
          "web",
          "wifi",
          "bluetooth",
          "ios",
          "mac",
          "email",
          "christmas",
          "easter",
          "god",
          "bible",
          "covid",
          "medicare",
          "medicaid",
          "paypal",
          "visa",
          "mastercard",
          "customer",
          "agent",
          "support",
          "team",
          "user",
          "admin",
          "manager",
          "service",
          "bank",
          "street",
          "avenue",
          "road",
          "university",
          "college",
          "school",
          "hospital",
          "center",
          "centre",
          "inc",
          "ltd",
          "corp",
          "llc",
          "company",
          "dear",
          "hello",
          "regards",
          "thanks",
          "sincerely",
          "sir",
          "madam",
          "mr",
          "mrs",
          "ms",
          "dr",
          "miss",
          "prof",
          "mon",
          "tue",
          "tues",
          "wed",
          "thu",
          "thur",
          "thurs",
          "fri",
          "sat",
          "sun",
          "jan",
          "feb",
          "mar",
          "apr",
          "jun",
          "jul",
          "aug",
          "sep",
          "sept",
          "oct",
          "nov",
          "dec",
          "hi",
          "hey",
          "yes",
          "no",
          "ok",
          "okay",
          "sure",
          "sorry",
          "please",
          "can",
          "could",
          "would",
          "will",
          "how",
          "what",
          "when",
          "where",
          "why",
          "who",
          "which",
          "thank",
          "good",
          "great",
          "morning",
          "afternoon",
          "evening",
          "bing",
          "ids",
          "id",
          "via",
          "san",
          "santa",
          "del",
          "los",
          "las",
          "el",
          "tel",
          "fax",
          "mail",
          "español",
          "phone",
          "zika");

  static {
    load("given-names.txt", GIVEN);
    load("family-names.txt", FAMILY);
    for (String name : NEVER) {
      AMBIGUOUS.add(name);
    }
  }

  private EnglishNames() {}

  private static void load(String resource, Set<String> names) {
    for (String line : WordList.load(resource)) {
      if (line.endsWith("*")) {
        String name = line.substring(0, line.length() - 1);
        names.add(name);
        AMBIGUOUS.add(name);
      } else {
        names.add(line);
      }
    }
  }

  static boolean isGiven(LatinWord word) {
    return known(GIVEN, word.lower());
  }

  static boolean isFamily(LatinWord word) {
    return known(FAMILY, word.lower());
  }

  private static boolean known(Set<String> names, String lower) {
    if (names.contains(lower)) {
      return true;
    }
    int hyphen = lower.indexOf('-');
    return hyphen > 1
        && names.contains(lower.substring(0, hyphen))
        && names.contains(lower.substring(hyphen + 1));
  }

  static boolean isWord(LatinWord word) {
    return WORDS.contains(word.lower());
  }

  static boolean isAmbiguous(LatinWord word) {
    return AMBIGUOUS.contains(word.lower())
        || WORDS.contains(word.lower())
        || EnglishPlaces.SINGLE.contains(word.lower());
  }
}
