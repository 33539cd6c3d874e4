package dev.migaki.cleansing.recognition;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** What one word in katakana says about a name that it is a part of. */
enum KatakanaPart {
  /** A given name of the list. */
  LISTED,
  /** A name of the dictionary that is no ordinary word. */
  NAME,
  UNKNOWN,
  /** One Latin capital. */
  INITIAL,
  /** デ, フォン and their like between names. */
  LINK,
  PLACE,
  /** An ordinary word, or one that bodies and works have in their names. */
  WORD;

  private static final Set<String> GIVEN = new HashSet<>(WordList.load("katakana-given-names.txt"));

  /** Given names that are also words, places or makes: they need more than a particle. */
  private static final Set<String> AMBIGUOUS =
      Set.of(
          "マーク", "ビル", "シドニー", "ジャック", "カール", "マックス", "フランク", "ガイ", "ハンター", "クラーク", "ボブ", "パット",
          "ジャスミン", "マーガレット", "ルーク", "ハナ", "ドン", "キム", "リック", "ニック", "スコット", "チェスター", "ジョーダン",
          "ヴィクトリア", "カレン", "ルース", "マリア", "マダム", "ブルーノ", "ニコ", "ケン", "メイ", "ジェイ", "ジル", "ステラ",
          "フェリックス", "ウィル", "ロン", "イヴ", "スペンサー", "ネルソン", "ウィルソン", "エリオット", "ブランドン", "サム", "アダム",
          "アリ", "アン", "アナ", "エド", "エマ", "エリ", "サラ", "ジャン", "トム", "ベス", "ベン", "リサ", "リズ", "ルイ", "ルカ",
          "レイ", "レオ", "ロイ", "ノア", "マリ", "テリー", "リリー", "ロビン", "コリン", "グレース", "オスカー", "アレックス", "ポール",
          "エステル", "チャド", "マルク", "ラリー", "ジョイ", "パスカル", "モーガン", "モルガン", "リー", "マイク", "イエス", "ブレット",
          "マルタ", "ロミオ");

  private static final Set<String> VOCABULARY =
      new HashSet<>(WordList.load("katakana-vocabulary.txt"));

  private static final Set<String> LINKS =
      Set.of(
          "デ", "ド", "フォン", "ビン", "アル", "イブン", "ダ", "ディ", "デル", "ファン", "ヴァン", "ラ", "ル", "エル", "ラス",
          "オ", "サン", "ベン", "ウル");

  /** Family names that are words: after a given name they are names. */
  private static final Set<String> FAMILY_WORDS =
      Set.of(
          "ブラウン", "ホワイト", "グリーン", "ブラック", "ヤング", "キング", "ベイカー", "テイラー", "ミラー", "クック", "スミス",
          "ウォーカー", "フォックス", "ウッド", "ベル", "フライ", "ストーン", "リード", "ターナー", "カーター", "クーパー", "フォード",
          "レーン", "ブルックス", "ハント", "ナイト", "フィッシャー", "マスターズ", "ローズ", "リッチ", "ライス", "ブッシュ", "グラント",
          "クリントン", "ワシントン", "リンカーン", "ケネディ", "シュナイダー", "メイヤー", "ジュニア");

  /** Parts of no person's name. */
  private static final Set<String> BODIES =
      Set.of(
          "アンド",
          "オブ",
          "ザ",
          "ジ",
          "イン",
          "エンタテインメント",
          "カンパニー",
          "コーポレーション",
          "ホールディングス",
          "インターナショナル",
          "シティ",
          "ユナイテッド",
          "レアル",
          "リーグ",
          "スタジアム",
          "ストリート",
          "パーク",
          "アイランド",
          "ビーチ",
          "リバー",
          "マウンテン",
          "レイク",
          "ヒルズ",
          "テリア",
          "オーケストラ",
          "バンド",
          "ブラザーズ",
          "シスターズ",
          "アワー",
          "ショー",
          "セント",
          "サウス",
          "ノース",
          "イースト",
          "ウエスト",
          "ウェスト",
          "ニュー",
          "ポート",
          "フォート",
          "グランド",
          "プロダクション",
          "アソシエーション",
          "ソフト",
          "エレクトリック",
          "モーターズ",
          "エアライン",
          "エアラインズ",
          "マガジン",
          "タイムズ",
          "ドール",
          "ゴルフ",
          "ジャーナル");

  /** How foreign family names end. */
  private static final Pattern FAMILY_END =
      Pattern.compile(
          ".{1,}(?:ソン|マン|スキー|ビッチ|ヴィチ|ヴィッチ|ィチ|バーグ|ベルク|ベルガー|シュタイン|スタイン|フスキ|ノフ|コフ|ロフ|エフ|ネン|セン|レス|ネス|ーニ|ッリ|ッティ|リーニ|ェッリ|ッジョ|ォード|ワース|トン|リー|ウッド|フィールド|ハルト|マイアー|マイヤー|ッツ|ルト|イェフ|ャン|ドゥ|オフ)");

  private static final Pattern BODY_END =
      Pattern.compile(
          ".+(?:グループ|ジャパン|ホールディングス?|カンパニー|サービス|システムズ?|ワークス|ウェーブ|エンタテインメント|サーキット|スタジアム|シティ)|ディー|エヌ|エム|オー|エル|ビー|シー|イー|エフ|ジー|エイチ|アイ|ジェイ|ケイ|キュー|アール|エス|ティー|ティ|ユー|ブイ|エックス|ワイ|ゼット");

  static KatakanaPart of(String part) {
    if (part.length() == 1 && isCapital(part.charAt(0))) {
      return INITIAL;
    }
    if (BODIES.contains(part) || BODY_END.matcher(part).matches()) {
      return WORD;
    }
    if (GIVEN.contains(part)) {
      return LISTED;
    }
    if (LINKS.contains(part)) {
      return LINK;
    }
    if (VOCABULARY.contains(part)) {
      return WORD;
    }
    int kinds = JapaneseDictionary.kinds(part);
    if ((kinds & JapaneseDictionary.PLACE) != 0) {
      return PLACE;
    }
    boolean name =
        (kinds & (JapaneseDictionary.FAMILY | JapaneseDictionary.GIVEN | JapaneseDictionary.PERSON))
            != 0;
    if ((kinds & JapaneseDictionary.WORD) != 0) {
      return WORD;
    }
    return name ? NAME : isCompound(part) ? WORD : UNKNOWN;
  }

  /** An ordinary word, told without the dictionary. */
  static boolean isCommon(String word) {
    return VOCABULARY.contains(word) && !GIVEN.contains(word);
  }

  /** A given name that is also a word, a place or a make: it needs more than a particle. */
  static boolean isAmbiguous(String name) {
    return AMBIGUOUS.contains(name);
  }

  /** A word that bodies, works and places have in their names. */
  static boolean isBody(String part) {
    return BODIES.contains(part);
  }

  static boolean endsLikeFamily(String part) {
    return FAMILY_END.matcher(part).matches();
  }

  /** Whether a word that is usually none may be the family name at the end. */
  static boolean isFamilyWord(String part) {
    return FAMILY_WORDS.contains(part);
  }

  /** Whether a person may be called so. */
  boolean isPossible() {
    return this == LISTED || this == NAME || this == UNKNOWN;
  }

  /** ホームページライフ, スコアカード: two ordinary words. */
  private static boolean isCompound(String part) {
    for (int border = 2; border <= part.length() - 2; border++) {
      if (VOCABULARY.contains(part.substring(0, border))
          && VOCABULARY.contains(part.substring(border))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isCapital(char c) {
    return c >= 'A' && c <= 'Z';
  }
}
