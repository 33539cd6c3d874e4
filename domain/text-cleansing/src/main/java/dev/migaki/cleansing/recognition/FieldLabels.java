package dev.migaki.cleansing.recognition;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the labels of forms and the headers of columns say about the value beside or below. */
final class FieldLabels {

  private static final Pattern MARKS = Pattern.compile("[\\s:*_#※-]+");
  private static final Map<String, FindingType> LABELS = new HashMap<>();

  static {
    put(
        FindingType.PERSON,
        "氏名",
        "お名前",
        "名前",
        "姓名",
        "姓",
        "名",
        "顧客名",
        "お客様名",
        "契約者名",
        "契約者",
        "患者名",
        "患者氏名",
        "担当者",
        "担当者名",
        "ご担当者",
        "ご担当者名",
        "担当",
        "社員名",
        "従業員名",
        "申込者",
        "申込者名",
        "申請者",
        "申請者名",
        "報告者",
        "記入者",
        "作成者",
        "承認者",
        "送信者",
        "受信者",
        "差出人",
        "宛先",
        "宛名",
        "フリガナ",
        "ふりがな",
        "氏名(カナ)",
        "カナ氏名",
        "保護者名",
        "保護者氏名",
        "生徒名",
        "学生氏名",
        "受講者名",
        "世帯主",
        "代表者",
        "代表者名",
        "名義人",
        "口座名義",
        "口座名義人",
        "振込人名義",
        "振込名義",
        "振込名義人",
        "ご名義",
        "カード名義",
        "緊急連絡先氏名",
        "full name",
        "first name",
        "last name",
        "surname",
        "given name",
        "family name",
        "middle name",
        "customer name",
        "client name",
        "patient name",
        "employee name",
        "contact name",
        "contact person",
        "account holder",
        "cardholder",
        "cardholder name",
        "policyholder",
        "maiden name",
        "applicant",
        "applicant name",
        "name of customer",
        "student name",
        "parent name",
        "guardian",
        "emergency contact",
        "assignee",
        "reporter",
        "requester",
        "signed by",
        "reported by",
        "prepared by",
        "approved by");
    put(
        FindingType.PHONE_NUMBER,
        "電話",
        "電話番号",
        "tel",
        "携帯",
        "携帯電話",
        "携帯番号",
        "連絡先",
        "連絡先電話番号",
        "緊急連絡先",
        "fax",
        "phone",
        "phone number",
        "telephone",
        "mobile",
        "mobile number",
        "cell",
        "cell phone",
        "contact number");
    put(
        FindingType.EMAIL_ADDRESS,
        "メール",
        "メールアドレス",
        "eメール",
        "email",
        "e-mail",
        "mail",
        "email address",
        "e-mail address");
    put(
        FindingType.STREET_ADDRESS,
        "住所",
        "ご住所",
        "現住所",
        "送付先",
        "送付先住所",
        "配送先",
        "配送先住所",
        "お届け先",
        "届け先住所",
        "address",
        "street address",
        "home address",
        "shipping address",
        "billing address",
        "mailing address",
        "delivery address",
        "postal address");
    put(FindingType.POSTAL_CODE, "郵便番号", "zip", "zip code", "postal code", "postcode");
    put(
        FindingType.DATE_OF_BIRTH,
        "生年月日",
        "誕生日",
        "date of birth",
        "birth date",
        "birthdate",
        "birthday",
        "dob");
    put(FindingType.AGE, "年齢", "age");
    put(FindingType.MY_NUMBER, "マイナンバー", "個人番号", "my number");
    put(FindingType.BANK_ACCOUNT, "口座番号", "振込先口座", "bank account", "account number", "iban");
    put(
        FindingType.CREDIT_CARD,
        "カード番号",
        "クレジットカード番号",
        "クレジットカード",
        "credit card",
        "card number",
        "credit card number");
    put(
        FindingType.CUSTOMER_ID,
        "顧客番号",
        "顧客id",
        "お客様番号",
        "会員番号",
        "会員id",
        "会員コード",
        "お客様コード",
        "利用者番号",
        "契約番号",
        "証券番号",
        "customer id",
        "customer number",
        "member id",
        "membership number",
        "account id",
        "policy number");
    put(
        FindingType.EMPLOYEE_ID,
        "社員番号",
        "社員コード",
        "従業員番号",
        "従業員コード",
        "職員番号",
        "employee id",
        "employee number",
        "staff id");
    put(
        FindingType.MEDICAL_RECORD,
        "カルテ番号",
        "患者id",
        "患者番号",
        "診察券番号",
        "mrn",
        "patient id",
        "medical record number");
    put(
        FindingType.HEALTH_INSURANCE,
        "保険証番号",
        "被保険者番号",
        "保険者番号",
        "記号・番号",
        "受給者番号",
        "insurance number",
        "insurance id",
        "nhs number");
    put(
        FindingType.DRIVERS_LICENSE,
        "免許証番号",
        "運転免許証番号",
        "driver's license",
        "drivers license",
        "driver license number");
    put(FindingType.PASSPORT, "パスポート番号", "旅券番号", "passport", "passport number");
    put(FindingType.PENSION_NUMBER, "基礎年金番号", "年金番号");
    put(FindingType.SSN, "ssn", "social security number");
    put(
        FindingType.VEHICLE_PLATE,
        "車両番号",
        "ナンバー",
        "ナンバープレート",
        "license plate",
        "plate number",
        "車台番号",
        "vin",
        "chassis number");
    put(
        FindingType.PASSWORD,
        "パスワード",
        "初期パスワード",
        "暗証番号",
        "password",
        "passcode",
        "pin",
        "wpaキー",
        "wi-fiキー",
        "暗号化キー",
        "wi-fi key",
        "wpa key",
        "network key");
    put(
        FindingType.API_KEY,
        "apiキー",
        "api key",
        "api_key",
        "access token",
        "secret key",
        "アクセスキー",
        "アクセストークン",
        "シークレットキー");
    put(FindingType.USERNAME, "ログインid", "login id", "username", "user name", "ユーザー名");
    put(FindingType.IP_ADDRESS, "ipアドレス", "ip address", "client ip", "source ip");
    put(
        FindingType.ORDER_NUMBER,
        "注文番号",
        "受注番号",
        "予約番号",
        "order id",
        "order number",
        "booking reference");
  }

  private static void put(FindingType type, String... labels) {
    for (String label : labels) {
      LABELS.put(normalized(label), type);
    }
  }

  private FieldLabels() {}

  /** What the value of a field with this label is; null if the label says nothing. */
  static @Nullable FindingType type(String label) {
    return LABELS.get(normalized(label));
  }

  /** Labels of a type that Japanese forms bear. */
  static List<String> japanese(FindingType type) {
    return LABELS.entrySet().stream()
        .filter(entry -> entry.getValue() == type && entry.getKey().charAt(0) > 0x2FF)
        .map(Map.Entry::getKey)
        .sorted()
        .toList();
  }

  private static String normalized(String label) {
    String folded = TextFolding.fold(label).toLowerCase(Locale.ROOT);
    return MARKS.matcher(folded).replaceAll(" ").strip();
  }
}
