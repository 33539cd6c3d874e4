package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names in Latin letters that their place betrays, whether or not a list knows them: "Last, First",
 * in front of a mail address that spells them, behind a closing formula, beside other names in a
 * list of people, as the writer of a message.
 */
final class EnglishNameShapes implements Recognizer {

  private static final String WORD = "[\\p{Lu}][\\p{L}'-]{1,24}";

  /** One to four words of a name, on one line. */
  private static final String NAME =
      "("
          + WORD
          + "(?: (?:[\\p{Lu}]\\.?|"
          + WORD
          + "|(?:v[ao]n|de[rnl]?|d[aio]s?|la|bin|te[rn]?|al-\\p{Lu}\\p{Ll}+))){1,4})";

  /** "Kind regards,\nName": the line behind a closing formula, if it is all name. */
  private static final Pattern SIGNATURE =
      Pattern.compile(
          "(?:(?:kind|best|warm|many|with(?: kind)?) (?:regards|wishes)|regards|sincerely|yours (?:faithfully|truly|sincerely)"
              + "|cheers|thanks|thank you|best)[,.!]?[ \\t]*\\n\\s{0,3}$");

  /** "Name wrote:", "Name <name@…>", "Reported by Name (name@…)". */
  private static final Pattern WRITER =
      Pattern.compile(
          NAME + "(?= (?:wrote|writes|said|says):| ?[<(\\[](?:mailto:)?[\\w.+-]{2,40}@)");

  private static final Set<String> LISTS =
      Set.of(
          "attendees",
          "participants",
          "present",
          "apologies",
          "absent",
          "invited",
          "cc",
          "to",
          "members",
          "witnesses",
          "signatories",
          "authors",
          "reviewers");

  private static final Pattern MEMBER =
      Pattern.compile(
          "((?:[\\p{Lu}]\\. ?){0,2}"
              + WORD
              + "(?: (?:[\\p{Lu}]\\.|"
              + WORD
              + "|v[ao]n|de[rnl]?|bin|te[rn]?)){0,3})(?=,|;|\\n|$| and |\\.\\s|\\.$| \\()");

  @Override
  public String name() {
    return "english-name-shape";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    List<LatinWord> words = text.latinWords();
    if (words.isEmpty()) {
      return;
    }
    familyFirst(text, words, findings);
    String lower = text.lower();
    writers(text, findings);
    if (lower.indexOf('\n') >= 0) {
      signatures(text, words, findings);
      envelopes(text, findings);
    }
    if (lower.contains(": ")) {
      lists(text, findings);
    }
  }

  /** "Hendricks, Lezlie": a family name, a comma, a given name, and no further member of a list. */
  private static void familyFirst(
      ScannedText text, List<LatinWord> words, Consumer<Finding> findings) {
    for (int i = 0; i + 1 < words.size(); i++) {
      LatinWord family = words.get(i);
      LatinWord given = words.get(i + 1);
      boolean comma =
          given.start() - family.end() == 2
              && text.at(family.end()) == ','
              && text.at(family.end() + 1) == ' ';
      if (!comma
          || !EnglishNames.isFamily(family)
          || !EnglishNames.isGiven(given)
          || EnglishNames.isAmbiguous(given)
          || EnglishNames.isNever(family)
          || EnglishNames.isWord(family)
          || EnglishNames.isGiven(family) && !isField(text, family.start())
          || family.isCapitalized() != given.isCapitalized()
          || !family.isCapitalized() && !family.isAllCaps()
          || PlaceRecognizer.isTown(family.lower())
          || i > 0 && isBeside(text, words.get(i - 1), family)
          || i + 2 < words.size() && isBeside(text, given, words.get(i + 2))
          || EnglishNameContext.introduction(text, family, true) >= 0.85
              && text.at(given.end()) == ',') {
        continue;
      }
      findings.accept(
          new Finding(FindingType.PERSON, family.start(), given.end(), 0.7, "family-first"));
    }
  }

