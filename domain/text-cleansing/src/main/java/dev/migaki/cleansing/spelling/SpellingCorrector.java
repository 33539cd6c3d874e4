package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Corrects spellings that are wrong in every context: from tables, by a strict speller in English
 * and in katakana, and by a short list of rules; and, where a tenant wants it, variants of one word
 * (表記ゆれ) that are right by themselves.
 *
 * <p>Code, URLs, addresses, placeholders and protected terms are never touched; a wrong correction
 * costs more trust than ten missed ones. Every change is recorded.
 */
public final class SpellingCorrector {

  private static final String ENGLISH_RULE = "english-misspelling";
  private static final String REPEATED_RULE = "repeated-word";

  private static final Map<String, String> ENGLISH = new HashMap<>();

  private static final int LEAST_KATAKANA = 5;

  /** Code points from a hiragana to the same syllable in katakana. */
  private static final int KATAKANA_BEHIND_HIRAGANA = 'ァ' - 'ぁ';

  private static final Pattern KATAKANA = Pattern.compile("(?<![ァ-ヺー・])[ァ-ヺー]{5,20}(?![ァ-ヺー・])");

  private static final Set<String> COMMON =
      Set.of(
          "the", "a", "an", "is", "are", "was", "to", "of", "and", "in", "for", "with", "that",
          "this", "you", "we", "it", "be", "on", "by", "not", "can", "have", "your", "from", "as");

  /** Characters of the longest word among {@link #COMMON}. */
  private static final int LONGEST_COMMON = 4;

  private static final int LONGEST_REPEATED = 6;

  /** What stands behind a name that is meant as such, and not as part of a path. */
  private static final Pattern DESCRIBING =
      Pattern.compile("-(?:related|based|hosted|compatible)\\b");

  private static final Pattern REPEATED =
      Pattern.compile(
          "\\b(the|a|an|of|to|in|is|are|for|and|with|on|you|your|be|this|we|it|as|at|by|from|or|if"
              + "|was|were|has|have|which|like|how|when|these|their|our|its|into|about|should|also"
              + "|they|them|but|not|than|then|only|each|some|any|both) \\1\\b(?![-'])");

  static {
    for (String line : WordList.load("english-misspellings.txt")) {
      int tab = line.indexOf('\t');
      ENGLISH.put(line.substring(0, tab).toLowerCase(Locale.ROOT), line.substring(tab + 1));
    }
  }

  private final List<String> protectedTerms;
  private final boolean correctsErrors;
  private final @Nullable NotationTable table;
  private final boolean towardMajority;

  private SpellingCorrector(
      List<String> protectedTerms, boolean correctsErrors, Notation notation) {
    this.protectedTerms = List.copyOf(protectedTerms);
    this.correctsErrors = correctsErrors;
    this.table = notation.table().isEmpty() ? null : new NotationTable(notation.table());
    this.towardMajority = notation.towardMajority();
  }

  /**
   * @param terms products, names, codes: text inside an occurrence is never changed
   */
  public static SpellingCorrector withProtectedTerms(List<String> terms) {
    return new SpellingCorrector(terms, true, Notation.asWritten());
  }

  /**
   * @param terms text inside an occurrence is never changed
   * @param correctsErrors whether errors are corrected, besides the variants of notation
   */
  public static SpellingCorrector of(
      List<String> terms, boolean correctsErrors, Notation notation) {
    return new SpellingCorrector(terms, correctsErrors, notation);
  }

  /** Corrects one text as a document of its own. */
  public CorrectedText correct(String text) {
    return correct(text, majorityOf(List.of(text)));
  }

  /** Which spellings a document prefers; asked once for {@link #correct} of all its texts. */
  public NotationMajority majorityOf(List<String> document) {
    if (!towardMajority) {
      return NotationMajority.NONE;
    }
    Set<String> decided = table == null ? Set.of() : table.words();
    return NotationVariants.majority(
        document.stream().map(text -> new ProtectedText(text, protectedTerms)).toList(), decided);
  }

  /** Corrects one text of a document. */
  public CorrectedText correct(String text, NotationMajority majority) {
    ProtectedText protectedText = new ProtectedText(text, protectedTerms);
    List<SpellingEdit> edits = new ArrayList<>(notation(protectedText, majority));
    if (correctsErrors) {
      List<SpellingEdit> errors = errors(text);
      errors.removeIf(
          error ->
              table != null && table.words().contains(error.from())
                  || edits.stream().anyMatch(e -> overlap(e, error))
                  || protectedText.touches(error.start(), error.end()));
      edits.addAll(errors);
    }
    return edits.isEmpty()
        ? new CorrectedText(text, List.of())
        : CorrectedText.of(text, withoutOverlaps(edits));
  }

