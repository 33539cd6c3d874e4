package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Person names in Latin letters: gazetteers say which words may be names, the words around them
 * whether they are.
 */
final class EnglishNameRecognizer implements Recognizer {

  private static final Set<String> DEGREES =
      Set.of("md", "phd", "dds", "jr", "sr", "ii", "iii", "iv", "esq", "cpa", "dvm", "rn");

  /** Particles that are no words of English, nor articles of places. */
  private static final Set<String> LEADING_PARTICLES =
      Set.of("van", "von", "der", "den", "ter", "ten", "te", "bin", "ibn", "dos", "della");

  @Override
  public String name() {
    return "english-name";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    List<LatinWord> words = text.latinWords();
    int index = 0;
    while (index < words.size()) {
      LatinWord word = words.get(index);
      if (!word.isCapitalized() && !word.isInitial()) {
        index = lowerCasePair(text, words, index, findings);
        continue;
      }
      int last = sequenceEnd(text, words, index);
      report(text, words, index, last, findings);
      index = last + 1;
    }
  }

  /** "patricia desrosiers": both known, neither an ordinary word. */
  private static int lowerCasePair(
      ScannedText text, List<LatinWord> words, int index, Consumer<Finding> findings) {
    if (index + 1 < words.size()) {
      LatinWord first = words.get(index);
      LatinWord second = words.get(index + 1);
      boolean pair =
          isAdjacent(text, first, second)
              && first.lower().length() > 2
              && second.lower().length() > 2
              && first.isLowerCase() == second.isLowerCase()
              && EnglishNames.isGiven(first)
              && EnglishNames.isFamily(second)
              && !EnglishNames.isAmbiguous(first)
              && !EnglishNames.isAmbiguous(second);
      if (pair) {
        double score = first.isAllCaps() ? 0.55 : 0.6;
        findings.accept(
            new Finding(FindingType.PERSON, first.start(), second.end(), score, "name-pair"));
        return index + 2;
      }
    }
    return lowerCaseIntroduced(text, words, index, findings);
  }

  /** "my name is patricia": chats are written in lower case. */
  private static int lowerCaseIntroduced(
      ScannedText text, List<LatinWord> words, int index, Consumer<Finding> findings) {
    LatinWord head = words.get(index);
    boolean name = EnglishNames.isGiven(head) || EnglishNames.isFamily(head);
    if (!name
        || EnglishNames.isAmbiguous(head)
        || EnglishNameContext.introduction(text, head, true) < 0.85) {
      return index + 1;
    }
    int last = index;
    while (last + 1 < words.size()
        && last - index < 2
        && isAdjacent(text, words.get(last), words.get(last + 1))
        && !EnglishNames.isAmbiguous(words.get(last + 1))
        && (EnglishNames.isFamily(words.get(last + 1))
            || !EnglishNames.isWord(words.get(last + 1)))) {
      last++;
    }
    findings.accept(
        new Finding(
            FindingType.PERSON, head.start(), words.get(last).end(), 0.8, "introduced-lower-case"));
    return last + 1;
  }

  static boolean isAdjacent(ScannedText text, LatinWord first, LatinWord second) {
    int gap = second.start() - first.end();
    if (gap == 1) {
      char c = text.at(first.end());
      return c == ' ';
    }
    return gap == 2
        && first.isInitial()
        && text.at(first.end()) == '.'
        && text.at(first.end() + 1) == ' ';
  }

  /** Extends over capitalised words, initials and particles. */
  private static int sequenceEnd(ScannedText text, List<LatinWord> words, int first) {
    int last = first;
    while (last + 1 < words.size() && last - first < 5) {
      LatinWord next = words.get(last + 1);
      if (!isAdjacent(text, words.get(last), next)) {
        break;
      }
      if (next.isCapitalized()
          || next.isInitial()
          || next.hasJoinedParticle()
          || last > first && DEGREES.contains(next.lower())) {
        last++;
      } else if (EnglishNames.PARTICLES.contains(next.lower())
          && particleLeadsOn(text, words, last + 1)) {
        last++;
      } else {
        break;
      }
    }
    return last;
  }

  private static boolean particleLeadsOn(ScannedText text, List<LatinWord> words, int particle) {
    int next = particle + 1;
    while (next < words.size()
        && next - particle < 3
        && isAdjacent(text, words.get(next - 1), words.get(next))) {
      if (words.get(next).isCapitalized()) {
        return true;
      }
      if (!EnglishNames.PARTICLES.contains(words.get(next).lower())) {
        return false;
      }
      next++;
    }
    return false;
  }

