package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Japanese names that the morphological dictionary takes for places and nouns (石川, 二宮, 小山 進): a
 * family name from the list, and neighbours that only a person has: a given name behind a space or
 * in hiragana, an honorific or a rank, a department in front.
 */
final class JapaneseFamilyNameRecognizer implements Recognizer {

  private static final List<String> FAMILY = new ArrayList<>(JapaneseNames.FAMILY_NAMES);
  private static final KeywordMatcher MATCHER = KeywordMatcher.of(FAMILY);

  private static final Pattern TITLE =
      Pattern.compile(
          "^(?:様|さま|さん|氏(?![名])|殿|先生|くん|君|部長|課長|係長|社長|店長|主任|室長|所長|次長|専務|常務|会長|教授|院長|医師|看護師|弁護士|支店長|取締役|マネージャー|リーダー)");

  /** What may stand behind a full name. */
  private static final Pattern END =
      Pattern.compile("^(?:$|[\\s、。，．,.:()<>「」/|;・!?]|[はがのとにをもやへ]|です|でございます|より|から|まで|と申)");

  /** A department, an office or a duty whose holder follows. */
  private static final Pattern OFFICE =
      Pattern.compile(
          "(?:担当|責任者|営業|経理|総務|人事|広報|法務|開発|サポート|窓口|受付|秘書|事務局|本社|支店|[一-龥ァ-ヶー]{1,8}(?:部|課|係|室|店|センター|グループ|チーム|会社)|(?:株式|有限|合同)会社[一-龥ぁ-んァ-ヶーA-Za-z]{1,12})の$");

  private static final Pattern SELF =
      Pattern.compile(
          "^(?:です|でございます|と申します|と申しますが|が(?:担当|折り返し|対応|伺い|承)|まで(?:ご連絡|お問い合わせ|お電話|お知らせ)|宛)");

  /** A greeting, or what the speaker did: 「先ほどお電話した黒田ですが」. Places are gone to, not rung up. */
  private static final Pattern INTRODUCING =
      Pattern.compile(
          "(?:もしもし|お世話にな(?:ります|っております)|恐れ入ります|すみません|こんにちは|こんばんは|おはようございます|[は初]じめまして|お疲れ(?:様|さま)です)[、。,. ]{0,2}$"
              + "|(?:電話|連絡|メール|注文|予約|購入|契約|申し?込み?|依頼|相談|問い?合わせ)を?(?:させて(?:いただ|頂)(?:いた|きました)|いただいた|頂いた|差し上げた|(?:いた|致)?し(?:た|ました)|し(?:て|ており)ました)$");

  private static final Pattern INTRODUCED = Pattern.compile("^です(?:が|けど|けれど|。|$|\\n)");

  /** Whom to turn to: a person, even where the dictionary knows the name as a place. */
  private static final Pattern CONTACT =
      Pattern.compile("^まで(?:[ごお]?(?:連絡|電話|知らせ|問い?合わ?せ|相談|報告|申し?出|申し?付け|一報)|。?(?:$|\\n))");

  /** Words that make a place or a body out of what stands before them. */
  private static final Pattern PLACE_TAIL =
      Pattern.compile("^(?:県|市|区|町|村|駅|大学|高校|空港|支店|本店|線|川|山|港|城|通り|銀行|工場|営業所|病院|神社|寺|店)");

  @Override
  public String name() {
    return "japanese-family-name";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    String folded = text.folded();
    MATCHER.scan(
        folded,
        (start, end, keyword) -> {
          if (!isHan(text.at(start - 1))) {
            look(text, folded, start, end, findings);
          }
        });
  }

