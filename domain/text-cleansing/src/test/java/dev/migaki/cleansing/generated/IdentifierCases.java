package dev.migaki.cleansing.generated;

import static dev.migaki.cleansing.recognition.FindingType.*;

import dev.migaki.cleansing.recognition.FindingType;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/**
 * Sentences in Japanese and English with one structured identifier each, and look-alikes (prices,
 * part numbers, versions, dates, codes) that are none. The same seed gives the same cases.
 */
public final class IdentifierCases {

  private record Kind(FindingType type, Supplier<String> value, List<String> sentences) {}

  private final Random random;
  private final IdentifierValues values;
  private final List<Kind> kinds;

  private IdentifierCases(long seed) {
    random = new Random(seed);
    values = new IdentifierValues(random);
    kinds = new ArrayList<>(japanese());
    kinds.addAll(western());
  }

  /** Three of four cases hold an identifier. */
  public static List<GeneratedCase> generate(long seed, int count) {
    IdentifierCases cases = new IdentifierCases(seed);
    List<GeneratedCase> generated = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      generated.add(i % 4 == 3 ? cases.lookAlike() : cases.identifier());
    }
    return generated;
  }

  private GeneratedCase identifier() {
    Kind kind = values.one(kinds);
    return GeneratedCase.of(kind.type, values.one(kind.sentences), kind.value.get());
  }

  private List<Kind> japanese() {
    return List.of(
        new Kind(
            MY_NUMBER,
            values::myNumber,
            List.of("マイナンバーは{}です。", "個人番号：{}", "ご家族のマイナンバー {} を登録しました。", "マイナンバー（{}）の写しを受領。")),
        new Kind(
            CORPORATE_NUMBER,
            values::corporateNumber,
            List.of("法人番号は{}です。", "法人番号：{}", "当社の法人番号（{}）を記入してください。")),
        new Kind(
            DRIVERS_LICENSE,
            () -> values.digits(12),
            List.of("運転免許証番号は{}です。", "免許証番号：{}", "本人確認書類：運転免許証 {}")),
        new Kind(
            PASSPORT,
            () -> values.letters(2) + values.digits(7),
            List.of("旅券番号は{}です。", "パスポート番号：{}", "パスポート {} の有効期限を確認した。")),
        new Kind(
            RESIDENCE_CARD,
            () -> values.letters(2) + values.digits(8) + values.letters(2),
            List.of("在留カード番号は{}です。", "在留カード：{}")),
        new Kind(
            HEALTH_INSURANCE,
            () -> values.digits(8),
            List.of("保険者番号は{}です。", "被保険者番号：{}", "保険証番号 {} で受付済み。")),
        new Kind(
            PENSION_NUMBER,
            () -> values.digits(4) + "-" + values.digits(6),
            List.of("基礎年金番号は{}です。", "年金番号：{}", "年金手帳の基礎年金番号（{}）")),
        new Kind(
            POSTAL_CODE,
            () -> values.between(100, 989) + "-" + values.digits(4),
            List.of("〒{}", "郵便番号は{}です。", "送付先の郵便番号：{}")),
        new Kind(
            PHONE_NUMBER,
            values::japanesePhone,
            List.of("電話番号は{}です。", "{}までお電話ください。", "連絡先：{}", "携帯（{}）に折り返しをお願いします。", "Tel: {}")),
        new Kind(
            BANK_ACCOUNT,
            () -> values.digits(7),
            List.of("口座番号は{}です。", "みほん銀行 中央支店 普通 {}", "振込先は当座 {} です。", "普通預金 口座番号：{}")),
        new Kind(
            BANK_ACCOUNT,
            () -> "1" + values.digits(4) + "-" + values.digits(7) + "1",
            List.of("ゆうちょ 記号番号 {}", "ゆうちょ銀行の記号番号は{}です。")),
        new Kind(
            DATE_OF_BIRTH,
            () ->
                values.between(0, 1) == 0
                    ? values.between(1940, 2010)
                        + "年"
                        + values.between(1, 12)
                        + "月"
                        + values.between(1, 28)
                        + "日"
                    : "昭和"
                        + values.between(10, 63)
                        + "年"
                        + values.between(1, 12)
                        + "月"
                        + values.between(1, 28)
                        + "日",
            List.of("生年月日は{}です。", "生年月日：{}", "{}生まれです。")),
        new Kind(
            VEHICLE_PLATE,
            () ->
                values.one(List.of("品川", "横浜", "なにわ", "名古屋", "札幌"))
                    + " "
                    + values.between(300, 599)
                    + " "
                    + values.one(List.of("あ", "さ", "た", "ゆ"))
                    + " "
                    + values.between(10, 99)
                    + "-"
                    + values.between(10, 99),
            List.of("車両番号は{}です。", "お車は{}ですね。", "ナンバー：{}")),
        new Kind(
            STREET_ADDRESS,
            () ->
                values.one(List.of("東京都千代田区架空町", "大阪府大阪市北区見本", "北海道札幌市中央区例町", "福岡県福岡市博多区仮町"))
                    + values.between(1, 9)
                    + "丁目"
                    + values.between(1, 30)
                    + "番"
                    + values.between(1, 20)
                    + "号",
            List.of("住所は{}です。", "送付先：{}", "{}にお届けください。")),
        new Kind(
            CUSTOMER_ID,
            () -> values.letters(1) + "-" + values.digits(7),
            List.of("お客様番号は{}です。", "会員番号：{}", "顧客番号 {} の件です。")),
        new Kind(
            MEDICAL_RECORD, () -> values.digits(7), List.of("カルテ番号は{}です。", "診察券番号：{}", "患者ID：{}")));
  }

  private List<Kind> western() {
    return List.of(
        new Kind(
            EMAIL_ADDRESS,
            () ->
                values.one(List.of("a.smith", "hana_mori", "j-doe99", "info.box", "k.o+news"))
                    + "@"
                    + values.one(List.of("example.com", "mail.example.co.jp", "sub.example.org")),
            List.of("Write to {}.", "メールは{}まで。", "E-mail: {}", "My address is {}, thanks.")),
        new Kind(
            CREDIT_CARD,
            values::card,
            List.of(
                "My card number is {}.",
                "カード番号は{}です。",
                "Please charge {} for the order.",
                "Card: {}")),
        new Kind(
            IBAN,
            values::iban,
            List.of("Send it to IBAN {}.", "IBAN: {}", "The refund goes to {}, please.")),
        new Kind(
            SSN,
            values::ssn,
            List.of("SSN: {}", "My social security number is {}.", "His SSN {} is on file.")),
        new Kind(
            NATIONAL_ID,
            values::nino,
            List.of("National Insurance number: {}", "My NI number is {}.")),
        new Kind(
            NATIONAL_ID,
            values::spanishId,
            List.of("DNI: {}", "Mi DNI es {}.", "DNI/NIE {} verified.")),
        new Kind(
            NATIONAL_ID, values::frenchNir, List.of("NIR: {}", "Numéro de sécurité sociale : {}")),
        new Kind(NATIONAL_ID, values::pesel, List.of("PESEL: {}", "Her PESEL number is {}.")),
        new Kind(
            PHONE_NUMBER,
            () -> "+44 20 7946 0" + values.digits(3),
            List.of("Phone: {}", "Call me on {}.", "You can reach me at {} after six.")),
        new Kind(
            PHONE_NUMBER,
            () ->
                "(" + values.one(List.of("212", "415", "617", "303")) + ") 555-" + values.digits(4),
            List.of(
                "Phone: {}", "Call me on {}.", "My cell is {}.", "Dial {} for the front desk.")),
        new Kind(
            IP_ADDRESS,
            values::ipv4,
            List.of("The request came from {}.", "Client IP: {}", "接続元は{}です。")),
        new Kind(
            IP_ADDRESS,
            () ->
                "2001:db8:"
                    + values.hex(4)
                    + ":"
                    + values.hex(4)
                    + ":"
                    + values.hex(4)
                    + ":"
                    + values.hex(4)
                    + ":"
                    + values.hex(4)
                    + ":a"
                    + values.hex(3),
            List.of("The host is {}.", "IPv6: {}")),
        new Kind(
            MAC_ADDRESS,
            values::mac,
            List.of("The device {} is offline.", "MAC address: {}", "MACアドレスは{}です。")),
        new Kind(
            CRYPTO_ADDRESS,
            values::bitcoin,
            List.of("Send the coins to {}.", "BTC: {}", "Wallet {} received the refund.")),
        new Kind(
            CRYPTO_ADDRESS, () -> "0x" + values.hex(40), List.of("ETH wallet {}", "Pay to {}.")),
        new Kind(
            DATE_OF_BIRTH,
            () ->
                values.between(1, 12)
                    + "/"
                    + values.between(1, 28)
                    + "/"
                    + values.between(1940, 2008),
            List.of("Date of birth: {}", "I was born on {}.", "DOB {}")),
        new Kind(
            DRIVERS_LICENSE,
            () -> values.letters(1) + values.digits(7),
            List.of("My driver's license number is {}.", "Driving licence: {}")),
        new Kind(
            PASSPORT,
            () -> values.digits(9),
            List.of("Passport number: {}", "My passport no. is {}.")),
        new Kind(
            MEDICAL_RECORD,
            () -> "MR-" + values.digits(7),
            List.of("Medical record number: {}", "MRN {}", "Patient ID: {}")),
        new Kind(
            AGE,
            () -> String.valueOf(values.between(18, 97)),
            List.of(
                "I am {} years old.",
                "He is a {} year old man.",
                "My mother, aged {}, lives alone.")));
  }

  private GeneratedCase lookAlike() {
    int a = values.between(1000, 9999);
    List<String> texts =
        List.of(
            "価格は" + values.between(1, 98) + "," + values.between(100, 999) + "円（税込）です。",
            "型番 AL-" + a + "-" + values.between(100, 999) + " のフィルターを注文してください。",
            "JANコード 49" + values.digits(11) + " の商品です。",
            "エラーコード E-" + a + " が表示されたら電源を切ります。",
            "第" + values.between(1, 99) + "条第" + values.between(1, 9) + "項に定める。",
            "2026年" + values.between(1, 12) + "月" + values.between(1, 28) + "日から有効です。",
            "バージョン "
                + values.between(1, 20)
                + "."
                + values.between(0, 20)
                + "."
                + values.between(0, 9000)
                + "."
                + values.between(1, 9)
                + " を入れてください。",
            "容量は" + a + "mL、重さは" + values.between(1, 20) + "." + values.between(1, 9) + "kgです。",
            "営業時間は9:00〜17:" + values.between(10, 59) + "です。",
            values.between(18, 65) + "歳以上の方が対象です。",
            "The price is $"
                + values.between(1, 9)
                + ","
                + values.between(100, 999)
                + ".00 and delivery takes 3-5 days.",
            "Part number 4902-" + a + "-33 fits the AL-200.",
            "Version "
                + values.between(1, 20)
                + "."
                + values.between(0, 9)
                + "."
                + a
                + " fixes the problem.",
            "Error E-" + a + " means the filter is missing.",
            "ISBN 978-4-" + a + "-" + values.between(1000, 9999) + "-" + values.between(0, 9),
            "See RFC " + a + ", section " + values.between(1, 9) + "." + values.between(1, 9) + ".",
            "The warranty lasts " + values.between(6, 60) + " months from 1 April 2026.",
            "Serial number SN-"
                + values.letters(2)
                + values.digits(8)
                + " is printed on the label.",
            "Open 192.168.1." + values.between(1, 254) + " in a browser to set up the router.",
            "The file has " + values.digits(7) + " lines and " + values.digits(8) + " characters.",
            "Build " + values.hex(7) + " passed " + values.between(100, 999) + " tests.",
            "The room is "
                + values.between(2, 9)
                + "."
                + values.between(10, 99)
                + " m wide; use 2 x "
                + values.between(10, 99)
                + " mm screws.",
            "Children under " + values.between(3, 17) + " need an adult.",
            "order of 10^" + values.between(2, 9) + " requests per second");
    return GeneratedCase.clean(values.one(texts));
  }
}
