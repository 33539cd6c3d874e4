package dev.migaki.pretraining;

import java.util.Random;

/** Names of companies that do not exist. */
final class CompanyNames {
  private static final String[] ENGLISH_FIRST =
      ("Halden Mirabo Kestrel Orvane Tamsin Lundra Pinefold Quorra Velmont Sorrel Wyndale Ashby Corvane Dunmere"
              + " Elgrove Fenwick Galdor Hexley Ivandale Jorvik Kelmarsh Lorwen Marlowe Nettle Ostrava Perrin"
              + " Redwick Selby Thornby Umbra Vesper Westra Yarrow Zelkova Brindle Calder Drumlin Esker")
          .split(" ");
  private static final String[] ENGLISH_LAST =
      ("Foods Tools Books Travel Clinic Hotel Motors Academy Labs Bank Garden Sports Kitchen Energy Systems"
              + " Logistics Insurance Studio Pharmacy Furniture")
          .split(" ");
  private static final String[] JAPANESE_FIRST =
      "みずほの 若竹 白樺 北斗星 青葉台 朝霧 花見川 月見 松風 海鳥 山吹 夕凪 深緑 桜坂 雪割 千草 銀嶺 浜風 橘 紅葉 若宮 天野川 鈴原 柏木 千鳥 藤波 萩野 楠 野分 常盤"
          .split(" ");
  private static final String[] JAPANESE_LAST =
      "食品 工具 書店 観光 医院 ホテル 自動車 学園 研究所 銀行 園芸 スポーツ 厨房 電力 システム 物流 保険 スタジオ 薬局 家具 商店 製作所".split(" ");

  private CompanyNames() {}

  static String draw(Language language, Random random) {
    return switch (language) {
      case ENGLISH ->
          Phrases.pick(ENGLISH_FIRST, random) + " " + Phrases.pick(ENGLISH_LAST, random);
      case JAPANESE -> Phrases.pick(JAPANESE_FIRST, random) + Phrases.pick(JAPANESE_LAST, random);
    };
  }
}
