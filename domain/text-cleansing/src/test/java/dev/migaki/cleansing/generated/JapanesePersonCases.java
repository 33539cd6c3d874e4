package dev.migaki.cleansing.generated;

import dev.migaki.cleansing.recognition.FindingType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Sentences of mails, chats, forms and reports with one person each. Names are put together from
 * frequent and less frequent family names and from given names in Han, hiragana and katakana; the
 * same seed gives the same cases.
 */
public final class JapanesePersonCases {

  private static final List<String> FAMILY =
      List.of(
          ("佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤 吉田 山田 佐々木 山口 松本 井上 木村 林 斎藤 清水 山崎 森 池田 橋本"
                  + " 阿部 石川 山下 中島 石井 小川 前田 岡田 長谷川 藤田 後藤 近藤 村上 遠藤 青木 坂本 斉藤 福田 太田 西村 藤井"
                  + " 金子 岡本 藤原 三浦 中野 中川 原田 松田 竹内 小野 田村 中山 和田 石田 森田 上田 原 内田 柴田 酒井 宮崎 横山"
                  + " 高木 安藤 宮本 大野 小島 谷口 今井 工藤 高田 増田 丸山 杉山 村田 大塚 新井 小山 平野 藤本 河野 上野 野口 武田"
                  + " 松井 千葉 岩崎 菅原 木下 久保 佐野 野村 松尾 市川 菊地 杉本 古川 大西 島田 水野 桜井 高野 渡部 吉川 西田 飯田"
                  + " 菊池 五十嵐 北村 服部 早川 辻 望月 秋山 浅野 荒木 関口 川口 熊谷 榎本 大谷 本田 久保田 東 岩田 土屋 松下 川村"
                  + " 中西 片山 星野 矢野 樋口 吉村 二宮 堀 須藤 小泉 白石 柳田 児玉 桑原 入江 神田 篠原 永井 石原 宇野 甲斐 越智")
              .split(" "));

  private static final List<String> GIVEN =
      List.of(
          ("健一 太郎 花子 陽子 美咲 翔太 大輔 直樹 由美子 恵子 拓也 亮 誠 学 浩二 真由美 裕子 明美 さくら ひろし めぐみ あゆみ"
                  + " まさし のぞみ ユウキ アカリ 隆 茂 修 実 進 正 恵美 智子 久美子 和也 達也 健太 雄大 優斗 結衣 陽菜 蓮 悠真 葵 凛"
                  + " 美穂 千尋 慎吾 俊介 哲也 康平 幸子 節子 文子 和子 洋平 洋子 美香 奈々 莉子 大地 海斗 颯太 一郎 次郎 三郎 勇 博"
                  + " 清 武 勝 昭 弘 孝 裕介 圭吾 祐樹 みどり かおり ゆかり しのぶ 友里 綾香 彩 麻衣 舞 愛 瞳 薫 晶 望 光 純 忍")
              .split(" "));

  /** Full name at {}. */
  private static final List<String> FULL =
      List.of(
          "{}様、いつもお世話になっております。",
          "{}さんから問い合わせがありました。",
          "担当は{}です。",
          "氏名：{}",
          "お名前　{}",
          "はじめまして、{}と申します。",
          "営業部の{}です。",
          "株式会社みほんの{}です。先日はありがとうございました。",
          "{}氏が会議に出席した。",
          "{}部長に確認します。",
          "ご契約者は{}様でお間違いないでしょうか。",
          "差出人: {} <info@example.co.jp>",
          "以上、よろしくお願いいたします。\n{}",
          "{}は来週から育児休業に入ります。",
          "本日の受付は{}が担当しました。",
          "{}（42歳）は東京都在住。",
          "申込者 {}、同伴者2名で予約済み。",
          "報告者：{}／承認者：未定",
          "患者の{}さんは来週再診です。",
          "宛先：{}殿",
          "昨日、{}と打ち合わせをしました。",
          "講師には{}先生をお招きします。",
          "{}、{}の両名が参加します。",
          "新任の{}です。どうぞよろしくお願いします。",
          "お客様（{}様）より返金のご依頼です。");

  /** Family name at {}. */
  private static final List<String> SHORT =
      List.of(
          "{}様のご注文を確認しました。",
          "{}さん、ありがとうございます。",
          "お電話ありがとうございます、{}でございます。",
          "サポートの{}です。",
          "{}課長の承認が必要です。",
          "では{}先生にお伝えします。",
          "{}さまからのお荷物です。",
          "担当の{}が折り返しご連絡いたします。",
          "{}と申しますが、注文の件でお電話しました。",
          "経理の{}までご連絡ください。");

  private JapanesePersonCases() {}

  /** Half of the names are written together, some with a space between the parts. */
  public static List<GeneratedCase> generate(long seed, int count) {
    Random random = new Random(seed);
    List<GeneratedCase> cases = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String family = one(FAMILY, random);
      if (i % 3 == 2) {
        cases.add(GeneratedCase.of(FindingType.PERSON, one(SHORT, random), family));
        continue;
      }
      String gap =
          switch (random.nextInt(6)) {
            case 0 -> " ";
            case 1 -> "　";
            default -> "";
          };
      String sentence = one(FULL, random);
      String name = family + gap + one(GIVEN, random);
      int second = sentence.indexOf("{}", sentence.indexOf("{}") + 2);
      if (second >= 0) {
        String other = one(FAMILY, random) + one(GIVEN, random);
        sentence = sentence.substring(0, second) + other + sentence.substring(second + 2);
      }
      cases.add(GeneratedCase.of(FindingType.PERSON, sentence, name));
    }
    return cases;
  }

  private static String one(List<String> options, Random random) {
    return options.get(random.nextInt(options.size()));
  }
}
