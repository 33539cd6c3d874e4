package dev.migaki.cleansing.recognition;

import java.util.List;

/**
 * Words that say what stands next to them.
 *
 * <p>A number alone is rarely personal; "口座番号" or "call me on" beside it decides. Lower case, half
 * width.
 */
enum Cue {
    PHONE(
            "電話", "tel", "ｔｅｌ", "携帯", "連絡先", "fax", "ファックス", "ファクス", "ケータイ", "お電話", "内線",
            "phone", "telephone", "mobile", "cell", "call", "calling", "text me", "reach", "contact number",
            "whatsapp", "dial", "office", "ring me", "answering at", "phone number", "hotline"),
    CARD(
            "カード番号", "クレジットカード", "クレカ", "カード", "credit card", "card number", "card no", "card #",
            "card", "visa", "mastercard", "amex", "debit"),
    CARD_CODE("セキュリティコード", "cvv", "cvc", "cvv2", "cvc2", "security code"),
    CARD_EXPIRY("カード有効期限", "カードの有効期限", "card expiry", "expiry date", "exp. date", "card expires"),
    MY_NUMBER("マイナンバー", "個人番号", "my number", "mynumber", "individual number"),
    CORPORATE("法人番号", "インボイス番号", "適格請求書発行事業者", "登録番号", "corporate number"),
    LICENSE(
            "運転免許証番号", "運転免許証", "運転免許", "免許証番号", "免許証の番号", "免許証", "免許番号", "driver's license",
            "drivers license", "driver license", "driver's licence", "driving licence", "driving license",
            "licence number", "license number"),
    PASSPORT("パスポート番号", "パスポート", "旅券番号", "旅券", "passport number", "passport no", "passport"),
    RESIDENCE_CARD("在留カード番号", "在留カード", "residence card"),
    INSURANCE(
            "被保険者番号", "被保険者証番号", "被保険者記号", "保険者番号", "保険証番号", "保険証", "健康保険証", "健康保険番号",
            "健康保険", "記号・番号", "介護保険", "雇用保険", "health insurance number", "insurance number", "insurance id",
            "insurance policy number", "policy number", "member number", "medicare number", "nhs number",
            "nhs no", "policy no", "health plan"),
    PENSION("基礎年金番号", "年金番号", "年金手帳", "pension number"),
    BANK(
            "口座番号", "口座", "普通預金", "当座預金", "普通", "当座", "振込先", "bank account", "account number",
            "account no", "acct", "acct no", "a/c", "routing number", "sort code", "account #"),
    YUCHO("ゆうちょ", "記号番号", "記号"),
    POSTAL("郵便番号", "〒", "zip code", "zipcode", "zip", "postal code", "postcode", "post code"),
    ADDRESS(
            "住所", "所在地", "居所", "送付先", "配送先", "お届け先", "届け先", "address", "live at", "lives at", "living at",
            "reside at", "resides at", "located at", "deliver to", "ship to", "shipped to", "return to",
            "meet me at", "meet you at"),
    BIRTH(
            "生年月日", "誕生日", "生まれ", "出生", "birthday", "birth date", "birthdate", "date of birth", "dob", "d.o.b",
            "born on", "born in", "was born", "born"),
    SSN("ssn", "social security", "social security number", "社会保障番号"),
    NATIONAL_ID(
            "national insurance number", "national insurance", "ni number", "nino", "national id", "aadhaar",
            "住民票コード", "identity card"),
    TAX_ID("tax id", "itin", "ein", "taxpayer", "vat number", "vat id", "tin"),
    MEDICAL(
            "カルテ番号", "カルテ", "患者id", "患者番号", "診察券番号", "診察券", "mrn", "medical record number", "medical record no",
            "medical record", "patient id", "patient number", "chart number"),
    CUSTOMER(
            "顧客番号", "顧客id", "顧客コード", "お客様番号", "お客様id", "会員番号", "会員id", "契約番号", "契約者番号", "証券番号",
            "customer id", "customer number", "customer no", "client id number", "client number", "member id",
            "membership number", "membership id", "account id", "loyalty number", "contract number",
            "subscriber id", "subscriber number"),
    EMPLOYEE(
            "社員番号", "従業員番号", "職員番号", "社員id", "学籍番号", "学生番号", "employee id", "employee number", "employee no",
            "staff id", "badge number", "student id", "student number"),
    ORDER(
            "注文番号", "ご注文番号", "受注番号", "予約番号", "ご予約番号", "伝票番号", "追跡番号", "お問い合わせ番号", "受付番号",
            "問い合わせ番号", "order id", "order number", "order no", "order #", "booking reference",
            "booking number", "reservation number", "tracking number", "confirmation number",
            "case number", "ticket number"),
    USERNAME("ユーザー名", "ユーザー id", "ユーザーid", "ユーザid", "ログインid", "アカウント名", "username", "user name", "user id",
            "login id", "login name", "userid"),
    PLATE("ナンバープレート", "車両番号", "登録ナンバー", "license plate", "licence plate", "plate number", "number plate",
            "registration plate"),
    AGE(
            "years old", "year-old", "year old", "years-old", "aged", "age", "yo", "y/o", "歳", "才", "年齢", "turn",
            "turned", "turning", "turns"),
    IP("ip address", "ipアドレス", "ip", "ipv4", "ipv6", "アクセス元", "接続元"),
    VERSION("version", "ver", "ver.", "v", "バージョン", "firmware", "ファームウェア", "build", "release", "rev", "第"),
    PRODUCT("型番", "品番", "製品番号", "商品番号", "商品コード", "jan", "ean", "isbn", "issn", "upc", "sku", "part number", "part no",
            "p/n", "model", "model number", "serial", "s/n", "シリアル", "製造番号", "型式", "エラーコード", "error code",
            "error", "エラー", "コード", "doi", "円", "価格", "price", "toc", "isan", "登録商標", "特許", "patent",
            "rfc");

    private final List<String> words;

    Cue(String... words) {
        this.words = List.of(words);
    }

    List<String> words() {
        return words;
    }
}
