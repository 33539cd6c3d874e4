package dev.migaki.cleansing.recognition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the words around a capitalised word say about it: introductions and kinship before it, what
 * only people do behind it, lists that hold people, and the endings of family names.
 */
final class EnglishNameContext {

  /** What somebody is, right before who it is: "Cardholder Giorgos Papadimas". */
  private static final String ROLES =
      "cardholder|policyholder|tenant|landlord|driver|passenger|claimant|claimants?|plaintiff|defendant|applicant|client|nurse|officer"
          + "|sergeant|detective|captain|judge|senator|president|chairman|chairwoman|ceo|cto|cfo|manager|director|producer|songwriter|singer|actor|actress"
          + "|coach|attorney|lawyer|secretary|supervisor|caller|guest|student|teacher|engineer|technician|coordinator|representative";

  private static final Set<String> ROLE_WORDS = Set.of(ROLES.replace("?", "").split("\\|"));

  /** What introduces a name; the name starts where the match ends. */
  private static final Pattern INTRODUCTION =
      Pattern.compile(
          "(?:\\bmy (?:full |first |last |maiden )?name(?: is|'s|:)|\\bname is|\\bname\\?|\\bnamed|\\bname:|\\bcall(?:s|ed)? me|\\bthis is|\\bi'm|\\bi am"
              + "|\\bdear|\\bhi,?|\\bhello,?|\\bhey,?|\\bregards,|\\bsincerely,|\\bthanks,|\\bthank you,|\\bbest,|\\bcheers,"
              + "|\\bsigned by|\\bon behalf of|\\bspeak(?:ing)? (?:with|to)|\\bspoke (?:with|to)|\\bcontact|\\battn:?|\\battention:?|\\bcc:"
              + "|\\bfrom:|\\bto:|\\bcustomer:|\\bagent:|\\bsender:|\\brecipient:|\\bprepared by:?|\\bwritten by|\\bapproved by:?|\\bauthor:|\\breported by:?|\\bhandled by:?|\\bassigned to:?"
              + "|\\bkhun|\\bmr\\.?|\\bmrs\\.?|\\bms\\.?|\\bdr\\.?|\\bmiss|\\bprof\\.?|\\bprofessor|\\bsir|\\bmadame|\\blady|\\blord|\\buncle|\\baunt"
              + "|\\bfull name:?|\\bfirst name:?|\\blast name:?|\\bsurname:?|\\bcustomer name:?|\\bpatient:?|\\bpatient name:?|\\bemployee:?|\\bcontact(?: person)?:"
              + "|\\b(?:kid|kids|son|daughter|wife|husband|brother|sister|mother|father|grandmother|grandfather|cousin|nephew|niece|boyfriend|girlfriend|fianc[ée]e?|colleague|co-worker|roommate|neighbou?r)(?: (?:was|is|named|called|was called|is called))?"
              + "|\\bfollow(?:ed)? up with|\\bmet with|\\bmeet with|\\btalk(?:ed|ing)? to|\\breach out to|\\bassistant to|\\breports? to|\\bintroduced? (?:me|you|us) to"
              + "|\\b(?:directed|sung|arranged|composed|performed|produced|painted|photographed|edited|translated|hosted|narrated|invented) by|\\bstarring|\\b(?:a )?tribute to"
              + "|\\b(?:"
              + ROLES
              + ")"
              + "|\\bchange it to|\\bchange my name to|\\bit's under|\\bunder the name(?: of)?)[ \\t\\n]*$");

  /** What an introduction ends in; all others need no closer look. */
  private static final Set<String> LAST_WORDS =
      Set.of(
          ("is name named me this i'm am dear hi hello hey regards sincerely thanks you best cheers by of"
                  + " with to contact attn attention cc from customer agent sender recipient author"
                  + " khun mr mrs ms dr miss prof professor sir madame lady lord uncle aunt surname"
                  + " patient employee person kid kids son daughter wife husband brother sister"
                  + " mother father grandmother grandfather cousin nephew niece boyfriend girlfriend"
                  + " fiance fiancé fiancée fiancee colleague co-worker roommate neighbor neighbour"
                  + " called was starring under")
              .split(" "));

  private static final Set<String> ENDINGS = new HashSet<>(LAST_WORDS);

  static {
    ENDINGS.addAll(ROLE_WORDS);
  }

  private static final Set<String> WEAK_INTRODUCTIONS =
      Set.of(
          "this is",
          "i'm",
          "i am",
          "contact",
          "from:",
          "to:",
          "sir",
          "lady",
          "lord",
          "thanks,",
          "named",
          "hi",
          "hey",
          "hello",
          "to",
          "dear",
          "colleague",
          "neighbor",
          "neighbour",
          "son",
          "mother",
          "father",
          "change it to",
          "it's under");

