package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Names that the analyser cuts in pieces: a run of Han is split anew into a family name of the
 * dictionary and a given name (上原浩治, 夏井高人, 十宮薫子), between what stands before a name (社長) and what
 * follows one (監督).
 */
final class JapaneseFullNameRecognizer implements Recognizer {

  /** Behind a name, though it begins no title. */
  private static final Set<String> FOLLOWERS =
      Set.of(
          "監修", "原作", "作画", "著", "訳", "編", "作", "画", "役", "指揮", "主演", "演出", "脚本", "作曲", "作詞", "談",
          "自身", "時代", "本人", "夫妻", "兄弟", "姉妹", "一家", "名義", "等", "他", "ほか", "宅", "邸", "両人", "両氏",
          "撮影", "氏", "組", "共々");

  private static final String HONORIFIC_ENDS = "様殿氏君";

  @Override
  public String name() {
    return "japanese-full-name";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    List<JapaneseToken> tokens = text.japaneseTokens();
    int first = 0;
    while (first < tokens.size()) {
      if (!tokens.get(first).isHan()) {
        first++;
        continue;
      }
      int last = first;
      while (last + 1 < tokens.size() && tokens.get(last + 1).isHan()) {
        last++;
      }
      run(text, tokens, first, last, findings);
      first = last + 1;
    }
  }

  /** Looks for names in the run of Han tokens from first to last. */
  private static void run(
      ScannedText text,
      List<JapaneseToken> tokens,
      int first,
      int last,
      Consumer<Finding> findings) {
    Candidate spaced = spaced(text, tokens, first, last);
    if (spaced != null) {
      findings.accept(
          new Finding(FindingType.PERSON, spaced.start, spaced.end, spaced.score, spaced.rule));
      return;
    }
    int from = first;
    for (int begin = first; begin <= last; begin++) {
      boolean open = begin == from || isBefore(tokens, begin - 1, first);
      if (!open) {
        continue;
      }
      Candidate best = null;
      for (int end = begin; end <= last && begin < last; end++) {
        int length = tokens.get(end).end() - tokens.get(begin).start();
        if (length > 6) {
          break;
        }
        Candidate candidate = candidate(text, tokens, begin, end, last);
        if (candidate != null && (best == null || candidate.score > best.score - 0.25)) {
          best = candidate;
        }
      }
      Candidate mixed = mixed(text, tokens, begin, last);
      if (mixed != null && (best == null || mixed.score > best.score)) {
        best = mixed;
      }
      if (best != null) {
        findings.accept(
            new Finding(FindingType.PERSON, best.start, best.end, best.score, best.rule));
      }
    }
  }

  private record Candidate(int start, int end, double score, String rule) {}

  private static boolean isBefore(List<JapaneseToken> tokens, int index, int first) {
    if ("者員長家官士師人手生".contains(tokens.get(index).surface())) {
      return true;
    }
    StringBuilder phrase = new StringBuilder();
    for (int i = index; i >= first && phrase.length() < 4; i--) {
      phrase.insert(0, tokens.get(i).surface());
      if (JapaneseNames.BEFORE.contains(phrase.toString())) {
        return true;
      }
    }
    return false;
  }

  private static @Nullable Candidate candidate(
      ScannedText text, List<JapaneseToken> tokens, int begin, int end, int last) {
    int start = tokens.get(begin).start();
    int stop = tokens.get(end).end();
    boolean whole = end == last;
    String folded = text.folded();
    boolean titled = JapaneseNames.startsWithTitle(folded, stop);
    if (begin == end) {
      return familyAlone(tokens, begin, last, titled);
    }
    String ending = tokens.get(end).surface();
    if (JapaneseNames.HONORIFICS.contains(ending)
        || JapaneseNames.ROLES.contains(ending)
        || !isPossible(tokens, begin, end)
        || !whole && !titled && !isFollowed(tokens, end, last)) {
      return null;
    }
    String surface = folded.substring(start, stop);
    if (JapaneseNames.NO_PERSONS.contains(surface)
        || !isFreeOfWords(tokens, begin, end)
        || JapaneseDictionary.is(surface, JapaneseDictionary.WORD)) {
      return null;
    }
    double score = split(tokens, begin, end, surface, titled, boundary(text, stop) || !whole);
    return score <= 0 ? null : new Candidate(start, stop, score, "japanese-full-name");
  }

