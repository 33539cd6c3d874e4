package dev.migaki.cleansing.repair;

import java.text.Normalizer;

/**
 * Replaces CJK radicals by the characters they look like.
 *
 * <p>PDF extraction delivers U+2F00 to U+2FD5 and U+2E80 to U+2EF3 where the page shows ordinary
 * characters; no search, model or dictionary knows them.
 */
final class RadicalFolding {

  private static final String SUPPLEMENT_FROM = "⺟⺠⻁⻂⻄⻅⻆⻈⻉⻋⻌⻑⻓⻔⻘⻙⻚⻛⻝⻟⻢⻣⻤⻥⻦⻨⻩⻫⻭⻯⻲⺒⺓⺕⺠⺢⺩⺬⺮⺼";
  private static final String SUPPLEMENT_TO = "母民虎衤西见角讠贝车辶長长门青韦页风食饣马骨鬼鱼鸟麦黄斉歯竜亀巳幺彐民氵王示竹肉";

  private RadicalFolding() {}

  static String fold(String text) {
    StringBuilder folded = null;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c < '\u2E80' || c > '\u2FD5') {
        continue;
      }
      if (folded == null) {
        folded = new StringBuilder(text);
      }
      int known = SUPPLEMENT_FROM.indexOf(c);
      folded.setCharAt(i, known >= 0 ? SUPPLEMENT_TO.charAt(known) : kangxi(c));
    }
    return folded == null ? text : folded.toString();
  }

  private static char kangxi(char radical) {
    return Normalizer.normalize(String.valueOf(radical), Normalizer.Form.NFKC).charAt(0);
  }
}