  private static final Set<String> GREETINGS = Set.of("hi", "hey", "hello", "dear");

  /** Only people do this. */
  private static final Pattern HUMAN_DEED =
      Pattern.compile(
          "^(?:'s (?:wife|husband|mother|father|son|daughter|brother|sister|birthday|childhood|career)\\b"
              + "| (?:shouted|whispered|smiled|laughed|sighed|nodded|shrugged|yelled|cried|phoned|lives (?:on|in|at|near)|lived (?:on|in|at|near)"
              + "|was born|began (?:writing|working|teaching|studying)|spent (?:a|the|his|her|two|three) (?:year|month|week|summer|day)s?"
              + "|had given|is (?:very |so |really )?(?:reliable|kind|friendly|honest|married|retired|on vacation|on leave)"
              + "|got married|passed away|grew up|is (?:my|his|her) (?:wife|husband|mother|father|son|daughter|brother|sister|boss|colleague|friend|manager))\\b)");

  /** People do this, and so do companies and programs: only for words that may be names. */
  private static final Pattern PERSONAL_DEED =
      Pattern.compile(
          "^ (?:said|says|told|asked|replied|answered|wrote|writes|explained|thinks|thought|called|emailed|e-mailed|visited|moved|joined|left|thanked|complained|ordered|bought|paid"
              + "|is from|was from|flew to|went to|speaks?|wants|wanted|needs|agreed|signed|attended|suggested|decided|will (?:call|send|join|attend)|and (?:i|me|my)\\b|had been)\\b");

  /** What people do in an office, to people: enough for names that are also words or places. */
  private static final Pattern OFFICE_DEED =
      Pattern.compile(
          "^ (?:(?:supports|manages|leads|handles|helps|runs|trains|heads|supervises|coordinates|oversees|joined)"
              + " (?:(?:the|our|my|his|her|all|a|new) )?(?:\\p{L}+ )?(?:teams?|customers?|clients?|staff|colleagues|employees"
              + "|department|office|warehouse|shop|store|branch|sales|crew|us|me|us all)\\b"
              + "|(?:is responsible for|is in charge of|looks after|takes care of|reports to|answers to)\\b)");

  private static final Pattern ADDRESSED =
      Pattern.compile(
          "^, (?:can|could|would|will|may) (?:i|you|we)\\b|^, (?:please|thank|thanks|i |my |is |are |do |did |what|how|when|where|why)");

  private static final Pattern LIST_OF_PERSONS =
      Pattern.compile(
          "(?:founders|co-founders|authors|attendees|participants|guests|winners|editors|speakers|teachers|engineers|students|colleagues|siblings|children|beneficiaries|drivers|passengers|witnesses):[ ]?$");

  /** Endings that make a family name in some language; the word must be no English word. */
  private static final Pattern FAMILY_ENDING =
      Pattern.compile(
          "[\\p{L}'-]{3,}(?:[oe]va?|[oi]ff|sson|sdóttir|sdottir|i[ćč]|ov[aá]|ev[aá]|sk[áý]|owski|owska|ewski|ewska|czyk|wicz|enko|chuk|shvili|adze|nen|gaard|gård|ström|quist|qvist|opoulos|akis|escu|oğlu|oglu|zadeh|yev|yeva|ssen|rsen|nsen|dsen|asen)");

  private EnglishNameContext() {}

  /**
   * Score of a name that starts with {@code head} by what stands before it: 0 if nothing.
   *
   * @param single whether the name is this one word
   */
  static double introduction(ScannedText text, LatinWord head, boolean single) {
    if (!mayBeIntroduced(text.lower(), head.start())) {
      return 0;
    }
    int from = Math.max(0, head.start() - 32);
    Matcher matcher = INTRODUCTION.matcher(text.lower().substring(from, head.start()));
    if (!matcher.find()) {
      return 0;
    }
    String cue = matcher.group().strip();
    boolean known = EnglishNames.isGiven(head) || EnglishNames.isFamily(head);
    boolean ordinary = EnglishNames.isNever(head) || EnglishNames.isWord(head);
    if (ROLE_WORDS.contains(cue)) {
      return ordinary ? 0 : known ? 0.85 : single ? 0 : 0.75;
    }
    if (cue.startsWith("i") && PlaceRecognizer.isPeople(head.lower())) {
      return 0;
    }
    if (WEAK_INTRODUCTIONS.contains(cue)) {
      boolean greeted = GREETINGS.contains(cue) && single && text.at(head.end()) == ',';
      return !ordinary && (known || greeted) ? 0.85 : 0;
    }
    boolean field = cue.endsWith(":") || cue.endsWith(",");
    if (EnglishNames.isNever(head)
        || ordinary && (!known || single && field)
        || !known && hasInnerCapital(head.surface())) {
      return 0;
    }
    return known ? 0.9 : 0.8;
  }