  /** 岡田幹事長, 斎藤一軍投手コーチ: a tagged family name, and a phrase that ends in a title. */
  private static @Nullable Candidate familyAlone(
      List<JapaneseToken> tokens, int begin, int last, boolean titled) {
    JapaneseToken family = tokens.get(begin);
    boolean listed = JapaneseNames.FAMILY_NAMES.contains(family.surface());
    if (!family.isFamilyName() && !listed || family.length() < 2 || begin == last) {
      return null;
    }
    StringBuilder phrase = new StringBuilder();
    for (int i = begin + 1; i <= last; i++) {
      phrase.append(tokens.get(i).surface());
    }
    String behind = phrase.toString();
    boolean self = behind.equals("自身") || behind.equals("本人");
    boolean tagged = family.isFamilyName();
    return self || tagged && (titled || behind.equals("家") || JapaneseNames.endsInTitle(behind))
        ? new Candidate(family.start(), family.end(), 0.7, "family-name-title")
        : null;
  }

  private static boolean isFollowed(List<JapaneseToken> tokens, int end, int last) {
    StringBuilder phrase = new StringBuilder();
    for (int i = end + 1; i <= last; i++) {
      phrase.append(tokens.get(i).surface());
    }
    return FOLLOWERS.contains(tokens.get(end + 1).surface())
        || JapaneseNames.endsInTitle(phrase.toString());
  }

  /** Without a look into the dictionary: words behind a word are no name. */
  private static boolean isPossible(List<JapaneseToken> tokens, int begin, int end) {
    JapaneseToken family = tokens.get(begin);
    boolean known =
        family.length() == 1
            || family.isProper()
            || JapaneseNames.FAMILY_NAMES.contains(family.surface());
    if (family.length() > 2 && !known) {
      return false;
    }
    for (int i = begin + 1; i <= end && !known; i++) {
      if (tokens.get(i).length() > 1 && !tokens.get(i).isProper()) {
        return false;
      }
    }
    return true;
  }

  /** No ordinary word of two characters or more, unless names are spelled like it, too. */
  private static boolean isFreeOfWords(List<JapaneseToken> tokens, int begin, int end) {
    for (int i = begin; i <= end; i++) {
      JapaneseToken token = tokens.get(i);
      if (token.length() < 2 || token.isPerson() || token.length() == 2 && token.isProper()) {
        continue;
      }
      boolean rare = i == begin && end == begin + 1 && token.length() == 2;
      if (rare && tokens.get(end).isGivenName() && tokens.get(end).length() > 1) {
        continue;
      }
      int kinds = JapaneseDictionary.kinds(token.surface());
      boolean name = (kinds & (JapaneseDictionary.FAMILY | JapaneseDictionary.GIVEN)) != 0;
      if (!name && !(i == begin && JapaneseNames.FAMILY_NAMES.contains(token.surface()))) {
        return false;
      }
    }
    return true;
  }

  private static boolean boundary(ScannedText text, int stop) {
    char next = text.at(stop);
    boolean katakana = next >= 'ァ' && next <= 'ヺ';
    return !katakana && !Character.isLetterOrDigit(next) || next >= 'ぁ' && next <= 'ん';
  }

  /** How sure it is that a spelling is a family name and a given name; 0 if it is not. */
  private static double split(
      List<JapaneseToken> tokens,
      int begin,
      int end,
      String surface,
      boolean titled,
      boolean boundary) {
    double best = 0;
    for (int length = Math.min(4, surface.length() - 1); length >= 1; length--) {
      String given = surface.substring(length);
      if (given.length() > 4) {
        break;
      }
      int border = tokenBorder(tokens, begin, end, length);
      boolean sure = border == begin + 1 && tokens.get(begin).isFamilyName() && length > 1;
      double family = JapaneseNameParts.family(surface.substring(0, length));
      double value = (sure ? Math.max(1.5, family) : family) + JapaneseNameParts.given(given);
      if (border < 0) {
        value -= 0.5;
      } else if (border == begin + 1 && tokens.get(begin).isFamilyName()) {
        value += 0.5;
      }
      if (border > 0 && tokens.get(border).isGivenName()) {
        value += 0.5;
      }
      if (length == 1 && given.length() == 1 && !titled) {
        value -= 1;
      }
      best = Math.max(best, value);
    }
    double score = best >= 3.5 ? 0.8 : best >= 3 ? 0.7 : best >= 2.5 ? 0.6 : 0;
    if (titled && best >= 2) {
      score = Math.max(score, 0.75);
    }
    if (!boundary && score < 0.8) {
      score = Math.min(score, 0.4);
    }
    boolean tagged = tokens.get(begin).isFamilyName() && tokens.get(begin).length() == 1;
    return Math.max(score, JapaneseNameParts.continental(surface, tagged, titled, boundary));
  }

