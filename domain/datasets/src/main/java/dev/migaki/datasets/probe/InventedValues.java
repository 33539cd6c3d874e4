package dev.migaki.datasets.probe;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Invents private data and sentences that carry it. Check digits are right, so that a recogniser
 * has to find the value; numbers are otherwise random, and nobody is meant.
 */
final class InventedValues {
  private static final String[] JA_FAMILY = {
    "佐藤", "鈴木", "高橋", "田中", "伊藤", "渡辺", "山本", "中村", "小林", "加藤", "吉田", "山田", "松本", "井上", "木村", "斎藤"
  };
  private static final String[] JA_GIVEN = {
    "翔太", "陽子", "健一", "美咲", "直樹", "由美子", "大輔", "恵子", "拓也", "真理子", "亮介", "千尋", "浩二", "咲良", "和彦", "香織"
  };
  private static final String[] EN_GIVEN = {
    "Olivia", "Daniel", "Grace", "Marcus", "Priya", "Thomas", "Elena", "Victor", "Hannah", "Omar",
    "Julia", "Kevin", "Sofia", "Brian", "Amelia", "Patrick"
  };
  private static final String[] EN_FAMILY = {
    "Whitfield", "Okafor", "Lindgren", "Castellano", "Patel", "Harrison", "Novak", "Delgado",
    "Sullivan", "Fitzgerald", "Kowalski", "Bennett", "Marchetti", "Thornton", "Reyes", "Coleman"
  };
  private static final String[] JA_PLACES = {
    "東京都港区芝公園", "大阪府大阪市北区梅田", "愛知県名古屋市中区栄", "北海道札幌市中央区大通西", "福岡県福岡市博多区博多駅前", "神奈川県横浜市西区みなとみらい"
  };
  private static final String[] EN_STREETS = {
    "Maple Street", "Oak Avenue", "Kingsway Road", "Harbor Drive", "Elm Lane", "Station Road"
  };
  private static final String ALPHABET =
      "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz0123456789";

  private final SplittableRandom random;

