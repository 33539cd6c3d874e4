package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;

/** What bears a person's name and is no person: firms, places, diseases, methods. */
final class EnglishNamesakes {

  /** What a name in front of it names: companies, places, things called after a person. */
  private static final Set<String> KINDS =
      Set.of(
          ("inc ltd llc corp corporation company co group holdings bank university college school"
                  + " hospital street st avenue ave road rd lane drive boulevard plc gmbh institute"
                  + " foundation labs systems solutions software technologies airport station hotel"
                  + " park county island river lake bridge museum stadium theatre theater center"
                  + " centre syndrome disease test law act award prize server cloud api sdk dataset"
                  + " algorithm theorem method protocol project edition database library studios"
                  + " orchestra office virus dysplasia dystrophy anomaly anemia tumor tumour fibers"
                  + " fibres myopathy tendon tendons malformation paralysis palsy cell cells body"
                  + " bodies gene disorder plus congenital endothelial scale index score sign"
                  + " criteria reaction sarcoma apparatus clinic oil fracture borealis shipyard plaza square platform page"
                  + " framework pattern distribution model equation day house church")
              .split(" "));

  /** First words of places that are called after people or saints: "Port Wendy", "Lake Francis". */
  private static final Set<String> PLACE_PREFIXES =
      Set.of(
          "north south east west new port lake fort mount point cape upper lower great little old"
              .split(" "));

  private EnglishNamesakes() {}

  /** Whether a name that ends in this word names something else than a person. */
  static boolean isKind(LatinWord tail) {
    return KINDS.contains(tail.lower())
        || OrganizationRecognizer.isKind(tail.lower()) && !EnglishNames.isFamily(tail);
  }

  /** Whether the word begins the name of a place, if a capitalised word follows. */
  static boolean isPlacePrefix(LatinWord word) {
    return word.isCapitalized() && PLACE_PREFIXES.contains(word.lower());
  }

  /** "Hannah's house" is hers, "Valentine's Day" is nobody's. */
  private static boolean isNamesake(LatinWord next) {
    boolean own = Set.of("house", "day", "church").contains(next.lower());
    return KINDS.contains(next.lower()) && (!own || next.isCapitalized());
  }

  /** "Hollis & Marr": one family name, joined to another. */
  private static boolean isPartOfFirm(ScannedText text, List<LatinWord> words, int from, int to) {
    boolean before = from > 0 && isJoined(text, words.get(from - 1), words.get(from));
    boolean after = to + 1 < words.size() && isJoined(text, words.get(to), words.get(to + 1));
    LatinWord partner = before ? words.get(from - 1) : after ? words.get(to + 1) : null;
    boolean listed =
        text.at(words.get(from).start() - 2) == ',' || text.at(words.get(to).end()) == ',';
    return from == to
        && !listed
        && partner != null
        && partner.isCapitalized()
        && !EnglishNames.isGiven(partner);
  }

  private static boolean isJoined(ScannedText text, LatinWord left, LatinWord right) {
    return right.start() - left.end() == 3 && text.folded().startsWith(" & ", left.end());
  }

  private static boolean isBehindPrefix(ScannedText text, List<LatinWord> words, int from, int to) {
    return from == to
        && from > 0
        && isPlacePrefix(words.get(from - 1))
        && EnglishNameRecognizer.isAdjacent(text, words.get(from - 1), words.get(from))
        && !EnglishNameRecognizer.opensSentence(text, words.get(from - 1).start());
  }

  /** "Parkinson's disease", "San Francisco", "Mayo Clinic". */
  static boolean namesSomethingElse(ScannedText text, List<LatinWord> words, int from, int to) {
    LatinWord tail = words.get(to);
    if (to + 1 < words.size()) {
      LatinWord next = words.get(to + 1);
      int gap = next.start() - tail.end();
      boolean possessive =
          gap == 3 && text.lower().startsWith("'s ", tail.end())
              || gap == 2 && text.lower().startsWith("' ", tail.end());
      if ((EnglishNameRecognizer.isAdjacent(text, tail, next) || possessive) && isNamesake(next)) {
        return true;
      }
    }
    if (isPartOfFirm(text, words, from, to) || isBehindPrefix(text, words, from, to)) {
      return true;
    }
    String phrase = phrase(words, from, to);
    boolean before =
        from > 0 && EnglishNameRecognizer.isAdjacent(text, words.get(from - 1), words.get(from));
    boolean after =
        to + 1 < words.size() && EnglishNameRecognizer.isAdjacent(text, tail, words.get(to + 1));
    return isElse(phrase)
        || before && isElse(words.get(from - 1).lower() + ' ' + phrase)
        || after && isElse(phrase + ' ' + words.get(to + 1).lower());
  }

  private static boolean isElse(String phrase) {
    return OrganizationRecognizer.isKnown(phrase) || PlaceRecognizer.isPlaceOfSeveralWords(phrase);
  }

  private static String phrase(List<LatinWord> words, int from, int to) {
    StringBuilder phrase = new StringBuilder(words.get(from).lower());
    for (int i = from + 1; i <= to; i++) {
      phrase.append(' ').append(words.get(i).lower());
    }
    return phrase.toString();
  }
}
