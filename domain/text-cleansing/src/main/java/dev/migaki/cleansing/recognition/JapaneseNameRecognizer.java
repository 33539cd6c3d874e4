package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Japanese person names: morphological analysis proposes, neighbours decide.
 *
 * <p>The dictionary finds most names but cuts them; family and given names are joined over a space
 * or a middle dot, and an honorific or an introduction turns a doubtful noun into a name.
 */
final class JapaneseNameRecognizer implements Recognizer {

  /** Characters in front of a family name that are words of their own: 故, 妻. */
  private static final String NO_HEAD = "元前現故新旧父母兄弟姉妹妻夫娘長氏各両同某亡第約対後他計代仮通内外主名姓字号諱甥姪祖叔伯今初本毎次翌";

  /** Behind a family name that may be a place, too. */
  private static final Set<String> AS_PERSON = Set.of("は", "が", "も", "と", "を", "に", "です");

  @Override
  public String name() {
    return "japanese-name";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    List<JapaneseToken> tokens = text.japaneseTokens();
    int index = 0;
    while (index < tokens.size()) {
      JapaneseToken token = tokens.get(index);
      if (token.isPerson() && isNameSurface(token)) {
        index = taggedName(tokens, index, findings);
      } else {
        index++;
      }
    }
  }

  private static boolean isNameSurface(JapaneseToken token) {
    return token.isHan() || token.isHiragana() || token.surface().indexOf('々') >= 0;
  }

  /** Joins a run that starts at a tagged token; returns the first index after it. */
  private static int taggedName(List<JapaneseToken> tokens, int first, Consumer<Finding> findings) {
    int last = first;
    while (last + 1 < tokens.size()) {
      int next = joined(tokens, first, last);
      if (next < 0) {
        break;
      }
      last = next;
    }
    String surface = tokens.get(last).surface();
    if (last > first && JapaneseNames.HONORIFICS.contains(surface)) {
      last--;
    }
    double score = taggedScore(tokens, first, last);
    boolean longer =
        first > 0
            && (isForeignGiven(tokens, first - 1)
                || last > first && isHeadOfFamily(tokens, first - 1));
    int start = longer ? first - 1 : first;
    findings.accept(
        new Finding(
            FindingType.PERSON,
            tokens.get(start).start(),
            tokens.get(last).end(),
            score,
            "japanese-name"));
    return last + 1;
  }

  /** The first character of a family name that the dictionary cut off: 直 嶋 正行. */
  private static boolean isHeadOfFamily(List<JapaneseToken> tokens, int index) {
    JapaneseToken token = tokens.get(index);
    return token.length() == 1
        && token.isHan()
        && tokens.get(index + 1).isFamilyName()
        && !token.partOfSpeech().startsWith("名詞-接尾")
        && NO_HEAD.indexOf(token.surface()) < 0
        && (index == 0 || !tokens.get(index - 1).isHan());
  }

  /** アントニオ in front of 猪木. */
  private static boolean isForeignGiven(List<JapaneseToken> tokens, int index) {
    JapaneseToken token = tokens.get(index);
    return token.isPerson()
        && token.isKatakana()
        && token.length() > 2
        && tokens.get(index + 1).isFamilyName()
        && (index == 0 || !tokens.get(index - 1).isKatakana());
  }

  private static int joined(List<JapaneseToken> tokens, int first, int last) {
    JapaneseToken here = tokens.get(last);
    JapaneseToken next = tokens.get(last + 1);
    if (next.isPerson() && isNameSurface(next) && last - first < 3) {
      return last + 1;
    }
    if (here.isFamilyName() && last == first && isGivenLike(tokens, last + 1)) {
      return last + 1;
    }
    if (last > first && here.isHan() && isStrayCharacter(tokens, last + 1)) {
      return last + 1;
    }
    if (last + 2 >= tokens.size()) {
      return -1;
    }
    JapaneseToken further = tokens.get(last + 2);
    boolean gap = next.surface().equals(" ");
    if (gap
        && last == first
        && here.isFamilyName()
        && (further.isPerson()
            || isSpacedGiven(tokens, last + 2)
            || further.isHan() && further.length() <= 3 && isHonoured(tokens, last + 3))) {
      return last + 2;
    }
    return -1;
  }

  /** Whether an honorific stands at the index, a space before it or not: 王 小明 様. */
  private static boolean isHonoured(List<JapaneseToken> tokens, int index) {
    int honorific = index < tokens.size() && tokens.get(index).isSpace() ? index + 1 : index;
    return honorific < tokens.size()
        && JapaneseNames.HONORIFICS.contains(tokens.get(honorific).surface());
  }