  private static boolean mayBeIntroduced(String lower, int start) {
    int end = start;
    while (end > 0 && !LatinWord.isLetter(lower.charAt(end - 1)) && start - end < 8) {
      end--;
    }
    int begin = end;
    while (begin > 0
        && (LatinWord.isLetter(lower.charAt(begin - 1)) || lower.charAt(begin - 1) == '\'')) {
      begin--;
    }
    String word = lower.substring(begin, end);
    return ENDINGS.contains(word) || word.endsWith("'s");
  }

  /** Score by what stands behind the name and how it is spoken to. */
  static double deed(ScannedText text, LatinWord head, LatinWord tail) {
    char next = text.at(tail.end());
    if (next == ' ' && head == tail && isAtTheOffice(text, head)) {
      return 0.6;
    }
    if (" ',:!?".indexOf(next) < 0 || !mayBeName(head) || !mayBeName(tail)) {
      return 0;
    }
    String lower = text.lower();
    String after = lower.substring(tail.end(), Math.min(lower.length(), tail.end() + 40));
    boolean known = EnglishNames.isGiven(head) || EnglishNames.isFamily(tail);
    if (HUMAN_DEED.matcher(after).find()) {
      return known ? 0.75 : 0.6;
    }
    if (!known) {
      return 0;
    }
    if (PERSONAL_DEED.matcher(after).find()) {
      return 0.6;
    }
    boolean opens = EnglishNameRecognizer.opensSentence(text, head.start());
    if (opens && ADDRESSED.matcher(after).find()) {
      return 0.6;
    }
    boolean speaker =
        after.startsWith(": ") && (head.start() == 0 || lower.charAt(head.start() - 1) == '\n');
    boolean called =
        lower.startsWith(", ", Math.max(0, head.start() - 2))
            && head == tail
            && (after.startsWith("!") || after.startsWith("?") || after.startsWith(", "));
    return speaker || called && EnglishNames.isGiven(head) ? 0.55 : 0;
  }

  /** "Grace supports the sales team." */
  private static boolean isAtTheOffice(ScannedText text, LatinWord word) {
    return EnglishNames.isGiven(word)
        && !EnglishNames.isNever(word)
        && !word.isAllCaps()
        && EnglishNameRecognizer.opensSentence(text, word.start())
        && OFFICE_DEED
            .matcher(text.lower().substring(word.end(), Math.min(text.length(), word.end() + 60)))
            .find();
  }

  /** No ordinary word, no place, no acronym, no product. */
  static boolean mayBeName(LatinWord word) {
    return !EnglishNames.isNever(word)
        && !EnglishNames.isWord(word)
        && !(word.is(EnglishNames.AMBIGUOUS_BIT) && EnglishPlaces.SINGLE.contains(word.lower()))
        && !word.isAllCaps()
        && word.surface().length() > 2
        && (EnglishNames.isGiven(word) || !PlaceRecognizer.isPeople(word.lower()))
        && !hasInnerCapital(word.surface());
  }

  /** GitHub, iOS, PaaS and SharePoint are products; McIntosh and O'Brien are people. */
  private static boolean hasInnerCapital(String surface) {
    for (int i = 1; i < surface.length(); i++) {
      boolean joint = surface.charAt(i - 1) == '-' || surface.charAt(i - 1) == '\'';
      boolean scottish = i <= 3 && (surface.startsWith("Mc") || surface.startsWith("Mac"));
      boolean particle = i == 2 && (surface.startsWith("De") || surface.startsWith("Di"));
      if (Character.isUpperCase(surface.charAt(i)) && !joint && !scottish && !particle) {
        return true;
      }
    }
    return false;
  }

  static boolean hasFamilyEnding(LatinWord word) {
    return mayBeName(word) && FAMILY_ENDING.matcher(word.lower()).matches();
  }

  /** "founders: Kovalev, Lee and Phillips": everyone in the list is a person. */
  static boolean isInPersonList(ScannedText text, List<LatinWord> words, int index) {
    int first = index;
    while (first > 0 && index - first < 8) {
      LatinWord previous = words.get(first - 1);
      LatinWord here = words.get(first);
      int gap = here.start() - previous.end();
      boolean comma = gap == 2 && text.at(previous.end()) == ',';
      boolean and =
          gap == 1
              && (previous.lower().equals("and") || here.lower().equals("and"))
              && text.at(previous.end()) == ' ';
      boolean fullName = gap == 1 && previous.isCapitalized() && here.isCapitalized();
      if (!comma && !and && !fullName) {
        break;
      }
      first--;
    }
    int start = words.get(first).start();
    String before = text.lower().substring(Math.max(0, start - 20), start);
    return LIST_OF_PERSONS.matcher(before).find();
  }
}