  private List<SpellingEdit> notation(ProtectedText text, NotationMajority majority) {
    if (table == null && majority.isEmpty()) {
      return List.of();
    }
    NotationPlaces places = new NotationPlaces(text);
    if (table != null) {
      table.find(text.text(), places);
    }
    if (!majority.isEmpty()) {
      NotationVariants.find(text.text(), majority, places);
    }
    return places.edits();
  }

  private static boolean overlap(SpellingEdit one, SpellingEdit other) {
    return one.start() < other.end() && other.start() < one.end();
  }

  private static List<SpellingEdit> errors(String text) {
    List<SpellingEdit> candidates = new ArrayList<>();
    boolean prose = isEnglishProse(text);
    englishWords(text, prose, candidates);
    if (mayRepeat(text)) {
      repeatedWords(text, candidates);
    }
    if (prose) {
      EnglishUsage.find(text, candidates);
    }
    if (hasKatakanaWord(text)) {
      katakanaWords(text, candidates);
    }
    JapaneseErrors.find(text, candidates);
    KanaSlips.find(text, candidates);
    return candidates;
  }

  private static void englishWords(String text, boolean prose, List<SpellingEdit> candidates) {
    int end;
    for (int start = wordStart(text, 0); start < text.length(); start = wordStart(text, end)) {
      end = wordEnd(text, start);
      if (end - start < 3 || isPartOfCode(text, start, end)) {
        if (prose && DESCRIBING.matcher(text).region(end, text.length()).lookingAt()) {
          properCase(start, text.substring(start, end), candidates);
        }
        continue;
      }
      String from = text.substring(start, end);
      if (hasInnerCapital(from)) {
        heldShift(start, from, candidates);
        continue;
      }
      String lower = from.toLowerCase(Locale.ROOT);
      String to = ENGLISH.get(lower);
      if (to != null) {
        candidates.add(new SpellingEdit(start, end, from, inCaseOf(from, to), ENGLISH_RULE));
      } else if (prose) {
        unlisted(text, start, from, lower, candidates);
      }
    }
  }

  private static boolean properCase(int start, String from, List<SpellingEdit> candidates) {
    String right = EnglishUsage.inOwnCase(from);
    if (right.equals(from)) {
      return false;
    }
    int end = start + from.length();
    return candidates.add(new SpellingEdit(start, end, from, right, "proper-case"));
  }

  /** The second letter of a common word is a capital because the first one was: "THe". */
  private static void heldShift(int start, String from, List<SpellingEdit> candidates) {
    String lower = from.toLowerCase(Locale.ROOT);
    String right = Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
    boolean second = from.equals(from.substring(0, 2).toUpperCase(Locale.ROOT) + from.substring(2));
    if (second && from.substring(2).equals(lower.substring(2)) && COMMON.contains(lower)) {
      candidates.add(new SpellingEdit(start, start + from.length(), from, right, "second-capital"));
    }
  }

  /** Where the next word of ASCII letters begins; the text's length if there is none. */
  private static int wordStart(String text, int from) {
    int index = from;
    while (index < text.length() && !isAsciiLetter(text.charAt(index))) {
      index++;
    }
    return index;
  }

  /** Letters, and apostrophes between letters. */
  private static int wordEnd(String text, int start) {
    int length = text.length();
    int index = start + 1;
    while (index < length
        && (isAsciiLetter(text.charAt(index))
            || text.charAt(index) == '\''
                && index + 1 < length
                && isAsciiLetter(text.charAt(index + 1)))) {
      index++;
    }
    return index;
  }

  private static boolean isAsciiLetter(char c) {
    return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
  }

  private static void unlisted(
      String text, int start, String from, String lower, List<SpellingEdit> candidates) {
    int end = start + from.length();
    if (!EnglishUsage.isPackage(text, end) && properCase(start, from, candidates)) {
      return;
    }
    boolean capital = Character.isUpperCase(from.charAt(0));
    boolean name = capital && !opensSentence(text, start);
    if (from.length() > 1 && from.equals(from.toUpperCase(Locale.ROOT))) {
      return;
    }
    EnglishSpeller speller = EnglishSpeller.instance();
    Optional<String> correction =
        name
            ? speller.correctionOfName(lower)
            : capital ? speller.correction(lower) : speller.correctionOfWord(lower);
    correction.ifPresent(
        right ->
            candidates.add(
                new SpellingEdit(start, end, from, inCaseOf(from, right), "unique-neighbour")));
  }

  private static boolean opensSentence(String text, int start) {
    int index = start - 1;
    while (index >= 0 && " *>\"'(-#".indexOf(text.charAt(index)) >= 0) {
      index--;
    }
    return index < 0 || ".!?\n".indexOf(text.charAt(index)) >= 0;
  }