  private static void report(
      ScannedText text, List<LatinWord> words, int first, int last, Consumer<Finding> findings) {
    int from = first;
    while (from < last
        && isOpener(words.get(from))
        && !isFullName(words, from, last)
        && !(isStranger(words.get(from)) && isWithInitial(words, from, last))
        && !isIntroducedStranger(text, words, from, last)) {
      from++;
    }
    int to = last;
    while (to > from && EnglishNames.isNever(words.get(to))) {
      to--;
    }
    double score = score(text, words, from, to);
    if (score <= 0) {
      return;
    }
    String rule = from == to ? "english-name-single" : "english-name";
    if (from == to && score >= 0.5) {
      int only = from;
      if (from > first && isStranger(words.get(from - 1))) {
        from--;
      } else if (isCapitalFamily(text, words, only, only - 1)) {
        from--;
        score = Math.max(score, 0.8);
      } else if (isCapitalFamily(text, words, only, only + 1)) {
        to++;
        score = Math.max(score, 0.8);
      }
    }
    from = withParticles(text, words, from);
    findings.accept(
        new Finding(FindingType.PERSON, words.get(from).start(), words.get(to).end(), score, rule));
  }

  /** "asked van den Berg": the particles in front of a family name belong to it. */
  private static int withParticles(ScannedText text, List<LatinWord> words, int from) {
    int first = from;
    while (first > 0
        && from - first < 3
        && LEADING_PARTICLES.contains(words.get(first - 1).surface())
        && isAdjacent(text, words.get(first - 1), words.get(first))) {
      first--;
    }
    return first;
  }

  private static boolean isWithInitial(List<LatinWord> words, int from, int last) {
    LatinWord tail = words.get(last);
    return hasMiddleInitial(words, from, last)
        && (EnglishNames.isFamily(tail) && !EnglishNames.isWord(tail) || isStranger(tail));
  }

  /** "Customer: Xiaoming Li": no list knows the given name, but it is introduced. */
  private static boolean isIntroducedStranger(
      ScannedText text, List<LatinWord> words, int from, int last) {
    return isStranger(words.get(from))
        && (EnglishNames.isFamily(words.get(last))
            || EnglishNames.isGiven(words.get(last))
            || isStranger(words.get(last)))
        && EnglishNameContext.introduction(text, words.get(from), false) > 0;
  }

  /** A word that no list knows: in front of a name most likely a part of it ("Olu Bankole"). */
  private static boolean isStranger(LatinWord word) {
    return word.isCapitalized()
        && word.isUnknown()
        && EnglishNameContext.mayBeName(word)
        && !PlaceRecognizer.isTown(word.lower())
        && !OrganizationRecognizer.isKnown(word.lower());
  }

  /** "YAMADA Taro", "Taro YAMADA": a family name in capitals beside the given name. */
  private static boolean isCapitalFamily(
      ScannedText text, List<LatinWord> words, int given, int family) {
    if (family < 0 || family >= words.size() || !EnglishNames.isGiven(words.get(given))) {
      return false;
    }
    LatinWord word = words.get(family);
    return word.isAllCaps()
        && word.surface().length() > 2
        && EnglishNames.isFamily(word)
        && !EnglishNames.isWord(word)
        && !EnglishNames.isNever(word)
        && isAdjacent(text, words.get(Math.min(given, family)), words.get(Math.max(given, family)));
  }

  /** "Hello John", "When Mary": a sentence opener that is no name itself. */
  private static boolean isOpener(LatinWord word) {
    return EnglishNames.isNever(word)
        || EnglishNames.isWord(word)
        || !EnglishNames.isGiven(word) && !EnglishNames.isFamily(word) && !word.isInitial();
  }

  private static boolean isFullName(List<LatinWord> words, int from, int last) {
    return EnglishNames.isGiven(words.get(from))
        && EnglishNames.isFamily(words.get(last))
        && !EnglishNames.isNever(words.get(from))
        && !EnglishNames.isWord(words.get(last));
  }