  /** The token that begins so many characters behind the start of another; -1 if none does. */
  private static int tokenBorder(List<JapaneseToken> tokens, int begin, int end, int length) {
    int at = tokens.get(begin).start() + length;
    for (int i = begin + 1; i <= end; i++) {
      if (tokens.get(i).start() == at) {
        return i;
      }
    }
    return -1;
  }

  /** A family name and a given name in kana: 横峰さくら, 桜井センリ. */
  private static @Nullable Candidate mixed(
      ScannedText text, List<JapaneseToken> tokens, int begin, int last) {
    if (last + 1 >= tokens.size()) {
      return null;
    }
    int start = tokens.get(begin).start();
    int from = tokens.get(last).end();
    boolean hiragana = isHiragana(text.at(from));
    boolean katakana = isKatakana(text.at(from));
    String family = text.folded().substring(start, from);
    boolean proper = tokens.get(begin).isProper() || JapaneseNames.FAMILY_NAMES.contains(family);
    if (family.length() > 3
        || family.length() < 2
        || !proper
        || !hiragana && !katakana
        || JapaneseNameParts.family(family) < 1) {
      return null;
    }
    int stop = from;
    while (stop - from < 6 && (hiragana ? isHiragana(text.at(stop)) : isKatakana(text.at(stop)))) {
      stop++;
    }
    if (katakana) {
      String given = text.folded().substring(from, stop);
      boolean free =
          given.length() >= 2
              && given.length() <= 4
              && !isKatakana(text.at(stop))
              && text.at(stop) != '・'
              && boundary(text, stop)
              && KatakanaPart.of(given) != KatakanaPart.WORD
              && (JapaneseNames.FAMILY_NAMES.contains(family)
                  || JapaneseDictionary.is(given, JapaneseDictionary.GIVEN));
      return free && tokens.get(begin).isFamilyName()
          ? new Candidate(start, stop, 0.6, "family-and-kana")
          : null;
    }
    for (int end = stop; hiragana && end >= from + 2; end--) {
      String given = text.folded().substring(from, end);
      if (JapaneseNames.HIRAGANA_GIVEN.contains(given)
          || JapaneseDictionary.is(given, JapaneseDictionary.GIVEN)
              && !JapaneseDictionary.is(given, JapaneseDictionary.WORD)) {
        boolean ends =
            end == stop
                || "はがのとにをもやへ".indexOf(text.at(end)) >= 0
                || JapaneseNames.startsWithTitle(text.folded(), end);
        return ends ? new Candidate(start, end, 0.7, "family-and-kana") : null;
      }
    }
    return null;
  }

  /** 足利 義満: a family name of the dictionary, a space, a given name. */
  private static @Nullable Candidate spaced(
      ScannedText text, List<JapaneseToken> tokens, int first, int last) {
    int start = tokens.get(first).start();
    int space = tokens.get(last).end();
    if (text.at(space) != ' ' || space - start > 4) {
      return null;
    }
    int run = space + 1;
    while (run - space <= 4 && isHan(text.at(run))) {
      run++;
    }
    double family = JapaneseNameParts.family(text.folded().substring(start, space));
    for (int stop = Math.min(run, space + 4); stop > space + 1 && family > 0; stop--) {
      boolean ends =
          stop == run && boundary(text, stop) || JapaneseNames.startsWithTitle(text.folded(), stop);
      String given = text.folded().substring(space + 1, stop);
      boolean honoured = HONORIFIC_ENDS.indexOf(given.charAt(given.length() - 1)) >= 0;
      if (ends && !honoured && family + JapaneseNameParts.given(given) >= 2.75) {
        return new Candidate(start, stop, 0.75, "japanese-full-name");
      }
    }
    return null;
  }

  private static boolean isHan(char c) {
    return c >= '一' && c <= '鿿' || c == '々';
  }

  private static boolean isHiragana(char c) {
    return c >= 'ぁ' && c <= 'ん';
  }

  private static boolean isKatakana(char c) {
    return c >= 'ァ' && c <= 'ヺ' || c == 'ー';
  }
}