  /** Where forms and records put a name: at the start of a line, behind a label or "to". */
  private static boolean isField(ScannedText text, int start) {
    String before = text.lower().substring(Math.max(0, start - 12), start);
    return before.isEmpty() || FIELD.matcher(before).find();
  }

  private static final Pattern FIELD =
      Pattern.compile(
          "(?:[\\n|:;(\\t]|\\b(?:to|for|by|from|of|pt|patient|claimant|tenant|insured|payee)) ?$");

  /** Whether a comma, "and" or a space joins two capitalised words. */
  private static boolean isBeside(ScannedText text, LatinWord left, LatinWord right) {
    int gap = right.start() - left.end();
    boolean capitals =
        Character.isUpperCase(left.surface().charAt(0))
            && Character.isUpperCase(right.surface().charAt(0));
    boolean and = left.lower().equals("and") || right.lower().equals("and");
    return gap == 1 && text.at(left.end()) == ' ' && (capitals || and)
        || gap == 2 && text.at(left.end()) == ',';
  }

  private static void writers(ScannedText text, Consumer<Finding> findings) {
    for (String mark : List.of("@", " wrote:", " writes:", " said:")) {
      int last = 0;
      for (int at = text.lower().indexOf(mark);
          at >= 0;
          at = text.lower().indexOf(mark, at + mark.length())) {
        Matcher writer = WRITER.matcher(text.folded());
        writer.useTransparentBounds(true).region(Math.max(last, at - 100), at);
        if (writer.find()) {
          writer(text, writer, findings);
          last = writer.end();
        }
      }
    }
  }

  private static void writer(ScannedText text, Matcher writer, Consumer<Finding> findings) {
    int start = writer.start(1);
    int end = writer.end(1);
    int stop = text.folded().indexOf('@', end);
    boolean mail = text.at(end) == '<' || text.at(end + 1) == '<';
    boolean named =
        stop > 0
            && stop - end < 44
            && isSpelled(text.lower().substring(start, end), text.lower().substring(end, stop))
            && !isDesk(text.folded().substring(start, end));
    boolean line = EnglishNameRecognizer.opensSentence(text, start);
    if (named || (line || mail) && isAllName(text.folded().substring(start, end), true)) {
      findings.accept(
          new Finding(FindingType.PERSON, start, end, named ? 0.9 : 0.75, "name-of-writer"));
    }
  }

  /** Whether the local part of an address holds the last word of the name, marks aside. */
  private static boolean isSpelled(String name, String local) {
    String last = name.substring(name.lastIndexOf(' ') + 1);
    String plain = EnglishNames.withoutAccents(last);
    return plain.length() > 2 && local.contains(plain);
  }

  /** "Acme Sales" of sales@…: an ordinary word behind what is nobody's given name. */
  private static boolean isDesk(String name) {
    List<LatinWord> words = LatinWord.split(name);
    return !words.isEmpty()
        && EnglishNames.isWord(words.get(words.size() - 1))
        && !EnglishNames.isGiven(words.get(0));
  }

  private static void signatures(
      ScannedText text, List<LatinWord> words, Consumer<Finding> findings) {
    String folded = text.folded();
    for (LatinWord word : words) {
      if (!CLOSING.contains(word.lower()) || !Character.isWhitespace(lineEnd(text, word.end()))) {
        continue;
      }
      int start = word.end();
      while (start < folded.length() && " ,.!\t\n".indexOf(folded.charAt(start)) >= 0) {
        start++;
      }
      String before = text.lower().substring(Math.max(0, word.start() - 24), start);
      int end = folded.indexOf('\n', start);
      end = end < 0 ? folded.length() : end;
      int comma = folded.indexOf(',', start);
      end = comma > 0 && comma < end ? comma : end;
      if (start < end
          && end - start < 40
          && SIGNATURE.matcher(before).find()
          && SIGNED.matcher(folded).region(start, end).matches()
          && isAllName(folded.substring(start, end), true)) {
        findings.accept(new Finding(FindingType.PERSON, start, end, 0.75, "signature"));
      }
    }
  }

