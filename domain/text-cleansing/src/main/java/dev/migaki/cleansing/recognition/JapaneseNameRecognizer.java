package dev.migaki.cleansing.recognition;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Japanese person names: morphological analysis proposes, neighbours decide.
 *
 * <p>The dictionary finds most names but cuts them; family and given names are joined over a space
 * or a middle dot, and an honorific or an introduction turns a doubtful noun into a name.
 */
final class JapaneseNameRecognizer implements Recognizer {

  static final Set<String> FAMILY_NAMES =
      new HashSet<>(KanjiVariants.forms(WordList.load("japanese-family-names.txt")));

  private static final Set<String> KATAKANA_GIVEN =
      new HashSet<>(WordList.load("katakana-given-names.txt"));

  static final String NAME_CHARACTERS =
      String.join("", WordList.load("japanese-name-characters.txt"));

  private static final Set<String> HONORIFICS =
      Set.of("様", "さま", "サマ", "さん", "サン", "氏", "殿", "どの", "君", "くん", "ちゃん", "先生", "女史");

  private static final Set<String> ROLES =
      Set.of(
          "部長", "課長", "係長", "社長", "店長", "主任", "教授", "支配人", "院長", "医師", "看護師", "弁護士", "選手", "監督",
          "議員", "室長", "所長", "次長", "専務", "常務", "会長", "博士", "助教", "准教授", "リーダー", "マネージャー");

