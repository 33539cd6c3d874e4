package dev.migaki.datasets.extraction;

import java.util.regex.Pattern;

/**
 * Whether the text under a heading answers by itself. Manuals hold much that does not: pointers to
 * other pages, introductions of tables that an example cannot hold, labels of figures and forms.
 */
final class TellingAnswer {
  private static final int SHORT = 160;
  private static final Pattern JAPANESE_SENTENCE =
      Pattern.compile("(?s).*(。|[^。](ます|です|ません|ました|ください|する|した|れる|なる|ある|ない|いる|できる)[）)]?(\\n|$)).*");
  private static final Pattern ENGLISH_SENTENCE =
      Pattern.compile(
          "(?is).*\\b(the|a|an|to|is|are|be|of|in|on|for|with|and|or|you|your|we|can|must|from|by|if)\\b.*");
  private static final Pattern LISTED = Pattern.compile("(?m)^(・|• |- |\\d{1,2}[.)] ).{6,}$");
  private static final Pattern POINTS_ELSEWHERE =
      Pattern.compile(
          "(?is)[^。]*(を参照して(ください|下さい)|をご覧ください|をご参照ください|を確認してください)。?\\s*|(please )?(see|refer"
              + " to|reference|visit|check out)\\b[^.]*(\\.[a-z]+[^.]*)*\\.?\\s*");
  private static final Pattern INTRODUCES =
      Pattern.compile(
          "(?is).*(以下に(記載|示|説明)[^。]{0,10}|(次|以下|下記)の(とおり|通り|表)[^。]{0,14}|表\\s*[0-9０-９]+(の|を|に|は)[^。]{0,30}|[:：]|the"
              + " (following|above|below) tables?\\b[^.]{0,60}|table"
              + " below[^.]{0,60})[。.]?\\s*(表[^\\n"
              + "]{0,60}\\s*)?");
  private static final Pattern TABLE_REFERRED =
      Pattern.compile("(?s).*(項目|パターン|一覧)[^。]{0,20}は表\\s*[0-9０-９]+の(通り|とおり).*");
  private static final Pattern COVER =
      Pattern.compile("(?s)^\\s*[\\[〔【［](キーワード|keywords?)[\\]〕】］].*");
  private static final Pattern FILLER = Pattern.compile("(?is).*\\blorem ipsum\\b.*");
  private static final Pattern MAIL_HEADER = Pattern.compile("(?s)^(From|To|Subject|差出人|宛先): .*");

  private TellingAnswer() {}

  /** Whether a model that learned the text would have learned an answer. */
  static boolean tells(String answer) {
    String text = answer.strip();
    if (COVER.matcher(text).matches()
        || FILLER.matcher(text).matches()
        || MAIL_HEADER.matcher(text).matches()
        || TABLE_REFERRED.matcher(text).matches()) {
      return false;
    }
    long asking = text.lines().filter(line -> line.strip().matches(".*[?？]$")).count();
    if (asking * 2 > text.lines().count()) {
      return false;
    }
    boolean single = text.length() <= SHORT && !text.contains("\n");
    if (single && POINTS_ELSEWHERE.matcher(text).matches()) {
      return false;
    }
    return !(text.length() <= SHORT && INTRODUCES.matcher(text).matches()) && isProse(text);
  }

  private static boolean isProse(String text) {
    boolean kana = text.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x30FF);
    if (kana) {
      return JAPANESE_SENTENCE.matcher(text).matches()
          || LISTED.matcher(text).results().count() >= 2
          || isPlainList(text);
    }
    // lists of links and titles hold few lines that say anything
    long telling =
        text.lines()
            .filter(
                line -> line.split("\\s+").length >= 6 && ENGLISH_SENTENCE.matcher(line).matches())
            .count();
    boolean list = text.lines().allMatch(line -> line.startsWith("- "));
    return list ? telling * 2 >= text.lines().count() : telling > 0;
  }

  /** Slides list without marks; forms and diagrams hold colons. */
  private static boolean isPlainList(String text) {
    return !text.contains(":") && text.lines().filter(line -> line.length() >= 5).count() >= 3;
  }
}
