package dev.migaki.cleansing.recognition;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Towns, regions, countries and peoples: by gazetteer, and by words that a place follows ("grew up
 * in", "flew to"). An attribute: kept unless a recipe says otherwise, so context may speak freely.
 */
final class PlaceRecognizer implements Recognizer {

  /** Lower case, up to four words. */
  private static final Set<String> GAZETTEER = new HashSet<>(WordList.load("place-names.txt"));

  private static final Set<String> COUNTRIES = new HashSet<>();
  private static final Set<String> DEMONYMS = new HashSet<>();
  private static final int MAX_WORDS = 6;

  /** First words of places, so that most words need no closer look. */
  private static final Set<String> HEADS = new HashSet<>();

  private static final Set<String> COUNTRY_HEADS = new HashSet<>();

  static {
    for (String place : EnglishPlaces.PLACES) {
      COUNTRIES.add(place.toLowerCase(Locale.ROOT));
    }
    for (String demonym : EnglishPlaces.DEMONYMS) {
      String people = demonym.toLowerCase(Locale.ROOT);
      DEMONYMS.add(people);
      if (people.matches(".*[^hzs][^hzse]|.*(?:witness|ane|ede|iote?)")) {
        DEMONYMS.add(people.endsWith("man") && people.length() > 7 ? people : people + "s");
      }
    }
    COUNTRIES.forEach(name -> COUNTRY_HEADS.add(headOf(name)));
    DEMONYMS.forEach(name -> COUNTRY_HEADS.add(headOf(name)));
    HEADS.addAll(COUNTRY_HEADS);
    GAZETTEER.forEach(name -> HEADS.add(headOf(name)));
  }

  /** The first word as {@link LatinWord} cuts it: "St. Louis" begins with "st". */
  private static String headOf(String name) {
    int end = 0;
    while (end < name.length()
        && (LatinWord.isLetter(name.charAt(end)) || name.charAt(end) == '-')) {
      end++;
    }
    return name.substring(0, end);
  }

  /** The last words of a cue. */
  private static final Set<String> CUE_ENDS =
      Set.of("in", "at", "near", "to", "from", "of", "on", "hometown", "town", "city");

  /** A place follows for certain. */
  private static final Pattern STRONG_CUE =
      Pattern.compile(
          "(?:\\b(?:lives?|living|lived|born|raised|based|situated|located|resides?|residing|grew up|stayed|staying|arrived) (?:in|at|near)"
              + "|\\b(?:lives?|living|lived) on"
              + "|\\b(?:flew|moved|travell?ed|travell?ing|returned|emigrated|relocated|drove|flight|flights|trip|train|bus|tickets?) (?:to|from|back to)"
              + "|\\boriginally from|\\bi am in|\\bi'm in|\\b(?:university|city|town|village|port|county|district|mayor|people|suburbs?) of|\\bhome ?town(?: of)?|\\bhome city"
              + "|\\bliving in|\\byear in|\\b(?:today|morning|afternoon|evening|night) from) $");

  /** Endings that make a town or county, in words that no list knows. */
  private static final Pattern PLACE_ENDING =
      Pattern.compile(
          "\\p{L}{3,}(?:ville|burgh?|mouth|borough|shire|chester|bury|furt|stadt|dorf|hausen|haven|berg|stad|town)");

  private static final Pattern WEAK_CUE = Pattern.compile("(?:\\bin|\\bfrom|\\bnear) $");

  /** Whether a phrase, in lower case, is a country, people or known town of several words. */
  static boolean isPlaceOfSeveralWords(String phrase) {
    return phrase.indexOf(' ') > 0
        && (GAZETTEER.contains(phrase) || COUNTRIES.contains(phrase) || DEMONYMS.contains(phrase));
  }

  /** Whether a word, in lower case, is a country or a known town, whatever else it may be. */
  static boolean isTown(String word) {
    return GAZETTEER.contains(word) || COUNTRIES.contains(word);
  }

  /** Whether a word, in lower case, names a people or a faith. */
  static boolean isPeople(String word) {
    return DEMONYMS.contains(word);
  }

  @Override
  public String name() {
    return "place";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    List<LatinWord> words = text.latinWords();
    int index = 0;
    while (index < words.size()) {
      int known = gazetteerEnd(text, words, index);
      if (known >= index) {
        LatinWord first = words.get(index);
        boolean people = DEMONYMS.contains(phrase(text, first.start(), words.get(known).end()));
        findings.accept(
            new Finding(
                people ? FindingType.NATIONALITY : FindingType.LOCATION,
                first.start(),
                words.get(known).end(),
                0.7,
                "gazetteer"));
        index = known + 1;
        continue;
      }
      index = contextual(text, words, index, findings);
    }
  }

  private static String phrase(ScannedText text, int start, int end) {
    return text.lower().substring(start, end);
  }

  /** Last word of the longest known place that starts here, or less than {@code first}. */
  private static int gazetteerEnd(ScannedText text, List<LatinWord> words, int first) {
    LatinWord head = words.get(first);
    boolean capital = Character.isUpperCase(head.surface().charAt(0));
    if (!(capital ? HEADS : COUNTRY_HEADS).contains(head.lower()) || isJoined(text, head)) {
      return first - 1;
    }
    StringBuilder phrase = new StringBuilder(head.lower());
    int last = first - 1;
    for (int i = first; i < words.size() && i < first + MAX_WORDS; i++) {
      if (i > first) {
        if (!isAdjacent(text, words.get(i - 1), words.get(i))) {
          break;
        }
        phrase.append(' ').append(words.get(i).lower());
      }
      if (isJoined(text, words.get(i))) {
        break;
      }
      if (isKnown(phrase.toString(), capital, i > first, head)) {
        last = i;
      }
    }
    return last;
  }

  private static boolean isKnown(String phrase, boolean capital, boolean several, LatinWord head) {
    boolean country = COUNTRIES.contains(phrase) || DEMONYMS.contains(phrase);
    if (!capital) {
      return country && phrase.length() > 4 && !EnglishNames.WORDS.contains(phrase);
    }
    if (country) {
      return true;
    }
    boolean person = EnglishNames.isGiven(head) || EnglishNames.isFamily(head);
    return GAZETTEER.contains(phrase)
        && (several || !person && !EnglishNames.NEVER.contains(phrase));
  }

  /** Part of a path, an address or a code. */
  private static boolean isJoined(ScannedText text, LatinWord word) {
    return "_@/.".indexOf(text.at(word.start() - 1)) >= 0 && text.at(word.start() - 1) != '\0'
        || "_@/".indexOf(text.at(word.end())) >= 0 && text.at(word.end()) != '\0';
  }

  private static boolean isAdjacent(ScannedText text, LatinWord left, LatinWord right) {
    int gap = right.start() - left.end();
    return gap == 1 && " '".indexOf(text.at(left.end())) >= 0
        || gap == 2 && text.at(left.end()) == '.' && text.at(left.end() + 1) == ' ';
  }

  /** "from Wexford. Spoke": a stop behind a word that is no short form. */
  private static boolean endsSentence(ScannedText text, LatinWord word) {
    return text.at(word.end()) == '.' && word.surface().length() > 3;
  }

  /** "Port Wendy", "New Harrisville": last word of a place by its form, or one before the first. */
  private static int formedEnd(ScannedText text, List<LatinWord> words, int first) {
    LatinWord head = words.get(first);
    if (EnglishNamesakes.isPlacePrefix(head)
        && first + 1 < words.size()
        && isAdjacent(text, head, words.get(first + 1))) {
      LatinWord next = words.get(first + 1);
      boolean place =
          next.isCapitalized() && !EnglishNames.isWord(next) && !EnglishNames.isNever(next);
      return place ? first + 1 : first - 1;
    }
    boolean ending =
        head.isUnknown() && head.isCapitalized() && PLACE_ENDING.matcher(head.lower()).matches();
    return ending && !isJoined(text, head) ? first : first - 1;
  }

  /** Capitalised words behind a place cue; returns the next index. */
  private static int contextual(
      ScannedText text, List<LatinWord> words, int first, Consumer<Finding> findings) {
    LatinWord head = words.get(first);
    int formed = formedEnd(text, words, first);
    if (formed >= first) {
      findings.accept(
          new Finding(
              FindingType.LOCATION, head.start(), words.get(formed).end(), 0.55, "place-form"));
      return formed + 1;
    }
    char initial = head.surface().charAt(0);
    if (!Character.isUpperCase(initial)
        || head.surface().length() < 3
        || first == 0
        || !CUE_ENDS.contains(words.get(first - 1).lower())) {
      return first + 1;
    }
    String before = text.lower().substring(Math.max(0, head.start() - 32), head.start());
    boolean strong = STRONG_CUE.matcher(before).find();
    boolean unknown =
        !EnglishNames.isWord(head)
            && !EnglishNames.isNever(head)
            && (!head.isAllCaps() || head.surface().length() > 4);
    if (!strong && !(unknown && WEAK_CUE.matcher(before).find())) {
      return first + 1;
    }
    int last = first;
    while (last + 1 < words.size()
        && last - first < MAX_WORDS
        && isAdjacent(text, words.get(last), words.get(last + 1))
        && !endsSentence(text, words.get(last))
        && continues(words, last + 1)) {
      last++;
    }
    findings.accept(
        new Finding(
            FindingType.LOCATION,
            head.start(),
            endWithDistrict(text, words.get(last).end()),
            strong ? 0.6 : 0.5,
            "place-context"));
    return last + 1;
  }

  private static boolean continues(List<LatinWord> words, int index) {
    LatinWord word = words.get(index);
    if (Character.isUpperCase(word.surface().charAt(0))) {
      return true;
    }
    boolean particle =
        Set.of(
                "de", "la", "del", "di", "da", "do", "dos", "am", "an", "der", "den", "im", "sur",
                "upon", "en", "le", "les", "u", "v", "nad", "pod")
            .contains(word.lower());
    return particle
        && index + 1 < words.size()
        && Character.isUpperCase(words.get(index + 1).surface().charAt(0));
  }

  /** "Cheb 2", "Ceské Budejovice 6": a district number belongs to the town. */
  private static int endWithDistrict(ScannedText text, int end) {
    boolean one = text.at(end) == ' ' && NumberGroups.isDigit(text.at(end + 1));
    boolean more = NumberGroups.isDigit(text.at(end + 2)) || LatinWord.isLetter(text.at(end + 2));
    char behind = text.at(end + 2);
    return one && !more && " .,\n\0".indexOf(behind) >= 0 ? end + 2 : end;
  }
}