  /** Nouns that take an honorific and name nobody. */
  private static final Set<String> NOBODY =
      Set.of(
          "お客", "客", "お客様", "皆", "みな", "皆さま", "神", "仏", "王", "奥", "お嬢", "嬢", "お子", "子", "子供", "お子様",
          "患者", "業者", "担当", "担当者", "ご担当者", "会員", "利用者", "契約者", "保護者", "責任者", "関係者", "社員", "店員",
          "職員", "取引先", "各位", "御社", "貴社", "弊社", "当社", "会社", "お父", "お母", "父", "母", "お兄", "お姉", "兄",
          "姉", "弟", "妹", "娘", "息子", "旦那", "主人", "ご主人", "医者", "お医者", "看護師", "大家", "お隣", "隣", "ユーザー",
          "ユーザ", "オーナー", "スタッフ", "ご家族", "家族", "親御", "新郎", "新婦", "何", "誰", "どなた", "同", "諸", "某", "彼",
          "両", "お", "ご", "本人", "ご本人", "相手", "先方", "法人", "個人", "事業者", "申請者", "購入者", "来場者", "参加者",
          "入居者", "お得意", "得意", "組合員", "学生", "生徒", "受講者", "新規", "既存", "一般");

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
      int foreignEnd = foreignName(tokens, index);
      if (foreignEnd > index) {
        findings.accept(
            new Finding(
                FindingType.PERSON,
                token.start(),
                tokens.get(foreignEnd).end(),
                0.75,
                "katakana-name"));
        index = foreignEnd + 1;
      } else if (token.isPerson() && isNameSurface(token)) {
        index = taggedName(tokens, index, findings);
      } else if (FAMILY_NAMES.contains(token.surface())
          && token.length() > 1
          && familyName(tokens, index) > index) {
        int last = familyName(tokens, index);
        findings.accept(
            new Finding(
                FindingType.PERSON,
                token.start(),
                tokens.get(last).end(),
                0.8,
                "family-and-given"));
        index = last + 1;
      } else {
        honorificName(tokens, index, findings);
        index++;
      }
    }
    introductions(text, tokens, findings);
  }

  /** "ジョン・スミス": a known given name, a dot, more katakana. Returns the last index or first. */
  private static int foreignName(List<JapaneseToken> tokens, int first) {
    if (!KATAKANA_GIVEN.contains(tokens.get(first).surface())
        || first > 0 && isNameDot(tokens.get(first - 1))) {
      return first;
    }
    int last = first;
    while (last + 2 < tokens.size()
        && isNameDot(tokens.get(last + 1))
        && (tokens.get(last + 2).isKatakana() || tokens.get(last + 2).surface().matches("[A-Z]"))) {
      last += 2;
      while (last + 1 < tokens.size()
          && tokens.get(last + 1).isKatakana()
          && tokens.get(last + 1).isNoun()) {
        last++;
      }
    }
    return last;
  }

  /**
   * A family name and an untagged given name: one to three characters that given names are made of,
   * after which the run of Han ends. Returns the last index, or first if there is none.
   */
  private static int familyName(List<JapaneseToken> tokens, int first) {
    int last = first;
    int length = 0;
    while (last + 1 < tokens.size() && tokens.get(last + 1).isHan() && length < 4) {
      last++;
      length += tokens.get(last).length();
      if (HONORIFICS.contains(tokens.get(last).surface()) && length > 1
          || ROLES.contains(tokens.get(last).surface())) {
        length -= tokens.get(last).length();
        last--;
        break;
      }
    }
    if (length < 1 || length > 3) {
      return first;
    }
    for (int i = first + 1; i <= last; i++) {
      String surface = tokens.get(i).surface();
      for (int c = 0; c < surface.length(); c++) {
        if (NAME_CHARACTERS.indexOf(surface.charAt(c)) < 0) {
          return first;
        }
      }
    }
    return length == 1
            && FAMILY_NAMES.contains(tokens.get(first).surface() + tokens.get(last).surface())
        ? first
        : last;
  }

  private static boolean isNameSurface(JapaneseToken token) {
    return token.isHan()
        || token.isKatakana()
        || token.isHiragana()
        || token.surface().indexOf('々') >= 0;
  }

  /** Joins a run that starts at a tagged token; returns the first index after it. */
  private static int taggedName(List<JapaneseToken> tokens, int first, Consumer<Finding> findings) {
    int start = first;
    while (start > 0 && isForeignPart(tokens, start - 1)) {
      start -= 2;
    }
    int last = first;
    int parts = 1 + (first - start);
    while (last + 1 < tokens.size()) {
      int next = joined(tokens, first, last);
      if (next < 0) {
        break;
      }
      last = next;
      parts++;
    }
    String surface = tokens.get(last).surface();
    if (last > first && HONORIFICS.contains(surface)) {
      last--;
    }
    double score = taggedScore(tokens, start, last, parts);
    findings.accept(
        new Finding(
            FindingType.PERSON,
            tokens.get(start).start(),
            tokens.get(last).end(),
            score,
            "japanese-name"));
    return last + 1;
  }

  private static boolean isForeignPart(List<JapaneseToken> tokens, int dot) {
    return dot > 0
        && isNameDot(tokens.get(dot))
        && tokens.get(dot - 1).isKatakana()
        && tokens.get(dot - 1).length() > 1
        && tokens.get(dot + 1).isKatakana();
  }

  private static boolean isNameDot(JapaneseToken token) {
    String s = token.surface();
    return s.equals("・") || s.equals("=") || s.equals("＝");
  }

  private static int joined(List<JapaneseToken> tokens, int first, int last) {
    JapaneseToken here = tokens.get(last);
    JapaneseToken next = tokens.get(last + 1);
    if (next.isPerson()
        && isNameSurface(next)
        && next.isKatakana() == here.isKatakana()
        && last - first < 3) {
      return last + 1;
    }
    boolean katakana = here.isKatakana();
    if (here.isFamilyName() && last == first && !katakana) {
      int given = isGivenLike(tokens, last + 1) ? last + 1 : familyName(tokens, last);
      if (given > last) {
        return given;
      }
    }
    if (last > first && here.isHan() && isStrayCharacter(tokens, last + 1)) {
      return last + 1;
    }
    if (last + 2 >= tokens.size()) {
      return -1;
    }
    JapaneseToken further = tokens.get(last + 2);
    if (katakana && isNameDot(next) && further.isKatakana() && further.isNoun()) {
      return last + 2;
    }
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
    return honorific < tokens.size() && HONORIFICS.contains(tokens.get(honorific).surface());
  }

  /** The last character of a given name that the dictionary cut off: 加藤 晋一 郎. */
  private static boolean isStrayCharacter(List<JapaneseToken> tokens, int index) {
    JapaneseToken token = tokens.get(index);
    boolean one =
        token.length() == 1 && token.isHan() && NAME_CHARACTERS.indexOf(token.surface()) >= 0;
    return one
        && !HONORIFICS.contains(token.surface())
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
            && !ROLES.contains(token.surface())
            && !HONORIFICS.contains(token.surface())
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
    return index + 1 < tokens.size() && HONORIFICS.contains(tokens.get(index + 1).surface());
  }

  private static boolean isSpacedGiven(List<JapaneseToken> tokens, int index) {
    JapaneseToken token = tokens.get(index);
    boolean shape =
        (token.isHan() || token.isHiragana())
            && token.length() <= 3
            && !token.isParticle()
            && !HONORIFICS.contains(token.surface())
            && !ROLES.contains(token.surface())
            && !token.isPlace();
    if (!shape) {
      return false;
    }
    if (index + 1 >= tokens.size()) {
      return true;
    }
    JapaneseToken after = tokens.get(index + 1);
    return !after.isNoun() || HONORIFICS.contains(after.surface());
  }

  /** A katakana name is believed where a person would stand: alone, before a case particle. */
  private static boolean standsAsSubject(List<JapaneseToken> tokens, int start, int last) {
    boolean free =
        start == 0
            || !tokens.get(start - 1).isKatakana()
                && !isNameDot(tokens.get(start - 1))
                && !tokens.get(start - 1).isSpace();
    String follower = last + 1 < tokens.size() ? tokens.get(last + 1).surface() : "";
    return free && Set.of("は", "が", "も", "と", "に", "を", "や").contains(follower);
  }

  private static double taggedScore(List<JapaneseToken> tokens, int start, int last, int parts) {
    JapaneseToken tail = tokens.get(last);
    String follower = last + 1 < tokens.size() ? tokens.get(last + 1).surface() : "";
    if (HONORIFICS.contains(follower) || ROLES.contains(follower)) {
      return 0.95;
    }
    boolean katakana = tail.isKatakana();
    if (parts > 1) {
      return katakana ? 0.7 : 0.9;
    }
    if (katakana) {
      return tail.length() > 2 && standsAsSubject(tokens, start, last) ? 0.5 : 0.3;
    }
    boolean glued =
        start > 0 && tokens.get(start - 1).isHan() && tokens.get(start - 1).isNoun()
            || last + 1 < tokens.size()
                && tokens.get(last + 1).isHan()
                && tokens.get(last + 1).isNoun()
            || last + 1 < tokens.size() && tokens.get(last + 1).isKatakana();
    if (glued) {
      return 0.35;
    }
    if (tail.isHiragana()) {
      return 0.3;
    }
    if (tail.length() == 1) {
      return 0.25;
    }
    if (tail.isFamilyName()) {
      return FAMILY_NAMES.contains(tail.surface()) ? 0.6 : 0.5;
    }
    return 0.5;
  }

  /** An untagged noun in front of an honorific. */
  private static void honorificName(
      List<JapaneseToken> tokens, int index, Consumer<Finding> findings) {
    if (index == 0
        || !HONORIFICS.contains(tokens.get(index).surface())
        || !tokens.get(index).isNoun()) {
      return;
    }
    int first = index;
    int length = 0;
    while (first > 0
        && isNamePart(tokens.get(first - 1))
        && length + tokens.get(first - 1).length() <= 8) {
      first--;
      length += tokens.get(first).length();
    }
    if (first == index) {
      return;
    }
    StringBuilder name = new StringBuilder();
    boolean proper = false;
    for (int i = first; i < index; i++) {
      name.append(tokens.get(i).surface());
      proper |= tokens.get(i).isProper() && !tokens.get(i).partOfSpeech().endsWith("組織");
    }
    String surface = name.toString();
    if (NOBODY.contains(surface)
        || NOBODY.contains(tokens.get(index - 1).surface())
        || tokens.get(first).surface().startsWith("ご")) {
      return;
    }
    double score = FAMILY_NAMES.contains(surface) ? 0.9 : proper ? 0.75 : 0.4;
    findings.accept(
        new Finding(
            FindingType.PERSON,
            tokens.get(first).start(),
            tokens.get(index - 1).end(),
            score,
            "honorific"));
  }

  private static boolean isNamePart(JapaneseToken token) {
    return token.isNoun()
        && !token.isSpace()
        && (token.isHan() || token.isKatakana() && token.length() > 1)
        && !token.partOfSpeech().startsWith("名詞-数")
        && !token.partOfSpeech().startsWith("名詞-接尾")
        && !token.partOfSpeech().startsWith("名詞-代名詞");
  }

  /** 「田中と申します」「担当の佐藤です」. */
  private static void introductions(
      ScannedText text, List<JapaneseToken> tokens, Consumer<Finding> findings) {
    String folded = text.folded();
    for (String phrase : List.of("と申します", "と申しま", "と言います", "といいます", "という者", "という名前", "と申す")) {
      int at = folded.indexOf(phrase);
      while (at >= 0) {
        introduced(
            folded, tokens, at, phrase.startsWith("とい") || phrase.startsWith("と言"), findings);
        at = folded.indexOf(phrase, at + phrase.length());
      }
    }
  }

  private static void introduced(
      String folded,
      List<JapaneseToken> tokens,
      int end,
      boolean needsTag,
      Consumer<Finding> findings) {
    int index = JapaneseToken.lastEndingBy(tokens, end);
    int first = index + 1;
    boolean tagged = false;
    while (first > 0 && end - tokens.get(first - 1).start() <= 10) {
      JapaneseToken token = tokens.get(first - 1);
      boolean space =
          token.surface().equals(" ") && first - 1 > 0 && tokens.get(first - 2).isPerson();
      if (!space
          && (token.isParticle() && !(token.surface().length() == 1 && first - 1 == index)
              || !isWordToken(token))) {
        break;
      }
      tagged |= token.isPerson() || FAMILY_NAMES.contains(token.surface());
      first--;
    }
    if (first <= index && (tagged || !needsTag)) {
      int start = tokens.get(first).start();
      if (!folded.substring(start, end).isBlank() && !folded.startsWith("株式会社", start)) {
        findings.accept(new Finding(FindingType.PERSON, start, end, 0.9, "introduction"));
      }
    }
  }

  private static boolean isWordToken(JapaneseToken token) {
    return token.isHan() || token.isKatakana() || token.isHiragana();
  }
}