  /**
   * At least four words and one of the commonest among them, or at least three of which all but one
   * are frequent (a heading): other languages are left alone.
   */
  private static boolean isEnglishProse(String text) {
    int words = 0;
    int common = 0;
    int frequent = 0;
    int end;
    for (int start = wordStart(text, 0);
        start < text.length() && (words < 4 || common < 1);
        start = wordStart(text, end)) {
      end = wordEnd(text, start);
      words++;
      String word = text.substring(start, end).toLowerCase(Locale.ROOT);
      common += end - start <= LONGEST_COMMON && COMMON.contains(word) ? 1 : 0;
      frequent += EnglishSpeller.instance().isFrequent(word) ? 1 : 0;
    }
    return words >= 4 && common >= 1 || words >= 3 && frequent >= words - 1;
  }

  private static boolean hasKatakanaWord(String text) {
    int run = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      run = c >= 'ァ' && c <= 'ヺ' || c == 'ー' ? run + 1 : 0;
      if (run >= LEAST_KATAKANA) {
        return true;
      }
    }
    return false;
  }

  private static void katakanaWords(String text, List<SpellingEdit> candidates) {
    Matcher word = KATAKANA.matcher(text);
    while (word.find()) {
      KatakanaSpeller.instance()
          .correction(word.group())
          .ifPresent(right -> candidates.add(katakanaEdit(text, word.start(), word.end(), right)));
    }
  }

  /** What the word lacks may stand behind it in hiragana: オブジェクと. */
  private static SpellingEdit katakanaEdit(String text, int start, int wordEnd, String right) {
    boolean inHiragana =
        right.length() == wordEnd - start + 1
            && right.startsWith(text.substring(start, wordEnd))
            && wordEnd < text.length()
            && text.charAt(wordEnd) + KATAKANA_BEHIND_HIRAGANA == right.charAt(right.length() - 1);
    int end = inHiragana ? wordEnd + 1 : wordEnd;
    return new SpellingEdit(start, end, text.substring(start, end), right, "katakana-slip");
  }

  private static boolean isPartOfCode(String text, int start, int end) {
    char before = start > 0 ? text.charAt(start - 1) : ' ';
    char after = end < text.length() ? text.charAt(end) : ' ';
    boolean dotted =
        after == '.' && end + 1 < text.length() && Character.isLetterOrDigit(text.charAt(end + 1));
    return "_@#$/\\.-=%".indexOf(before) >= 0
        || "_@/\\=(-".indexOf(after) >= 0
        || dotted
        || isAsciiDigit(before)
        || isAsciiDigit(after)
        || Character.isLetter(before) && before < 0x250
        || Character.isLetter(after) && after < 0x250;
  }

  private static boolean isAsciiDigit(char c) {
    return c >= '0' && c <= '9';
  }

  /** camelCase is code; ALL CAPS is a heading. */
  private static boolean hasInnerCapital(String word) {
    String tail = word.substring(1);
    return !tail.equals(tail.toLowerCase(Locale.ROOT))
        && !word.equals(word.toUpperCase(Locale.ROOT));
  }

  private static String inCaseOf(String from, String to) {
    if (from.equals(from.toUpperCase(Locale.ROOT))) {
      return to.toUpperCase(Locale.ROOT);
    }
    if (Character.isUpperCase(from.charAt(0))) {
      return Character.toUpperCase(to.charAt(0)) + to.substring(1);
    }
    return to;
  }

  /** Whether the same short word stands on both sides of any space. */
  private static boolean mayRepeat(String text) {
    for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', space + 1)) {
      int start = space;
      while (start > 0 && isAsciiLetter(text.charAt(start - 1))) {
        start--;
      }
      int length = space - start;
      if (length > 0
          && length <= LONGEST_REPEATED
          && text.regionMatches(start, text, space + 1, length)) {
        return true;
      }
    }
    return false;
  }

  private static void repeatedWords(String text, List<SpellingEdit> candidates) {
    Matcher repeated = REPEATED.matcher(text);
    while (repeated.find()) {
      candidates.add(
          new SpellingEdit(
              repeated.start(),
              repeated.end(),
              repeated.group(),
              repeated.group(1),
              REPEATED_RULE));
    }
  }

  /** By position; of two that overlap the earlier, then the longer one. */
  private static List<SpellingEdit> withoutOverlaps(List<SpellingEdit> edits) {
    edits.sort(
        Comparator.comparingInt(SpellingEdit::start)
            .thenComparing(Comparator.comparingInt(SpellingEdit::end).reversed()));
    List<SpellingEdit> kept = new ArrayList<>();
    int position = 0;
    for (SpellingEdit edit : edits) {
      if (edit.start() >= position) {
        kept.add(edit);
        position = edit.end();
      }
    }
    return kept;
  }
}
