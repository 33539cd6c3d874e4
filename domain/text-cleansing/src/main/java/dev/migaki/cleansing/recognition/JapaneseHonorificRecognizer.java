package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Names that the dictionary does not know, by an honorific behind them or an introduction. */
final class JapaneseHonorificRecognizer implements Recognizer {

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
    return "japanese-honorific";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    List<JapaneseToken> tokens = text.japaneseTokens();
    for (int index = 1; index < tokens.size(); index++) {
      honorificName(tokens, index, findings);
    }
    introductions(text, tokens, findings);
  }

  /** An untagged noun in front of an honorific. */
  private static void honorificName(
      List<JapaneseToken> tokens, int index, Consumer<Finding> findings) {
    if (!JapaneseNames.HONORIFICS.contains(tokens.get(index).surface())
        || !tokens.get(index).isNoun()
        || isHalfWord(tokens, index)) {
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
    double score = JapaneseNames.FAMILY_NAMES.contains(surface) ? 0.9 : proper ? 0.75 : 0.4;
    findings.accept(
        new Finding(
            FindingType.PERSON,
            tokens.get(first).start(),
            tokens.get(index - 1).end(),
            score,
            "honorific"));
  }

  /** さんみゃく, さん酸: the honorific is the beginning of a word. */
  private static boolean isHalfWord(List<JapaneseToken> tokens, int index) {
    if (!tokens.get(index).surface().equals("さん") || index + 1 >= tokens.size()) {
      return false;
    }
    JapaneseToken next = tokens.get(index + 1);
    return next.isHiragana()
        && (next.isNoun()
            || next.partOfSpeech().startsWith("接頭")
            || next.partOfSpeech().startsWith("名詞"));
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
      tagged |= token.isPerson() || JapaneseNames.FAMILY_NAMES.contains(token.surface());
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
