package dev.migaki.cleansing.recognition;

import java.util.Locale;
import java.util.Set;

/** Tells a name in a name field from the words that forms hold instead. */
final class FieldValues {

  private static final Set<String> NOT_A_NAME =
      Set.of(
          "none",
          "n/a",
          "na",
          "unknown",
          "anonymous",
          "customer",
          "agent",
          "support",
          "staff",
          "admin",
          "user",
          "team",
          "all",
          "everyone",
          "required",
          "optional",
          "yes",
          "no",
          "string",
          "text",
          "varchar",
          "name",
          "customer support",
          "support team",
          "sales team",
          "help desk",
          "helpdesk",
          "なし",
          "未定",
          "不明",
          "匿名",
          "必須",
          "任意",
          "各位",
          "本人",
          "同上",
          "担当者",
          "お客様",
          "顧客",
          "管理者",
          "サポート",
          "営業",
          "総務",
          "人事",
          "経理",
          "全員",
          "社員",
          "契約者",
          "代表者",
          "オペレーター",
          "オペレータ",
          "ユーザー",
          "システム");

  private static final Set<String> ORGANISATION_ENDS =
      Set.of(
          "部", "課", "係", "室", "社", "店", "局", "所", "チーム", "センター", "グループ", "窓口", "デスク", "会社", "銀行",
          "病院", "大学", "学校", "課長", "部長", "以内", "場合", "必要", "ください", "します", "です", "ます", "こと", "もの");

  private FieldValues() {}

  static boolean isPersonName(String value) {
    String lower = value.toLowerCase(Locale.ROOT).strip();
    if (lower.length() < 2 && !JapaneseNames.FAMILY_NAMES.contains(lower)
        || NOT_A_NAME.contains(lower)
        || lower.contains("会社")
        || lower.contains("(株)")) {
      return false;
    }
    for (String end : ORGANISATION_ENDS) {
      if (lower.endsWith(end)) {
        return false;
      }
    }
    boolean latin = LatinWord.isLetter(value.charAt(0));
    if (!latin) {
      return value.length() <= 20 && !containsParticle(value);
    }
    int words = 0;
    int ordinary = 0;
    for (LatinWord word : LatinWord.split(value)) {
      words++;
      boolean name = EnglishNames.isGiven(word) || EnglishNames.isFamily(word);
      if (EnglishNames.isWord(word) && !name || EnglishNames.isNever(word)) {
        ordinary++;
      }
    }
    return words > 0 && words <= 4 && ordinary == 0 && Character.isUpperCase(value.charAt(0));
  }

  /**
   * In running text a label may be a speaker's and the value an utterance: ask for a name's form.
   */
  static boolean looksLikeName(String value) {
    if (LatinWord.isLetter(value.charAt(0))) {
      for (LatinWord word : LatinWord.split(value)) {
        if (EnglishNames.isGiven(word) || EnglishNames.isFamily(word)) {
          return true;
        }
      }
      return value.indexOf(' ') > 0;
    }
    boolean katakana =
        value
            .chars()
            .allMatch(c -> c >= 'ァ' && c <= 'ヿ' || c >= 'ｦ' && c <= 'ﾟ' || c == ' ' || c == '・');
    if (katakana) {
      return value.indexOf(' ') > 0;
    }
    for (int length = Math.min(4, value.length()); length > 0; length--) {
      if (JapaneseNames.FAMILY_NAMES.contains(value.substring(0, length))) {
        return true;
      }
    }
    return JapaneseAnalyzer.tokens(value).stream().anyMatch(JapaneseToken::isPerson)
        || value.indexOf(' ') > 0 && value.length() <= 8;
  }

  /** Prose in a field: は, を, に and が do not stand inside names of Han or katakana. */
  private static boolean containsParticle(String value) {
    boolean hiragana =
        value.codePoints().allMatch(c -> c >= 'ぁ' && c <= 'ん' || c == ' ' || c == 'ー');
    return !hiragana && value.chars().anyMatch(c -> "はをにがのへとで".indexOf(c) >= 0);
  }
}
