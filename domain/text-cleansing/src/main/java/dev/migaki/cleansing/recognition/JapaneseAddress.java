package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Japanese postal addresses down to the block; a prefecture or city alone is a place, not an
 * address.
 */
final class JapaneseAddress implements Recognizer {

  static final List<String> PREFECTURES =
      List.of(
          "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都",
          "神奈川県", "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県",
          "京都府", "大阪府", "兵庫県", "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県",
          "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県", "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県");

  private static final KeywordMatcher PREFECTURE_MATCHER = KeywordMatcher.of(PREFECTURES);

  private static final String NAME = "[々〆ヵヶ一-龥ぁ-んァ-ヶー]";
  private static final String BLOCK =
      "(?:[0-9〇一二三四五六七八九十百]{1,4} ?(?:丁目|条通?|線)(?: ?[東西南北]?[0-9一二三四五六七八九十]{1,3}丁目)? ?)?"
          + "(?:[0-9〇一二三四五六七八九十百]{1,5} ?(?:番地の?|番|号|-|の|地割 ?|先)? ?){1,4}(?:号(?!室)|番地|番)?";

  /** Sapporo, Asahikawa and Obihiro number both directions: 北3条西6丁目. */
  private static final String GRID =
      "[東西南北]?[0-9一二三四五六七八九十]{1,3}条通?[東西南北]?[0-9一二三四五六七八九十]{1,3}丁目"
          + "(?: ?[0-9]{1,4}(?:番地?|-)?(?: ?[0-9]{1,4}号?)?)?(?:-[0-9]{1,4})?";

  /** Kyoto names the crossing and the way from there: 烏丸通御池上る二条殿町538. */
  private static final String CROSSING =
      NAME
          + "{1,12}?(?:上[るルがガ]+|下[るルがガ]+|[東西]入[るルり]?)"
          + "(?:[0-9一二三四五六七八九十]{1,2}丁目)?"
          + NAME
          + "{0,10}?[0-9]{1,5}(?:番地?)?(?:(?:-|の)[0-9]{1,4}){0,2}";

  private static final String BUILDING =
      "(?:[ 　、]?(?:"
          + NAME
          + "|[A-Za-z0-9・'&.-]){2,24}?(?:ビル(?:ディング)?|マンション|ハイツ|コーポ|アパート|荘|タワー|レジデンス|ハウス|メゾン|パーク|プラザ|"
          + "ヒルズ|コート|棟|館|メゾネット|シティ|パレス|テラス|団地|寮|センター)(?:"
          + NAME
          + "|[A-Za-z0-9]){0,8}?)?(?:[ 　]?[A-Za-z]?-?[0-9]{1,4} ?(?:号室|号|階|F)(?:["
          + " ]?[0-9]{1,4}号室)?|[ 　][A-Za-z]?-?[0-9]{2,4}(?![0-9-]))?";

  private static final Pattern AFTER_PREFECTURE =
      Pattern.compile(
          " ?(?:"
              + NAME
              + "{1,7}?[市郡] ?)?(?:"
              + NAME
              + "{1,7}?[区町村市] ?)?(?:"
              + CROSSING
              + "|(?:"
              + NAME
              + "{0,14}?) ?(?:"
              + GRID
              + "|"
              + BLOCK
              + "))"
              + BUILDING);

  private static final Pattern KYOTO = Pattern.compile("(?:京都市)?[一-龥]{1,3}区" + CROSSING + BUILDING);

  private static final Pattern CROSSING_MARK = Pattern.compile("[上下][るル]|[東西]入");

  private static final Pattern WITHOUT_PREFECTURE =
      Pattern.compile(
          "(?:"
              + NAME
              + "{1,5}?[市郡])?"
              + NAME
              + "{1,5}?[区町村市]"
              + "(?:"
              + NAME
              + "{0,10}?"
              + GRID
              + "|"
              + NAME
              + "{1,10}?(?:[0-9一二三四五六七八九十]{1,3}丁目(?: ?[0-9]{1,4}(?:番地?|-)?(?:"
              + " ?[0-9]{1,4}号?)?)?(?:-[0-9]{1,4})?"
              + "|[0-9]{1,4}(?:-[0-9]{1,4}){1,3}|[0-9]{1,5}番地?(?:の?[0-9]{1,4})?(?:号)?))"
              + BUILDING);

