package dev.migaki.cleansing.recognition;

import java.text.Normalizer;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
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
          "al", "el", "ter", "ten", "te", "ben", "ibn", "st", "mc", "mac", "o", "y", "du");

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
          "zika",
          "sass",
          "irish");

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

  static final int GIVEN_BIT = 1;
  static final int FAMILY_BIT = 2;
  static final int AMBIGUOUS_BIT = 4;
  static final int WORD_BIT = 8;
  static final int NEVER_BIT = 16;

  private static final Map<String, Integer> LEXICON = new HashMap<>();

  static {
    mark(GIVEN, GIVEN_BIT);
    mark(FAMILY, FAMILY_BIT);
    mark(WORDS, WORD_BIT | AMBIGUOUS_BIT);
    mark(AMBIGUOUS, AMBIGUOUS_BIT);
    mark(EnglishPlaces.SINGLE, AMBIGUOUS_BIT);
    mark(NEVER, NEVER_BIT | AMBIGUOUS_BIT);
  }

  private static void mark(Set<String> words, int bits) {
    for (String word : words) {
      LEXICON.merge(word, bits, (known, added) -> known | added);
    }
  }

  /** Bits of everything that the lists know of a word in lower case. */
  static int lexicon(String lower) {
    int bits = LEXICON.getOrDefault(lower, 0);
    if (bits == 0 && hasAccent(lower)) {
      int plain = LEXICON.getOrDefault(withoutAccents(lower), 0);
      bits = plain & (GIVEN_BIT | FAMILY_BIT | AMBIGUOUS_BIT);
      bits |= bits == FAMILY_BIT ? AMBIGUOUS_BIT : 0;
    }
    int hyphen = lower.indexOf('-');
    if (hyphen > 1) {
      int both =
          LEXICON.getOrDefault(lower.substring(0, hyphen), 0)
              & LEXICON.getOrDefault(lower.substring(hyphen + 1), 0);
      bits |= both & (GIVEN_BIT | FAMILY_BIT);
    }
    return bits;
  }

  private static boolean hasAccent(String lower) {
    for (int i = 0; i < lower.length(); i++) {
      if (lower.charAt(i) >= 0xDF && lower.charAt(i) <= 0x24F) {
        return true;
      }
    }
    return false;
  }

  /** "hilário" as "hilario": lists differ in whether they keep the marks. */
  static String withoutAccents(String lower) {
    String marks = Normalizer.normalize(lower, Normalizer.Form.NFD);
    StringBuilder plain = new StringBuilder(marks.length());
    for (int i = 0; i < marks.length(); i++) {
      char c = marks.charAt(i);
      if (Character.getType(c) != Character.NON_SPACING_MARK) {
        plain.append(
            switch (c) {
              case 'ł' -> 'l';
              case 'ø' -> 'o';
              case 'đ' -> 'd';
              case 'ı' -> 'i';
              default -> c;
            });
      }
    }
    return plain.toString();
  }

  static boolean isGiven(LatinWord word) {
    return word.is(GIVEN_BIT);
  }

  static boolean isFamily(LatinWord word) {
    return word.is(FAMILY_BIT);
  }

  static boolean isWord(LatinWord word) {
    return word.is(WORD_BIT);
  }

  /** A name that is also an ordinary word, a place or a product: never enough on its own. */
  static boolean isAmbiguous(LatinWord word) {
    return word.is(AMBIGUOUS_BIT);
  }

  /** Looks like a name and is none. */
  static boolean isNever(LatinWord word) {
    return word.is(NEVER_BIT);
  }
}
