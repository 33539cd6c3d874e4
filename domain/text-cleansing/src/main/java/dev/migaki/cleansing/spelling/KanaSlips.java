package dev.migaki.cleansing.spelling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds slips of one kana in any word and inflection: missing, too many, wrong, exchanged with its
 * neighbour, or typed with a wrong key (ｍさう for ます).
 *
 * <p>A place is looked at when characters stand there that follow each other nowhere in millions of
 * characters of right text ({@link KanaSequences}). Of all texts that are one slip away and made of
 * usual sequences, the morphological dictionary says which one reads best ({@link
 * MorphemeLattice}). It must read much better than what was written, and better than every other
 * one; how much depends on the kind of slip and on how usual its sequences are.
 */
final class KanaSlips {

  private static final String RULE = "kana-slip";

  /** Characters on either side that are read with the place, up to the end of the clause. */
  private static final int CONTEXT = 10;

  private static final String ENDS = "。、！？!?，．\n";
  private static final String OPENING = "（(「『【〔〈［[\"“・";
  private static final String CLOSING = "』】〉\"”・";
  private static final String QUOTES = " 　\"'`“”「」『』)）";

  /** A place of more odd characters is no slip: another language, a dialect, a list. */
  private static final int LONGEST_PLACE = 9;

  /** What makes a correction less likely for each factor of e in the rank of its sequences. */
  private static final int RARITY = 450;

  private static final int HARDLY_ODD = 700;
  private static final int USUAL = 3_600;

  /** Particles are missing where the meaning decides; お and ご before a noun are courtesy. */
  private static final String NEVER_MISSING = "をがはものおご";

  /** Courtesy, and vowels that are drawn out (だぁ). */
  private static final String NEVER_TOO_MANY = "おごぁぃぅぇぉ";

  /**
   * What a slip's gain is lowered by (a text with a character less always reads better, one with a
   * character more worse) and what gain and lead it needs, in units of {@link MorphemeLattice}.
   */
  private enum Kind {
    DOUBLED(-2_000, 5_900, 600, KanaSequences.OFTEN),
    SUPERFLUOUS(2_500, 9_000, 2_500, 6_000),
    MISSING(-2_500, 8_000, 1_800, KanaSequences.OFTEN),
    WRONG(0, 6_000, 3_000, 7_000),
    SWAPPED(-1_000, 8_000, 2_300, 6_000),
    WIDE_KEY(0, 7_000, 1_500, KanaSequences.OFTEN),
    KEY(0, 15_000, 3_000, KanaSequences.OFTEN);

    private final int handicap;
    private final int gain;
    private final int lead;

    /** The sequences that a correction brings in are all of lower rank. */
    private final int rarest;

    Kind(int handicap, int gain, int lead, int rarest) {
      this.handicap = handicap;
      this.gain = gain;
      this.lead = lead;
      this.rarest = rarest;
    }

    /**
     * @param rank of the rarest sequence that the correction brings in
     */
    boolean isCertain(int gained, int ahead, int rank) {
      return switch (this) {
        case DOUBLED, WIDE_KEY, KEY, SUPERFLUOUS, SWAPPED -> gained >= gain && ahead >= lead;
        case MISSING ->
            rank < HARDLY_ODD && gained >= 6_000 && ahead >= 2 * lead
                || rank < USUAL && gained >= gain && ahead >= lead
                || gained >= 9_000 && ahead >= 6_000;
        case WRONG ->
            rank < HARDLY_ODD && gained >= gain && ahead >= lead
                || rank < USUAL && gained >= 13_500 && ahead >= lead;
      };
    }
  }

  private record Attempt(Kind kind, SpellingEdit edit, String result, int score, int rank) {

    /** The score less what rare sequences cost. */
    int likelihood() {
      return score - (int) (RARITY * Math.log1p(rank / 50.0));
    }
  }

  private static final ThreadLocal<MorphemeLattice> LATTICE =
      ThreadLocal.withInitial(MorphemeLattice::new);

  private final String text;
  private final int left;
  private final int right;
  private final int written;
  private final List<Attempt> attempts = new ArrayList<>();

  private KanaSlips(String text, int left, int right) {
    this.text = text;
    this.left = left;
    this.right = right;
    this.written = LATTICE.get().cost(text.substring(left, right));
  }

  static void find(String text, List<SpellingEdit> edits) {
    KanaSequences sequences = KanaSequences.instance();
    int place = -1;
    int end = -1;
    int first = KanaSequences.symbolAt(text, -1);
    int second = KanaSequences.symbolAt(text, 0);
    for (int i = 0; i < text.length(); i++) {
      int third = KanaSequences.symbolAt(text, i + 1);
      if (sequences.isOdd(first, second, third) || isWideLetter(text.charAt(i))) {
        if (place >= 0 && i - 1 >= end) {
          repair(text, place, end, edits);
          place = -1;
        }
        place = place < 0 ? Math.max(0, i - 1) : place;
        end = Math.min(text.length(), i + 2);
      }
      first = second;
      second = third;
    }
    if (place >= 0) {
      repair(text, place, end, edits);
    }
  }

  private static void repair(String text, int from, int to, List<SpellingEdit> edits) {
    if (to - from > LONGEST_PLACE || isReading(text, from, to)) {
      return;
    }
    int left = from;
    while (left > 0 && from - left < CONTEXT && ENDS.indexOf(text.charAt(left - 1)) < 0) {
      left--;
    }
    int right = to;
    while (right < text.length() && right - to < CONTEXT && ENDS.indexOf(text.charAt(right)) < 0) {
      right++;
    }
    if (!hasKanji(text, left, right)) {
      return;
    }
    KanaSlips slips = new KanaSlips(text, left, right);
    slips.attemptAll(from, to);
    slips.best(edits);
  }

