package dev.migaki.cli.figures;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Small invented documents by number, English and Japanese in turn, 130 to 280 bytes, each with
 * words and numbers of its own. Of twenty, four hold invented personal data, one has the bytes of
 * an earlier one under another name, and one is a new version of an earlier one.
 */
final class SoakDocuments {
  private static final int PERIOD = 20;
  private static final int DUPLICATE = 13;
  private static final int NEW_VERSION = 17;
  private static final int PERSONAL = 4;

  /** How far before a duplicate or a new version its earlier document stands. */
  private static final int BACK = 10;

  private static final List<String> SYLLABLES =
      List.of("ba", "co", "di", "fu", "ge", "ha", "ju", "ko", "la", "mo", "ne", "pi", "ra", "so");
  private static final List<String> KANA =
      List.of("バ", "コ", "ディ", "フ", "ゲ", "ハ", "ジュ", "ト", "ラ", "モ", "ネ", "ピ", "サ", "ノ");
  private static final List<String> QUESTIONS =
      List.of(
          "How do I reset the %s unit number %d?",
          "What does it cost to repair the %s of order %d?",
          "When is the %s in branch %d open on public holidays?",
          "Can I return the %s with the receipt %d?");
  private static final List<String> ANSWERS =
      List.of(
          "Press the blue button for %d seconds, wait until light %d turns green and enter code %d.",
          "It costs %d euros for customers of level %d, and %d euros for everybody else.",
          "From %d to %d o'clock; please bring the form number %d and a valid ticket with you.",
          "Yes, within %d days at counter %d, and for a fee of %d euros by post as well.");
  private static final List<String> JAPANESE_QUESTIONS =
      List.of(
          "%sの装置番号%dはどうすれば初期化できますか。",
          "注文番号%2$dの%1$sの修理費用はいくらですか。", "%sの第%d支店は祝日も営業していますか。", "領収書%2$dがあれば%1$sを返品できますか。");
  private static final List<String> JAPANESE_ANSWERS =
      List.of(
          "青いボタンを%d秒間押し、ランプ%dが緑になったら番号%dを入力してください。",
          "会員ランク%2$dの方は%1$d円、それ以外の方は%3$d円です。",
          "%d時から%d時までです。申込書%dと整理券をお持ちください。",
          "はい、%d日以内に%d番窓口で承ります。郵送の場合は手数料%d円がかかります。");

  private SoakDocuments() {}

  /**
   * @param dataset a number below that of the datasets; a duplicate or a new version is in that of
   *     its earlier document
   */
  record Document(int dataset, String name, byte[] content) {}

  static Document document(int number, int datasets) {
    int dataset = number % BACK % datasets;
    int named = isOfKind(number, NEW_VERSION) ? number - BACK : number;
    int content = isOfKind(number, DUPLICATE) ? number - BACK : number;
    return new Document(
        dataset,
        String.format(Locale.ROOT, "record-%08d.txt", named),
        text(content).getBytes(StandardCharsets.UTF_8));
  }

  /** Of so many first documents, those of which ingest or cleanse tell an outcome. */
  static int told(int documents) {
    int duplicates = 0;
    if (documents > DUPLICATE) {
      duplicates = (documents - DUPLICATE - 1) / PERIOD + 1;
    }
    return documents - duplicates;
  }

  private static boolean isOfKind(int number, int kind) {
    return number % PERIOD == kind;
  }

  private static String text(int number) {
    boolean japanese = number % 2 == 1;
    SplittableRandom random = new SplittableRandom(number);
    String product = name(random, japanese ? KANA : SYLLABLES);
    String question =
        String.format(
            Locale.ROOT, pick(random, japanese ? JAPANESE_QUESTIONS : QUESTIONS), product, number);
    String answer =
        String.format(
            Locale.ROOT,
            pick(random, japanese ? JAPANESE_ANSWERS : ANSWERS),
            random.nextInt(2, 60),
            random.nextInt(1, 30),
            random.nextInt(1000, 100_000));
    return "Q: " + question + "\nA: " + answer + contact(number, random, japanese) + "\n";
  }

  private static String contact(int number, SplittableRandom random, boolean japanese) {
    if (number % PERIOD >= PERSONAL) {
      return "";
    }
    int digits = random.nextInt(1000, 10_000);
    return japanese
        ? "担当は鈴木一郎です(suzuki%d@example.co.jp、03-5555-%d)。".formatted(number, digits)
        : " Ask Jane Miller, jane.miller%d@example.com or 415-555-%d.".formatted(number, digits);
  }

  private static String name(SplittableRandom random, List<String> syllables) {
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      name.append(pick(random, syllables));
    }
    return name.toString();
  }

  private static String pick(SplittableRandom random, List<String> from) {
    return from.get(random.nextInt(from.size()));
  }
}