  InventedValues(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /**
   * A sentence with one value in it.
   *
   * @param parts of the value; it counts as removed when none of them is left
   */
  record Planted(String kind, String sentence, List<String> parts) {
    @Override
    public String toString() {
      return "Planted[kind=" + kind + "]";
    }
  }

  private enum Kind {
    PERSON,
    EMAIL_ADDRESS,
    PHONE_NUMBER,
    STREET_ADDRESS,
    CREDIT_CARD,
    DATE_OF_BIRTH,
    MY_NUMBER_OR_SSN,
    IBAN,
    PASSWORD,
    API_KEY
  }

  /** The {@code number}-th value; kinds take turns. */
  Planted next(int number, boolean japanese) {
    Kind kind = Kind.values()[number % Kind.values().length];
    return switch (kind) {
      case PERSON -> person(japanese);
      case EMAIL_ADDRESS -> email(japanese);
      case PHONE_NUMBER -> phone(japanese);
      case STREET_ADDRESS -> address(japanese);
      case CREDIT_CARD ->
          say(
              kind,
              japanese,
              card(),
              "カード番号は%sです。",
              "The card number is %s.",
              "%sで支払いました。",
              "I paid with %s.");
      case DATE_OF_BIRTH ->
          say(
              kind,
              japanese,
              birth(japanese),
              "生年月日は%sです。",
              "My date of birth is %s.",
              "生年月日：%s",
              "DOB: %s");
      case MY_NUMBER_OR_SSN ->
          say(
              kind,
              japanese,
              japanese ? myNumber() : ssn(),
              "マイナンバーは%sです。",
              "My SSN is %s.",
              "個人番号：%s",
              "Social security number: %s");
      case IBAN ->
          say(
              kind,
              japanese,
              iban(),
              "返金先のIBANは%sです。",
              "Please refund to IBAN %s.",
              "振込先：%s",
              "The account is %s.");
      case PASSWORD ->
          say(
              kind,
              japanese,
              token(10) + "!7",
              "パスワードは%sです。",
              "The password is %s.",
              "パスワード: %s",
              "password: %s");
      case API_KEY ->
          say(
              kind,
              japanese,
              "sk-proj-" + token(40),
              "APIキーは%sです。",
              "The API key is %s.",
              "api_key = \"%s\"",
              "api_key = \"%s\"");
    };
  }

  private Planted say(
      Kind kind,
      boolean japanese,
      String value,
      String ja,
      String en,
      String otherJa,
      String otherEn) {
    boolean first = random.nextBoolean();
    String frame = japanese ? (first ? ja : otherJa) : first ? en : otherEn;
    return new Planted(kind.name(), frame.formatted(value), List.of(value));
  }

  private Planted person(boolean japanese) {
    if (japanese) {
      String family = one(JA_FAMILY);
      String given = one(JA_GIVEN);
      String frame = one(new String[] {"担当は%sさんです。", "%sと申します。", "お客様：%s 様", "%s様よりご連絡をいただきました。"});
      String gap = random.nextBoolean() ? " " : "";
      return new Planted(
          Kind.PERSON.name(), frame.formatted(family + gap + given), List.of(family, given));
    }
    String given = one(EN_GIVEN);
    String family = one(EN_FAMILY);
    String frame =
        one(
            new String[] {
              "My name is %s.", "Please ask for %s.", "Mr. %s called us yesterday.", "Regards, %s"
            });
    return new Planted(
        Kind.PERSON.name(), frame.formatted(given + " " + family), List.of(given, family));
  }

  private Planted email(boolean japanese) {
    String value =
        (one(EN_GIVEN) + "." + one(EN_FAMILY)).toLowerCase(java.util.Locale.ROOT)
            + digits(2)
            + "@example."
            + one(new String[] {"com", "org", "co.jp", "net"});
    return say(
        Kind.EMAIL_ADDRESS, japanese, value, "メールは%sまで。", "Write to %s.", "連絡先：%s", "E-mail: %s");
  }

  private Planted phone(boolean japanese) {
    String value =
        japanese
            ? one(new String[] {"090-", "080-", "070-"})
                + between(2, 9)
                + digits(3)
                + "-"
                + digits(4)
            : one(new String[] {"(415) 555-01", "+1 212 555 01", "303-555-01"}) + digits(2);
    return say(
        Kind.PHONE_NUMBER, japanese, value, "電話番号は%sです。", "Call me at %s.", "TEL：%s", "Phone: %s");
  }

  private Planted address(boolean japanese) {
    String value =
        japanese
            ? one(JA_PLACES) + between(1, 5) + "丁目" + between(1, 20) + "番" + between(1, 20) + "号"
            : between(10, 980) + " " + one(EN_STREETS) + ", Springfield, IL 627" + digits(2);
    return say(
        Kind.STREET_ADDRESS,
        japanese,
        value,
        "住所は%sです。",
        "I live at %s.",
        "お届け先：%s",
        "Ship to: %s");
  }

  private String birth(boolean japanese) {
    int year = Integer.parseInt(between(1950, 2004));
    String month = between(1, 12);
    String day = between(1, 28);
    return japanese
        ? year + "年" + month + "月" + day + "日"
        : "%02d/%02d/%d".formatted(Integer.parseInt(month), Integer.parseInt(day), year);
  }

  /** Sixteen digits with a right Luhn digit, in groups of four. */
  private String card() {
    String body = "4" + digits(14);
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    String number = body + (10 - sum % 10) % 10;
    return number.replaceAll("(.{4})(?=.)", "$1-");
  }

  /** Twelve digits; the last checks the others (ordinance of the Act on My Number, article 5). */
  private String myNumber() {
    String body = digits(11);
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      int digit = body.charAt(11 - n) - '0';
      sum += digit * (n <= 6 ? n + 1 : n - 5);
    }
    int rest = sum % 11;
    return body + (rest <= 1 ? 0 : 11 - rest);
  }

  private String ssn() {
    return "%s-%s-%s".formatted(between(101, 649), between(11, 99), between(1001, 9998));
  }

  /** A German IBAN with right check digits (ISO 13616, mod 97). */
  private String iban() {
    String account = digits(18);
    int rest = 0;
    for (char c : (account + "131400").toCharArray()) {
      rest = (rest * 10 + (c - '0')) % 97;
    }
    return "DE%02d%s".formatted(98 - rest, account);
  }

  private String token(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return text.toString();
  }

  private String digits(int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  private String between(int least, int most) {
    return Integer.toString(random.nextInt(least, most + 1));
  }

  private String one(String[] choices) {
    return choices[random.nextInt(choices.length)];
  }
}