  /** Whether the kana around stand alone: a reading, a name, a word that is talked about. */
  private static boolean isReading(String text, int from, int to) {
    int first = to - 1;
    while (first >= 0 && KanaSequences.isHiragana(text, first - 1)) {
      first--;
    }
    int last = from;
    while (KanaSequences.isHiragana(text, last)) {
      last++;
    }
    char before = first > 0 ? text.charAt(first - 1) : '\n';
    char after = last < text.length() ? text.charAt(last) : '\n';
    return OPENING.indexOf(before) >= 0
        || CLOSING.indexOf(after) >= 0
        || KanaSequences.isOther(before) && KanaSequences.isOther(after);
  }

  /** Text without kanji is a list of readings or written for children. */
  private static boolean hasKanji(String text, int left, int right) {
    return text.substring(left, right).codePoints().anyMatch(Character::isIdeographic);
  }

  private void attemptAll(int from, int to) {
    for (int at = Math.max(from, left + 1); at < to; at++) {
      char c = text.charAt(at);
      if (isSingleLetter(at)) {
        keys(at);
      }
      if (isMovable(at)) {
        insertions(at);
      }
      if (!KanaSequences.isHiragana(c)) {
        continue;
      }
      if (text.charAt(at - 1) == c) {
        // 走ってて is 走っていて, spoken
        if (c != 'て' || at > 1 && text.charAt(at - 2) == 'べ') {
          attempt(Kind.DOUBLED, at, at + 1, "");
        }
      } else if (KanaSequences.isHiragana(text, at - 1) && NEVER_TOO_MANY.indexOf(c) < 0) {
        attempt(Kind.SUPERFLUOUS, at, at + 1, "");
      }
      if (isMovable(at) && !isRepetition(at)) {
        for (char other : KanaRows.near(c).toCharArray()) {
          attempt(Kind.WRONG, at, at + 1, String.valueOf(other));
        }
      }
      char next = at + 1 < right ? text.charAt(at + 1) : c;
      if (KanaSequences.isHiragana(next) && next != c) {
        attempt(Kind.SWAPPED, at, at + 2, "" + next + c);
      }
    }
  }

  /** Not next to a blank or quote, and not behind a number (3つもできる). */
  private boolean isMovable(int at) {
    int before = at - 1;
    while (before > left && before > at - 3 && KanaSequences.isHiragana(text, before)) {
      before--;
    }
    return QUOTES.indexOf(text.charAt(at - 1)) < 0
        && QUOTES.indexOf(text.charAt(at)) < 0
        && !KanaSequences.isLatin(text.charAt(before));
  }

  /** もこもこ, すうすう. */
  private boolean isRepetition(int at) {
    for (int start = Math.max(0, at - 3); start <= at && start + 4 <= text.length(); start++) {
      if (text.regionMatches(start, text, start + 2, 2)) {
        return true;
      }
    }
    return false;
  }

  private void insertions(int at) {
    char next = text.charAt(at);
    for (char kana = 'あ'; kana <= 'ん'; kana++) {
      boolean particle =
          NEVER_MISSING.indexOf(kana) >= 0
              || kana == 'ま' && next == 'で'
              || kana == 'て' && !KanaSequences.isHiragana(next);
      if (!particle) {
        attempt(Kind.MISSING, at, at, String.valueOf(kana));
      }
    }
  }

  private void keys(int at) {
    Kind kind = isWideLetter(text.charAt(at)) ? Kind.WIDE_KEY : Kind.KEY;
    if (KanaSequences.isHiragana(text, at - 1) && KanaSequences.isHiragana(text, at + 1)) {
      attempt(kind, at, at + 1, "");
    }
    KanaRows.ofKey(KanaSequences.narrow(text.charAt(at)))
        .forEach(kana -> attempt(kind, at, at + 1, kana));
    String after = text.substring(at + 1, Math.min(right, at + 3));
    KanaRows.ofKeys(text.substring(at - 1, at + 1) + after)
        .forEach(
            (length, kana) ->
                attempt(kind, length < 0 ? at - 1 : at, at + Math.max(1, length), kana));
  }

  private boolean isSingleLetter(int at) {
    char letter = KanaSequences.narrow(text.charAt(at));
    return letter >= 'a'
        && letter <= 'z'
        && !KanaSequences.isLatin(text.charAt(at - 1))
        && (at + 1 == text.length() || !KanaSequences.isLatin(text.charAt(at + 1)));
  }

  private void attempt(Kind kind, int start, int end, String to) {
    int rank = KanaSequences.instance().rarest(text, start, end, to);
    if (rank < kind.rarest) {
      String result = text.substring(left, start) + to + text.substring(end, right);
      int score = written - LATTICE.get().cost(result) - kind.handicap;
      SpellingEdit edit = new SpellingEdit(start, end, text.substring(start, end), to, RULE);
      attempts.add(new Attempt(kind, edit, result, score, rank));
    }
  }

  private void best(List<SpellingEdit> edits) {
    attempts.sort(Comparator.comparingInt(Attempt::likelihood).reversed());
    if (attempts.isEmpty()) {
      return;
    }
    Attempt best = attempts.get(0);
    int second =
        attempts.stream()
            .filter(other -> !other.result().equals(best.result()))
            .mapToInt(Attempt::likelihood)
            .findFirst()
            .orElse(0);
    if (best.kind().isCertain(best.score(), best.likelihood() - second, best.rank())) {
      edits.add(best.edit());
    }
  }

  private static boolean isWideLetter(char c) {
    return c >= 'ａ' && c <= 'ｚ';
  }
}
