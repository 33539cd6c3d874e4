package dev.migaki.datasets.extraction;

import java.util.regex.Pattern;

/** Recognises a line that asks, and takes the numbering off its front. */
final class QuestionShape {
  /** What a number at the front counts: 「3 か月前」, "24 hours". */
  private static final String COUNTED =
      "[月日年時分秒週回個件人名円本台枚歳泊度点階畳%％℃]|[かヶカヵケ]月|つ|リットル|メートル|グラム|キロ|インチ|ギガ|メガ|ポイント|[a-z]";

  private static final Pattern NUMBERING =
      Pattern.compile(
          "^\\s*(?:[(（\\[【]?\\s*(?:Q|Ｑ|FAQ|問|質問|Question)\\s*[-#]?\\s*[0-9０-９]*\\s*[)）\\]】]?\\s*[.:：．、)）\\-–—]\\s*"
              + "|(?:Q|Ｑ|問|質問)\\s*[0-9０-９]+\\s*[.:：．、)）]?[\\s\\u3000]+"
              + "|(?:第\\s*[0-9０-９]+\\s*[章節項]|[①-⑳]|[・●■◆▼▶])\\s*(?=\\D)"
              + "|[0-9０-９]{1,2}(?:[.．][0-9０-９]{1,2})*"
              + "(?:[.．)）、]\\s*(?=\\D)|[\\s\\u3000]+(?!"
              + COUNTED
              + ")(?=\\D)))");
  private static final Pattern LABEL =
      Pattern.compile(
          "[(（\\[【]?\\s*(?:(?:Q|Ｑ|質問|問)\\s*[-#]?\\s*[0-9０-９]{1,3}\\s*[)）\\]】]?(?:[.:：．、\\s　]|$)|(?:Q|Ｑ|質問)[)）\\]】.:：．、])\\s*\\S{3}");
  private static final Pattern ASKS =
      Pattern.compile(
          "(?s).*([?？]|(です|ます|でしょう|ません|ました|の|ない|る|だ)か|とは|(方法|手順|仕方|やり方|料金|期限|時間)は"
              + "|(を|て|で|が)(教えて|おしえて)(ください|下さい|ほしい(です)?)?|(知りたい|お願いしたい)(です|のですが)?)[。.」』\\s]*$");
  private static final Pattern MARKED = Pattern.compile("(?s).*[?？][」』)）\"”\\s]*$");

  private QuestionShape() {}

  /** Whether a heading or a bold line reads as a question. */
  static boolean asks(String line) {
    String text = line.strip();
    return text.length() >= 3 && text.length() <= 300 && ASKS.matcher(text).matches();
  }

  /**
   * Whether a line ends in a question mark and is one sentence; the stricter test for running text.
   */
  static boolean asksWithMark(String line) {
    String text = withoutNumbering(line);
    if (text.length() < 5 || text.length() > 160 || text.contains("\n")) {
      return false;
    }
    String inner = text.substring(0, text.length() - 1);
    return MARKED.matcher(text).matches() && !inner.matches("(?s).*([.!?。！？])(\\s|\\p{IsHan}).*");
  }

  /** Whether a heading says by "Q2" or "Q." in front that it asks. */
  static boolean isLabelled(String line) {
    String text = line.strip();
    return text.length() <= 300 && LABEL.matcher(text).lookingAt();
  }

  /** The line without "Q3.", "2.1", "第2章" and the like in front. */
  static String withoutNumbering(String line) {
    String text = line.strip();
    String bare = NUMBERING.matcher(text).replaceFirst("");
    return bare.isBlank() ? text : bare.strip();
  }
}