  private static double score(ScannedText text, List<LatinWord> words, int from, int last) {
    int to = last > from && DEGREES.contains(words.get(last).lower()) ? last - 1 : last;
    LatinWord head = words.get(from);
    LatinWord tail = words.get(to);
    if (from == to && head.isInitial() || EnglishNamesakes.isKind(tail)) {
      return 0;
    }
    if (EnglishNamesakes.namesSomethingElse(text, words, from, to)) {
      return 0.2;
    }
    double introduced =
        Math.max(
            EnglishNameContext.introduction(text, head, from == to),
            EnglishNameContext.deed(text, head, tail));
    boolean given = EnglishNames.isGiven(head);
    boolean family = EnglishNames.isFamily(tail);
    if (from == to) {
      if (introduced == 0 && EnglishNameDoubt.isDoubtful(text, words, from)) {
        return 0.2;
      }
      return Math.max(
          introduced, Math.max(single(text, head, given, family), listed(text, words, from)));
    }
    if (VietnameseNames.isName(words, from, to)) {
      return Math.max(introduced, 0.75);
    }
    boolean headAmbiguous = EnglishNames.isAmbiguous(head);
    boolean tailAmbiguous = EnglishNames.isAmbiguous(tail);
    if (given && family) {
      double score =
          headAmbiguous && tailAmbiguous ? 0.35 : headAmbiguous || tailAmbiguous ? 0.7 : 0.9;
      return Math.max(introduced, score);
    }
    if (given && !headAmbiguous) {
      return Math.max(introduced, tailAmbiguous ? 0.45 : 0.75);
    }
    if (head.isInitial() && family && !tailAmbiguous) {
      return Math.max(introduced, 0.7);
    }
    if (family && !tailAmbiguous && !headAmbiguous) {
      return Math.max(introduced, 0.5);
    }
    boolean mayBeName = EnglishNameContext.mayBeName(head) && EnglishNameContext.mayBeName(tail);
    if (EnglishNameContext.hasFamilyEnding(tail) && EnglishNameContext.mayBeName(head)
        || mayBeName && hasMiddleInitial(words, from, to)) {
      return Math.max(introduced, 0.6);
    }
    return introduced;
  }

  /** "Zeinab C. Olofsson": only people have an initial between two words. */
  private static boolean hasMiddleInitial(List<LatinWord> words, int from, int to) {
    return to - from == 2 && words.get(from + 1).isInitial();
  }

  private static double listed(ScannedText text, List<LatinWord> words, int index) {
    boolean member =
        EnglishNameContext.mayBeName(words.get(index))
            && EnglishNameContext.isInPersonList(text, words, index);
    return member ? 0.65 : coordinated(text, words, index);
  }

  private static double single(ScannedText text, LatinWord word, boolean given, boolean family) {
    if (EnglishNames.isAmbiguous(word) || !EnglishNameContext.mayBeName(word)) {
      return 0;
    }
    boolean opens = opensSentence(text, word.start());
    if (!given && EnglishNameContext.hasFamilyEnding(word)) {
      return opens ? 0.45 : 0.5;
    }
    if (given) {
      return opens ? 0.5 : 0.6;
    }
    return family ? opens ? 0.35 : 0.5 : 0;
  }

  /** "Eklund, Warren and Bailey": a list of names vouches for its members. */
  private static double coordinated(ScannedText text, List<LatinWord> words, int index) {
    LatinWord word = words.get(index);
    if (EnglishNames.isNever(word) || !isListedOrFormed(word)) {
      return 0;
    }
    boolean before = index > 0 && vouches(text, words, index - 1, index);
    boolean after = index + 1 < words.size() && vouches(text, words, index, index + 1);
    return before || after ? 0.55 : 0;
  }

  /** Whether two neighbours are joined by a comma or "and", one of them an unambiguous name. */
  private static boolean vouches(ScannedText text, List<LatinWord> words, int left, int right) {
    LatinWord first = words.get(left);
    LatinWord second = words.get(right);
    if (first.lower().equals("and") && left > 0) {
      return joinsNames(words.get(left - 1), second) && isAdjacent(text, first, second);
    }
    if (second.lower().equals("and") && right + 1 < words.size()) {
      return joinsNames(first, words.get(right + 1)) && isAdjacent(text, first, second);
    }
    boolean comma = second.start() - first.end() == 2 && text.at(first.end()) == ',';
    return comma && joinsNames(first, second);
  }

  private static boolean joinsNames(LatinWord first, LatinWord second) {
    boolean shape = first.isCapitalized() && second.isCapitalized();
    boolean names = isListedOrFormed(first) && isListedOrFormed(second);
    return shape
        && names
        && (!EnglishNames.isAmbiguous(first) || !EnglishNames.isAmbiguous(second))
        && !EnglishNames.isNever(first)
        && !EnglishNames.isNever(second);
  }

  private static boolean isListedOrFormed(LatinWord word) {
    return EnglishNames.isFamily(word)
        || EnglishNames.isGiven(word)
        || EnglishNameContext.hasFamilyEnding(word);
  }

  static boolean opensSentence(ScannedText text, int start) {
    int index = start - 1;
    while (index >= 0 && " \t\"'(*#>-".indexOf(text.at(index)) >= 0) {
      index--;
    }
    return index < 0 || ".!?:\n\r".indexOf(text.at(index)) >= 0;
  }
}
