package dev.migaki.cleansing.recognition;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Organisations: by legal form, by well-known name, as a firm of partners ("Hawkins, Richardson and
 * Santana"), and by words that only an organisation stands beside. An attribute, kept by default; a
 * tenant's own customers and partners belong on its list of confidential terms.
 */
final class OrganizationRecognizer implements Recognizer {

  private static final Set<String> TAIL =
      Set.of(
          ("inc ltd llc corp corporation gmbh plc group holdings company labs technologies solutions"
                  + " systems software bank university foundation institute partners associates"
                  + " analytics networks media office insurance services consulting research"
                  + " industries resources agency ventures capital logistics pharmaceuticals"
                  + " biosciences robotics enterprises society association limited incorporated llp oyj asa spa sarl kgaa pty"
                  + " ag kg oy ab as nv bv sa se co")
              .split(" "));

  private static final Set<String> SHORT_TAIL =
      Set.of("ag", "kg", "oy", "ab", "as", "nv", "bv", "sa", "se", "co");

  /** Legal forms: whatever stands in front of one is a name. */
  private static final Set<String> LEGAL =
      Set.of(
          ("inc ltd llc llp corp corporation plc gmbh limited incorporated oyj asa spa sarl kgaa pty"
                  + " ag kg oy ab as nv bv sa se")
              .split(" "));

  /** What an organisation is, as the last word of its name; needs a word of its own in front. */
  private static final Set<String> KINDS =
      Set.of(
          ("school college academy hospital hospice clinic pharmacy dental bakery winery brewery restaurant hotel"
                  + " motors airlines airways railways freight telecom wireless press publishing publishers studios"
                  + " foods energy petroleum steel mining minerals semiconductor electronics instruments"
                  + " therapeutics pharma biotech biologics diagnostics laboratories properties realty bancorp reit"
                  + " fund funds trust etf etn brands stores entertainment communications financial cooperative council ministry"
                  + " church library museum union")
              .split(" "));

  /** Words that no name of an organisation begins with, capital or not. */
  private static final Set<String> NO_NAME =
      Set.of(
          ("our who your their its his her my this these that those what which when where why how we they it he she"
                  + " you i a an the and or but in at on of for from by with to as is are was were if all any each"
                  + " every some no not please")
              .split(" "));

  /** All of these: one look says that a word is none. */
  private static final Set<String> ENDS = new HashSet<>(TAIL);

  private static final Set<String> KNOWN = new HashSet<>();
  private static final Set<String> KNOWN_HEADS = new HashSet<>();

  static {
    ENDS.addAll(KINDS);
    ENDS.addAll(LEGAL);
    for (String name : WordList.load("organisation-names.txt")) {
      String lower = name.toLowerCase(Locale.ROOT);
      KNOWN.add(lower);
      KNOWN_HEADS.add(lower.split(" ")[0]);
    }
  }

  private static final Pattern NAME =
      Pattern.compile(
          "(?:[Tt]he )?((?:\\d{1,2} )?[A-Z0-9\u00C0-\u00DE\u0160\u017D\u010C][\\p{L}\\d&.'-]{1,30}(?:(?: &| and| of|,)?"
              + " [A-Z\u00C0-\u00DE][\\p{L}\\d&.'-]{1,30}){0,4})");

  /** What stands before an organisation. */
  private static final Pattern BEFORE =
      Pattern.compile(
          "\\b(?:work(?:s|ed|ing)? (?:for|at)|employed (?:by|at)|ceo of|customer of|partner of|founder of|director of|offices? of|address of|acquired by"
              + "|interview (?:at|with)|internship at|years? at|job at|meeting at|later became|renamed(?: to)?|merged with|rebranded as)$");

  /** The last words of what stands before one. */
  private static final Set<String> BEFORE_ENDS =
      Set.of("for", "at", "by", "of", "with", "became", "renamed", "to", "as");

  /** What stands behind an organisation. */
  private static final Pattern AFTER =
      Pattern.compile(
          "^(?: (?:offices?|orchestra|headquarters|shareholders?|branch)\\b"
              + "| is the brainchild of| is (?:a|an) (?:[a-z]+ )?(?:company|startup|start-up|firm|non-?profit|supplier|501)"
              + "|, a (?:[a-z]+ )?(?:company|startup|firm) |'s (?:shareholders|headquarters|employees|customers|board)| is the (?:keynote )?speaker)");

  private static final Set<String> AFTER_WORDS =
      Set.of(
          "office",
          "offices",
          "orchestra",
          "headquarters",
          "shareholder",
          "shareholders",
          "branch",
          "is",
          "a",
          "employees",
          "customers",
          "board");

  private static final Pattern JAPANESE_COMPANY =
      Pattern.compile(
          "(?:株式会社|有限会社|合同会社|一般社団法人)[一-龥々ァ-ヶーA-Za-z0-9]{1,20}|[一-龥々ァ-ヶーA-Za-z0-9]{1,20}(?:株式会社|有限会社|合同会社)");

  /** Whether a phrase, in lower case, is a well-known organisation. */
  static boolean isKnown(String phrase) {
    return KNOWN.contains(phrase);
  }

  /** Whether a word, in lower case, says what an organisation is. */
  static boolean isKind(String word) {
    return KINDS.contains(word);
  }

  @Override
  public String name() {
    return "organization";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.latinWords().isEmpty()) {
      companies(text, findings);
      known(text, findings);
      firms(text, findings);
      contexts(text, findings);
    }
    String folded = text.folded();
    if (text.hasJapanese() && (folded.contains("会社") || folded.contains("法人"))) {
      Matcher matcher = JAPANESE_COMPANY.matcher(folded);
      while (matcher.find()) {
        findings.accept(finding(matcher.start(), matcher.end(), "japanese-company"));
      }
    }
  }

  private static Finding finding(int start, int end, String rule) {
    return finding(start, end, 0.6, rule);
  }

  private static Finding finding(int start, int end, double score, String rule) {
    return new Finding(FindingType.ORGANIZATION, start, end, score, rule);
  }

  private static void known(ScannedText text, Consumer<Finding> findings) {
    List<LatinWord> words = text.latinWords();
    for (int first = 0; first < words.size(); first++) {
      LatinWord head = words.get(first);
      if (!Character.isUpperCase(head.surface().charAt(0)) || !KNOWN_HEADS.contains(head.lower())) {
        continue;
      }
      StringBuilder phrase = new StringBuilder();
      int last = -1;
      for (int i = first; i < words.size() && i < first + 4; i++) {
        if (i > first && words.get(i).start() - words.get(i - 1).end() != 1) {
          break;
        }
        phrase.append(i > first ? " " : "").append(words.get(i).lower());
        boolean shouted = i > first || head.isAllCaps() || !NO_NAME.contains(phrase.toString());
        last = KNOWN.contains(phrase.toString()) && shouted ? i : last;
      }
      boolean joined = "_@/.-".indexOf(text.at(head.start() - 1)) >= 0 && head.start() > 0;
      if (last >= 0 && !joined) {
        findings.accept(finding(head.start(), words.get(last).end(), "known-organisation"));
        first = last;
      }
    }
  }

  /** "Davis, Reynolds and Williamson", "Weeks-Rivas": partners' family names joined to a firm. */
  private static void firms(ScannedText text, Consumer<Finding> findings) {
    List<LatinWord> words = text.latinWords();
    for (int i = 0; i + 3 < words.size(); i++) {
      LatinWord first = words.get(i);
      LatinWord second = words.get(i + 1);
      LatinWord third = words.get(i + 3);
      boolean shape =
          second.start() - first.end() == 2
              && text.at(first.end()) == ','
              && words.get(i + 2).lower().equals("and")
              && third.start() - second.end() == 5;
      if (shape
          && EnglishNames.isFamily(first)
          && EnglishNames.isFamily(second)
          && EnglishNames.isFamily(third)
          && !isListOfPersons(text, first.start())) {
        findings.accept(finding(first.start(), third.end(), "firm-of-partners"));
      }
    }
    for (LatinWord word : words) {
      int hyphen = word.surface().indexOf('-');
      boolean pair =
          hyphen > 2
              && word.isCapitalized()
              && Character.isUpperCase(
                  word.surface().charAt(Math.min(hyphen + 1, word.surface().length() - 1)))
              && EnglishNames.FAMILY.contains(word.lower().substring(0, hyphen))
              && EnglishNames.FAMILY.contains(word.lower().substring(hyphen + 1));
      if (pair) {
        findings.accept(finding(word.start(), word.end(), "firm-of-partners"));
      }
    }
  }

  private static boolean isListOfPersons(ScannedText text, int start) {
    return text.at(start - 2) == ':' || text.at(start - 1) == ':';
  }

  private static void contexts(ScannedText text, Consumer<Finding> findings) {
    String lower = text.lower();
    Matcher name = NAME.matcher(text.folded());
    for (LatinWord word : text.latinWords()) {
      if (!BEFORE_ENDS.contains(word.lower()) || text.at(word.end()) != ' ') {
        continue;
      }
      char next = text.at(word.end() + 1);
      boolean mayBeName = Character.isUpperCase(next) || NumberGroups.isDigit(next) || next == 't';
      String before = lower.substring(Math.max(0, word.end() - 20), word.end());
      if (mayBeName && BEFORE.matcher(before).find()) {
        name.region(word.end() + 1, text.length());
        if (name.lookingAt()) {
          report(text, name.start(1), name.end(1), findings);
        }
      }
    }
    List<LatinWord> words = text.latinWords();
    for (int i = 1; i < words.size(); i++) {
      LatinWord last = words.get(i - 1);
      if (!AFTER_WORDS.contains(words.get(i).lower())
          || !Character.isUpperCase(last.surface().charAt(0))) {
        continue;
      }
      String after = lower.substring(last.end(), Math.min(lower.length(), last.end() + 40));
      if (AFTER.matcher(after).find()) {
        int first = i - 1;
        while (first > 0
            && i - first < 5
            && isCompanyWord(text, words.get(first - 1), words.get(first), false)) {
          first--;
        }
        report(text, startWithNumber(text, words.get(first).start()), last.end(), findings);
      }
    }
  }

  private static void report(ScannedText text, int from, int to, Consumer<Finding> findings) {
    int end = to;
    while (end > from && ".,'".indexOf(text.at(end - 1)) >= 0) {
      end--;
    }
    String name = text.lower().substring(from, end);
    int start = name.startsWith("the ") && name.length() > 8 ? from + 4 : from;
    if (!EnglishNames.NEVER.contains(name) && !NO_NAME.contains(name) && end - start > 1) {
      findings.accept(finding(start, end, "organisation-context"));
    }
  }

  /** Capitalised words up to a company's tail: "Cantrell Ltd.", "the Nucivic office". */
  private static void companies(ScannedText text, Consumer<Finding> findings) {
    List<LatinWord> words = text.latinWords();
    for (int tail = 1; tail < words.size(); tail++) {
      LatinWord last = words.get(tail);
      if (!ENDS.contains(last.lower())) {
        continue;
      }
      boolean office = last.lower().equals("office") && last.isLowerCase();
      boolean legal = LEGAL.contains(last.lower());
      boolean kind = KINDS.contains(last.lower());
      boolean capital = Character.isUpperCase(last.surface().charAt(0));
      boolean shouted = SHORT_TAIL.contains(last.lower()) && !last.isAllCaps();
      if (!kind && !TAIL.contains(last.lower())
          || !office && !capital && !legal
          || shouted
          || tail + 1 < words.size() && leadsOn(text, last, words.get(tail + 1))) {
        continue;
      }
      int first = tail;
      while (first > 0
          && tail - first < 7
          && isCompanyWord(text, words.get(first - 1), words.get(first), legal && !capital)) {
        first--;
      }
      int stop = office ? tail - 1 : tail;
      while (first < stop && NO_NAME.contains(words.get(first).lower())) {
        first++;
      }
      if (first <= stop && first < tail && (!kind || isNameOfOne(words, first, tail))) {
        int end = words.get(stop).end();
        int start = startWithNumber(text, words.get(first).start());
        boolean dot = text.at(end) == '.' && !office && !kind;
        findings.accept(
            finding(start, dot ? end + 1 : end, legal ? 0.78 : kind ? 0.72 : 0.6, "company"));
      }
    }
  }

  /** "Kumo Systems Ltd", "Leaf Holding (Asia) Limited": the tail is not the last one. */
  private static boolean leadsOn(ScannedText text, LatinWord tail, LatinWord next) {
    return (LEGAL.contains(next.lower()) && Character.isUpperCase(next.surface().charAt(0))
            || KINDS.contains(next.lower()) && next.isCapitalized())
        && !(SHORT_TAIL.contains(next.lower()) && !next.isAllCaps())
        && isNear(text, tail, next);
  }

  /** "High School" is a kind, "Dunmore High School" one of them. */
  private static boolean isNameOfOne(List<LatinWord> words, int first, int tail) {
    for (int i = first; i < tail; i++) {
      if (!EnglishNames.isWord(words.get(i)) && words.get(i).isCapitalized()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isNear(ScannedText text, LatinWord word, LatinWord next) {
    return switch (next.start() - word.end()) {
      case 1 -> " .".indexOf(text.at(word.end())) >= 0;
      case 2 ->
          ". ".equals(between(text, word, next)) && isShortForm(word)
              || List.of(" (", ") ", ", ").contains(between(text, word, next));
      case 3 -> List.of(" & ", "., ", "'s ").contains(between(text, word, next));
      default -> false;
    };
  }

  private static boolean isShortForm(LatinWord word) {
    return Set.of("co", "st", "bros", "jr").contains(word.lower());
  }

  private static String between(ScannedText text, LatinWord word, LatinWord next) {
    return text.folded().substring(word.end(), next.start());
  }

  /** "48 Factoring Inc", "3 Round Stones Inc". */
  private static int startWithNumber(ScannedText text, int start) {
    int index = start - 1;
    if (text.at(index) != ' ' || !NumberGroups.isDigit(text.at(index - 1))) {
      return start;
    }
    index--;
    while (index > 0 && NumberGroups.isDigit(text.at(index - 1)) && start - index < 5) {
      index--;
    }
    char before = text.at(index - 1);
    return before == ' ' || before == '\0' || before == '\n' ? index : start;
  }

  private static boolean isCompanyWord(
      ScannedText text, LatinWord word, LatinWord next, boolean lowerCase) {
    if (!isNear(text, word, next)) {
      return false;
    }
    boolean comma = text.at(word.end()) == ',';
    if (comma && !LEGAL.contains(next.lower()) && (lowerCase || !isPartner(word))) {
      return false;
    }
    if (lowerCase && next.isLowerCase()) {
      return !comma && !EnglishNames.isNever(word) && !NO_NAME.contains(word.lower());
    }
    boolean and = word.lower().equals("and");
    boolean capital = !word.surface().equals(word.lower()) && !NO_NAME.contains(word.lower());
    return capital || and && !LEGAL.contains(next.lower()) && text.at(word.start() - 2) != ',';
  }

  /** A family name that a comma follows is a partner's; a town or another firm is none. */
  private static boolean isPartner(LatinWord word) {
    return EnglishNames.isFamily(word)
        && !PlaceRecognizer.isTown(word.lower())
        && !LEGAL.contains(word.lower());
  }
}