  private static final Pattern SIGNED = Pattern.compile(NAME + "|" + WORD);

  /** A line that is all name, above one that begins with a house number or a box. */
  private static void envelopes(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    Matcher signed = SIGNED.matcher(folded);
    int start = 0;
    for (int end = folded.indexOf('\n'); end >= 0; end = folded.indexOf('\n', start)) {
      int length = end - start;
      if (length > 4 && length < 40 && Character.isUpperCase(folded.charAt(start))) {
        boolean name =
            ADDRESS_LINE.matcher(folded).region(end, folded.length()).lookingAt()
                && signed.region(start, end).matches()
                && folded.lastIndexOf(' ', end) > start
                && isAllName(folded.substring(start, end), true);
        if (name) {
          findings.accept(new Finding(FindingType.PERSON, start, end, 0.7, "envelope"));
        }
      }
      start = end + 1;
    }
  }

  private static final Pattern ADDRESS_LINE =
      Pattern.compile(
          "\\n{1,2} {0,4}(?:\\d{1,5}[A-Za-z]?(?:[-/]\\d{1,4})?,? \\p{Lu}|(?i:p\\.? ?o\\.? box|flat|apt)\\b)");

  private static final Set<String> CLOSING =
      Set.of(
          "regards",
          "wishes",
          "sincerely",
          "faithfully",
          "truly",
          "cheers",
          "thanks",
          "you",
          "best");

  private static char lineEnd(ScannedText text, int end) {
    int index = end;
    while (",.! \t".indexOf(text.at(index)) >= 0 && text.at(index) != '\0') {
      index++;
    }
    return text.at(index);
  }

  private static void lists(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    for (int colon = folded.indexOf(": "); colon >= 0; colon = folded.indexOf(": ", colon + 1)) {
      int line = colon;
      while (line > 0 && colon - line < 13 && LatinWord.isLetter(folded.charAt(line - 1))) {
        line--;
      }
      boolean opens = line == 0 || folded.charAt(line - 1) == '\n';
      if (opens && LISTS.contains(text.lower().substring(line, colon))) {
        members(folded, colon + 2, findings);
      }
    }
  }

  private static void members(String folded, int from, Consumer<Finding> findings) {
    int end = folded.indexOf('\n', from);
    end = end < 0 ? folded.length() : end;
    Matcher member = MEMBER.matcher(folded);
    int next = from;
    while (next < end && member.region(next, end).lookingAt()) {
      if (isAllName(member.group(1), true)) {
        findings.accept(
            new Finding(FindingType.PERSON, member.start(1), member.end(1), 0.7, "listed-person"));
      }
      next = member.end();
      while (next < end && !Character.isUpperCase(folded.charAt(next))) {
        next++;
      }
    }
  }

  /**
   * No word that is ordinary and no name, no organisation, no place of several words.
   *
   * @param strangers whether words that no list knows will do
   */
  private static boolean isAllName(String name, boolean strangers) {
    int known = 0;
    int strange = 0;
    for (LatinWord word : LatinWord.split(name)) {
      strange += word.isInitial() ? 1 : 0;
      if (EnglishNames.PARTICLES.contains(word.surface()) || word.isInitial()) {
        continue;
      }
      boolean listed = EnglishNames.isGiven(word) || EnglishNames.isFamily(word);
      if (EnglishNames.isNever(word) || EnglishNames.isWord(word) && !listed) {
        return false;
      }
      known += listed && !EnglishNames.isWord(word) ? 1 : 0;
      strange += listed ? 0 : 1;
    }
    String lower = name.toLowerCase(java.util.Locale.ROOT);
    return (known > 0 || strangers && strange > 1)
        && !OrganizationRecognizer.isKnown(lower)
        && !PlaceRecognizer.isPlaceOfSeveralWords(lower);
  }
}