  private static void look(
      ScannedText text, String folded, int start, int end, Consumer<Finding> findings) {
    int full = givenEnd(text, folded, end);
    if (full > end) {
      boolean titled = TITLE.matcher(tail(folded, full)).find();
      accept(start, full, titled ? 0.9 : 0.75, "family-name-given", findings);
      return;
    }
    String after = tail(folded, end);
    if (PLACE_TAIL.matcher(after).find()) {
      return;
    }
    if (TITLE.matcher(after).find()) {
      accept(start, end, 0.85, "family-name-title", findings);
      return;
    }
    boolean alone = !isHan(text.at(end)) && !isKatakana(text.at(end));
    if (!alone) {
      return;
    }
    String before = folded.substring(Math.max(0, start - 24), start);
    boolean self = SELF.matcher(after).find();
    if (self && OFFICE.matcher(before).find()) {
      accept(start, end, 0.8, "family-name-office", findings);
    } else if (INTRODUCED.matcher(after).find() && INTRODUCING.matcher(before).find()) {
      accept(start, end, 0.75, "family-name-introduced", findings);
    } else if (isContact(text, start, after)) {
      accept(start, end, 0.65, "family-name-contact", findings);
    } else if (after.startsWith("でございます") || after.startsWith("と申します")) {
      accept(start, end, 0.75, "family-name-self", findings);
    }
  }

  /** "斎藤までご連絡ください", or 斎藤まで as a line of its own: elsewhere a train may go there. */
  private static boolean isContact(ScannedText text, int start, String after) {
    boolean verb = !after.matches("(?s)まで。?(?:\\n.*)?");
    char before = text.at(start - 1);
    return CONTACT.matcher(after).find() && (verb || before == '\0' || before == '\n');
  }

  /** Where a given name behind a family name ends; {@code end} if there is none. */
  private static int givenEnd(ScannedText text, String folded, int end) {
    boolean spaced = text.at(end) == ' ' && text.at(end + 1) != ' ';
    int from = spaced ? end + 1 : end;
    int han = from;
    while (han < folded.length() && han - from < 4 && isGivenCharacter(folded.charAt(han))) {
      han++;
    }
    for (int stop = Math.min(han, from + 3); stop > from; stop--) {
      boolean ends = isGivenEnd(folded, stop) && (spaced || stop - from > 0);
      boolean longEnough = spaced || TITLE.matcher(tail(folded, stop)).find();
      if (ends && longEnough && !isHanNoun(folded, from, stop)) {
        return stop;
      }
    }
    for (int stop = Math.min(folded.length(), from + 5); stop >= from + 2; stop--) {
      String given = folded.substring(from, stop);
      if (JapaneseNames.HIRAGANA_GIVEN.contains(given) && isGivenEnd(folded, stop)) {
        return stop;
      }
      boolean katakana = spaced && given.chars().allMatch(c -> isKatakana((char) c));
      if (katakana && stop - from <= 4 && isGivenEnd(folded, stop)) {
        return stop;
      }
    }
    return end;
  }

  /** 部, 課 and titles are no given names even where their characters could be. */
  private static boolean isHanNoun(String folded, int from, int stop) {
    return TITLE.matcher(folded.substring(from, stop)).matches()
        || PLACE_TAIL.matcher(folded.substring(from, stop)).matches();
  }

  private static boolean isGivenEnd(String folded, int stop) {
    String tail = tail(folded, stop);
    return TITLE.matcher(tail).find() || END.matcher(tail).find();
  }

  private static boolean isGivenCharacter(char c) {
    return JapaneseNames.NAME_CHARACTERS.indexOf(c) >= 0
        || c == '々'
        || c == '修'
        || c == '忍'
        || c == '薫';
  }

  private static void accept(
      int start, int end, double score, String rule, Consumer<Finding> findings) {
    findings.accept(new Finding(FindingType.PERSON, start, end, score, rule));
  }

  private static String tail(String folded, int from) {
    return folded.substring(from, Math.min(folded.length(), from + 12));
  }

  private static boolean isHan(char c) {
    return c >= '一' && c <= '鿿' || c == '々';
  }

  private static boolean isKatakana(char c) {
    return c >= 'ァ' && c <= 'ヿ';
  }
}
