package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;

/**
 * What says that a capitalised word that may be a name is none here: it stands between determiner
 * and noun ("the Lincoln manual"), it is an order ("Rinse the filter"), or it is one of several
 * places.
 */
final class EnglishNameDoubt {

  private static final Set<String> POSSESSIVES =
      Set.of("my", "our", "your", "his", "her", "its", "their", "whose");

  private static final Set<String> DETERMINERS =
      Set.of("the", "a", "an", "this", "that", "these", "those", "each", "every", "any", "another");

  /** What may follow a name and is no noun that the name could stand in front of. */
  private static final Set<String> NO_NOUN =
      Set.of(
          ("is are was were be been am has have had does do did will would can could may might shall should must"
                  + " and or but nor yet so than then that which who whom whose if when while where because as since"
                  + " of in on at to for with by from about into over under after before until between through near"
                  + " not never also just only still always often here there now today yesterday tomorrow too again"
                  + " the a an this my our your his her its their it he she we they you i me him us them"
                  + " said says told went goes got gets took takes made makes came comes left gave wrote sent spoke ran"
                  + " knew saw began paid met kept held found felt thought brought bought taught lost won put set let")
              .split(" "));

  /** Kin, homes, works and affairs bear the names of the people whose they are. */
  private static final Set<String> OF_PEOPLE =
      Set.of(
          ("family families brothers sisters twins household siblings couple residence home estate"
                  + " novel novels poem poems book books essay album song songs painting paintings letter letters"
                  + " biography wedding funeral trial case murder affair marriage inheritance")
              .split(" "));

  private static final Set<String> TECHNOLOGY =
      Set.of(
          ("files file module modules mixin mixins syntax plugin plugins package packages compiler variables functions"
                  + " stylesheets stylesheet theme themes extension extensions config configuration parser driver"
                  + " drivers binary repository repo workflow workflows pipeline pipelines cluster clusters script"
                  + " scripts template templates container containers runtime deployment namespace schema dashboard"
                  + " widget widgets token tokens query queries release releases tutorial documentation docs component"
                  + " components integration integrations command commands")
              .split(" "));

  private static final Set<String> OBJECTS = Set.of("the", "a", "an", "your", "this");

  private static final int MAX_MEMBERS = 8;

  private EnglishNameDoubt() {}

  /** Whether the single word at the index is most likely no person; introductions outweigh it. */
  static boolean isDoubtful(ScannedText text, List<LatinWord> words, int index) {
    return isTechnology(text, words, index)
        || isAttribute(text, words, index)
        || isOrder(text, words, index)
        || isPlaceAmongPlaces(text, words, index);
  }

  /** "Leaf syntax", "the Kumo compiler": what only software has. */
  private static boolean isTechnology(ScannedText text, List<LatinWord> words, int index) {
    return isSpaced(text, words, index)
        && TECHNOLOGY.contains(words.get(index + 1).lower())
        && words.get(index + 1).isLowerCase();
  }

  private static boolean isAttribute(ScannedText text, List<LatinWord> words, int index) {
    if (!isSpaced(text, words, index - 1) || !isSpaced(text, words, index)) {
      return false;
    }
    String before = words.get(index - 1).lower();
    LatinWord next = words.get(index + 1);
    boolean possessive = POSSESSIVES.contains(before);
    if (!possessive && !DETERMINERS.contains(before)
        || !next.isLowerCase()
        || NO_NOUN.contains(next.lower())
        || OF_PEOPLE.contains(next.lower())
        || next.lower().endsWith("ly")) {
      return false;
    }
    boolean verb = next.lower().endsWith("ed") || next.lower().endsWith("s");
    return !possessive || !verb;
  }

  private static boolean isOrder(ScannedText text, List<LatinWord> words, int index) {
    return isSpaced(text, words, index)
        && OBJECTS.contains(words.get(index + 1).lower())
        && EnglishNameRecognizer.opensSentence(text, words.get(index).start());
  }

  /** Whether one space and nothing else separates a word from the next. */
  private static boolean isSpaced(ScannedText text, List<LatinWord> words, int index) {
    return index >= 0
        && index + 1 < words.size()
        && words.get(index + 1).start() - words.get(index).end() == 1
        && text.at(words.get(index).end()) == ' ';
  }

  /**
   * "in Preston, Lancaster or Kendal": one known place vouches for all; behind "to" and "from",
   * which people follow as well, only one that is no given name.
   */
  private static boolean isPlaceAmongPlaces(ScannedText text, List<LatinWord> words, int index) {
    int first = index;
    for (int i = 0; i < MAX_MEMBERS && previousMember(text, words, first) >= 0; i++) {
      first = previousMember(text, words, first);
    }
    if (!isSpaced(text, words, first - 1)
        || EnglishNameContext.introduction(text, words.get(first), true) > 0) {
      return false;
    }
    String preposition = words.get(first - 1).lower();
    if (!Set.of("in", "to", "from").contains(preposition)) {
      return false;
    }
    int members = 0;
    int places = 0;
    for (int member = first; member >= 0 && members < MAX_MEMBERS; members++) {
      LatinWord word = words.get(member);
      boolean place = preposition.equals("in") || !EnglishNames.isGiven(word);
      places += place && PlaceRecognizer.isTown(word.lower()) ? 1 : 0;
      member = nextMember(text, words, member);
    }
    return members > 1 && places > 0;
  }

  private static int previousMember(ScannedText text, List<LatinWord> words, int index) {
    for (int before = index - 1; before >= Math.max(0, index - 2); before--) {
      if (nextMember(text, words, before) == index) {
        return before;
      }
    }
    return -1;
  }

  /** The capitalised word that a comma, "and" or "or" joins to this one, or -1. */
  private static int nextMember(ScannedText text, List<LatinWord> words, int index) {
    if (!words.get(index).isCapitalized() || index + 1 >= words.size()) {
      return -1;
    }
    int next = index + 1;
    boolean comma =
        text.at(words.get(index).end()) == ','
            && words.get(next).start() - words.get(index).end() == 2;
    boolean joined = comma;
    if ((comma || isSpaced(text, words, index))
        && Set.of("and", "or").contains(words.get(next).lower())
        && isSpaced(text, words, next)) {
      next++;
      joined = true;
    }
    return joined && words.get(next).isCapitalized() ? next : -1;
  }
}