  /** The last character of a given name that the dictionary cut off: 加藤 晋一 郎. */
  private static boolean isStrayCharacter(List<JapaneseToken> tokens, int index) {
    JapaneseToken token = tokens.get(index);
    boolean one =
        token.length() == 1
            && token.isHan()
            && JapaneseNames.NAME_CHARACTERS.indexOf(token.surface()) >= 0;
    return one
        && !JapaneseNames.HONORIFICS.contains(token.surface())
        && (index + 1 >= tokens.size() || !tokens.get(index + 1).isHan());
  }

  /** An untagged given name directly behind a family name: short, Han or kana, then a name ends. */
  private static boolean isGivenLike(List<JapaneseToken> tokens, int index) {
    JapaneseToken token = tokens.get(index);
    boolean script = token.isHan() || token.isHiragana() && token.length() > 1;
    boolean shape =
        script
            && token.length() <= 3
            && token.isNoun()
            && !JapaneseNames.ROLES.contains(token.surface())
            && !JapaneseNames.HONORIFICS.contains(token.surface())
            && !token.partOfSpeech().startsWith("名詞-接尾")
            && !token.partOfSpeech().startsWith("名詞-数")
            && !token.isPlace();
    if (!shape) {
      return false;
    }
    if (token.isHiragana()
        && (token.isPerson()
            || index + 1 >= tokens.size()
            || ":：<＜>\n".contains(tokens.get(index + 1).surface()))) {
      return true;
    }
    return index + 1 < tokens.size()
        && JapaneseNames.HONORIFICS.contains(tokens.get(index + 1).surface());
  }

  private static boolean isSpacedGiven(List<JapaneseToken> tokens, int index) {
    JapaneseToken token = tokens.get(index);
    boolean shape =
        (token.isHan() || token.isHiragana())
            && token.length() <= 3
            && !token.isParticle()
            && !JapaneseNames.HONORIFICS.contains(token.surface())
            && !JapaneseNames.ROLES.contains(token.surface())
            && !token.isPlace();
    if (!shape) {
      return false;
    }
    if (index + 1 >= tokens.size()) {
      return true;
    }
    JapaneseToken after = tokens.get(index + 1);
    return !after.isNoun() || JapaneseNames.HONORIFICS.contains(after.surface());
  }

  private static double taggedScore(List<JapaneseToken> tokens, int start, int last) {
    JapaneseToken tail = tokens.get(last);
    JapaneseToken next = last + 1 < tokens.size() ? tokens.get(last + 1) : null;
    String follower = next == null ? "" : next.surface();
    boolean further =
        last + 2 < tokens.size()
            && tokens.get(last + 2).isHiragana()
            && tokens.get(last + 2).isNoun();
    if (JapaneseNames.HONORIFICS.contains(follower) && !(follower.equals("さん") && further)
        || JapaneseNames.ROLES.contains(follower)) {
      return 0.95;
    }
    if (isEra(tokens, start, last)) {
      return 0.2;
    }
    if (last > start) {
      return joinedScore(tokens, start, last, next);
    }
    boolean glued =
        start > 0 && tokens.get(start - 1).isHan() && tokens.get(start - 1).isNoun()
            || next != null && next.isNoun() && (next.isHan() || next.isKatakana());
    if (glued) {
      return 0.35;
    }
    if (tail.isHiragana()) {
      return 0.3;
    }
    if (tail.length() == 1) {
      return 0.25;
    }
    if (tail.isFamilyName() && !JapaneseNames.FAMILY_NAMES.contains(tail.surface())) {
      return AS_PERSON.contains(follower) ? 0.5 : 0.4;
    }
    return tail.isFamilyName() ? 0.6 : 0.5;
  }

  /** 寛平6年, 建久9年: a tagged era. */
  private static boolean isEra(List<JapaneseToken> tokens, int start, int last) {
    return tokens.get(last).end() - tokens.get(start).start() == 2
        && last + 1 < tokens.size()
        && (tokens.get(last + 1).partOfSpeech().startsWith("名詞-数")
            || tokens.get(last + 1).surface().startsWith("元年"));
  }

  private static double joinedScore(
      List<JapaneseToken> tokens, int start, int last, @Nullable JapaneseToken next) {
    StringBuilder name = new StringBuilder();
    for (int i = start; i <= last; i++) {
      name.append(tokens.get(i).surface());
    }
    String surface = name.toString();
    if (JapaneseDictionary.is(surface, JapaneseDictionary.WORD | JapaneseDictionary.PLACE)
        || JapaneseNames.NO_PERSONS.contains(surface)) {
      return 0.3;
    }
    boolean thing = next != null && next.isHan() && JapaneseNames.isThing(next.surface());
    String given = tokens.get(last).surface();
    boolean unlikely = last == start + 1 && JapaneseNames.isThing(given);
    if (thing || unlikely) {
      return 0.35;
    }
    boolean short2 = surface.length() == 2 && last == start + 1;
    if (short2 && !JapaneseNames.isShortName(surface)) {
      return 0.4;
    }
    return 0.9;
  }
}