  @Override
  public String name() {
    return "japanese-address";
  }

  static boolean startsWithPrefecture(String folded, int index) {
    int start = index;
    while (start < folded.length()
        && Character.isWhitespace(folded.charAt(start))
        && start - index < 4) {
      start++;
    }
    for (String prefecture : PREFECTURES) {
      if (folded.startsWith(prefecture, start)) {
        return true;
      }
    }
    return WITHOUT_PREFECTURE
        .matcher(folded)
        .region(start, Math.min(folded.length(), start + 60))
        .lookingAt();
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    String folded = text.folded();
    Matcher after = AFTER_PREFECTURE.matcher(folded);
    after.useTransparentBounds(true);
    PREFECTURE_MATCHER.scan(
        folded,
        (start, end, prefecture) -> {
          after.region(end, Math.min(folded.length(), end + 90));
          if (after.lookingAt()) {
            findings.accept(
                new Finding(
                    FindingType.STREET_ADDRESS,
                    start,
                    trimmed(folded, after.end()),
                    0.9,
                    "japanese-address"));
          }
        });
    withoutPrefecture(text, findings);
    if (text.hasDigit() && CROSSING_MARK.matcher(folded).find()) {
      Matcher kyoto = KYOTO.matcher(folded);
      while (kyoto.find()) {
        findings.accept(
            new Finding(
                FindingType.STREET_ADDRESS, kyoto.start(), kyoto.end(), 0.8, "japanese-crossing"));
      }
    }
  }

  private static void withoutPrefecture(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    if (!text.hasDigit() && !folded.contains("丁目")) {
      return;
    }
    for (int anchor = nextAnchor(folded, 0); anchor >= 0; anchor = nextAnchor(folded, anchor + 1)) {
      Matcher matcher = WITHOUT_PREFECTURE.matcher(folded);
      int from = lineStart(folded, anchor);
      matcher.region(from, Math.min(folded.length(), anchor + 60));
      matcher.useTransparentBounds(true);
      while (matcher.find()) {
        boolean labelled =
            text.cues().before(Cue.ADDRESS, matcher.start(), 12)
                || text.cues().before(Cue.POSTAL, matcher.start(), 14);
        findings.accept(
            new Finding(
                FindingType.STREET_ADDRESS,
                matcher.start(),
                trimmed(folded, matcher.end()),
                labelled ? 0.9 : 0.65,
                "japanese-address-local"));
      }
      anchor = Math.max(anchor, from + 40);
    }
  }

  /** A city or ward mark with a number not far behind it. */
  private static int nextAnchor(String folded, int from) {
    for (int i = from; i < folded.length(); i++) {
      if ("市区町村".indexOf(folded.charAt(i)) >= 0) {
        int stop = Math.min(folded.length(), i + 14);
        for (int j = i + 1; j < stop; j++) {
          char c = folded.charAt(j);
          if (NumberGroups.isDigit(c) || c == '丁') {
            return i;
          }
        }
      }
    }
    return -1;
  }

  private static int lineStart(String folded, int anchor) {
    int start = anchor;
    while (start > 0 && anchor - start < 12) {
      char c = folded.charAt(start - 1);
      boolean name = c >= '一' && c <= '龥' || c >= 'ァ' && c <= 'ヶ' || c == '々' || c == 'ー';
      if (!name) {
        break;
      }
      start--;
    }
    return start;
  }

  private static int trimmed(String folded, int end) {
    int stop = end;
    while (stop > 0
        && (Character.isWhitespace(folded.charAt(stop - 1))
            || "のー-、".indexOf(folded.charAt(stop - 1)) >= 0)) {
      stop--;
    }
    return stop;
  }
}
