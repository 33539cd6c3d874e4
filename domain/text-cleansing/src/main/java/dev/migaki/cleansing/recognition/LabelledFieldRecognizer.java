package dev.migaki.cleansing.recognition;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fields: a table cell under "氏名", a form line "Name: …".
 *
 * <p>Structure is the surest witness: what stands in a name field is a name, whatever it looks
 * like.
 */
final class LabelledFieldRecognizer implements Recognizer {

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
        "契約番号",
        "証券番号",
        "customer id",
        "customer number",
        "member id",
        "membership number",
        "account id",
        "policy number");
    put(FindingType.EMPLOYEE_ID, "社員番号", "従業員番号", "employee id", "employee number", "staff id");
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
    put(FindingType.VEHICLE_PLATE, "車両番号", "ナンバー", "ナンバープレート", "license plate", "plate number");
    put(FindingType.PASSWORD, "パスワード", "初期パスワード", "暗証番号", "password", "passcode", "pin");
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

  private static final Pattern NAME_VALUE =
      Pattern.compile("[\\p{L}々ヶー][\\p{L}々ヶー.'・=-]*(?:[ 　]{1,2}[\\p{L}々ヶー][\\p{L}々ヶー.'・=-]*){0,4}");
  private static final Pattern DIGITS = Pattern.compile("[^0-9]*(?:[0-9][^0-9]*){3,}");
  private static final List<String> HONORIFIC_ENDS = List.of("様", "さま", "さん", "殿", "氏", "先生");

  private static void put(FindingType type, String... labels) {
    for (String label : labels) {
      LABELS.put(normalized(label), type);
    }
  }

  @Override
  public String name() {
    return "field";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    String label = text.label();
    if (label != null) {
      FindingType type = LABELS.get(normalized(label));
      if (type != null) {
        report(text, type, 0, text.length(), 0.95, "column", findings);
      }
    }
    if (text.folded().indexOf(':') < 0 && text.folded().indexOf('=') < 0) {
      return;
    }
    String folded = text.folded();
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c != ':' && c != '=') {
        continue;
      }
      FindingType type = LABELS.get(labelBefore(folded, i));
      int from = i + 1;
      while (from < folded.length() && " \t*_".indexOf(folded.charAt(from)) >= 0) {
        from++;
      }
      if (type != null && from < folded.length()) {
        report(text, type, from, valueEnd(folded, from), 0.9, "field", findings);
      }
    }
  }

  /** The words between the last line end or separator and the colon. */
  private static String labelBefore(String folded, int colon) {
    int start = colon;
    while (start > 0
        && colon - start < 34
        && "\n\r|、,;/([【■●・※。>".indexOf(folded.charAt(start - 1)) < 0
        && !folded.startsWith("  ", start - 1)) {
      start--;
    }
    int end = colon;
    while (end > start && "】]) *_\t".indexOf(folded.charAt(end - 1)) >= 0) {
      end--;
    }
    return normalized(folded.substring(start, end));
  }

  private static String normalized(String label) {
    String folded = TextFolding.fold(label).toLowerCase(Locale.ROOT);
    return MARKS.matcher(folded).replaceAll(" ").strip();
  }

  private static int valueEnd(String folded, int from) {
    int end = from;
    while (end < folded.length()
        && "\n\r\t|、,;。/)]】>".indexOf(folded.charAt(end)) < 0
        && !folded.startsWith("  ", end)) {
      end++;
    }
    return end;
  }

  private static void report(
      ScannedText text,
      FindingType type,
      int from,
      int to,
      double score,
      String rule,
      Consumer<Finding> findings) {
    String folded = text.folded();
    int start = from;
    int end = to;
    while (start < end
        && (Character.isWhitespace(folded.charAt(start))
            || "「\"'".indexOf(folded.charAt(start)) >= 0)) {
      start++;
    }
    while (end > start
        && (Character.isWhitespace(folded.charAt(end - 1))
            || "」\"'".indexOf(folded.charAt(end - 1)) >= 0)) {
      end--;
    }
    if (end - start < 2 || end - start > 120 || text.touchesPlaceholder(start, end)) {
      return;
    }
    if (type == FindingType.PERSON) {
      person(folded, start, end, score, rule, findings);
    } else if (type == FindingType.DATE_OF_BIRTH && rule.equals("field")) {
      DateOfBirthRecognizer.inField(text, start, end, findings);
    } else if (isPlausible(type, folded.substring(start, end), rule)) {
      findings.accept(new Finding(type, start, end, score, rule));
    }
  }

  private static void person(
      String folded, int start, int end, double score, String rule, Consumer<Finding> findings) {
    Matcher name = NAME_VALUE.matcher(folded).region(start, end);
    if (!name.lookingAt() || name.end() - start > 40) {
      return;
    }
    int stop = name.end();
    for (String honorific : HONORIFIC_ENDS) {
      if (folded.startsWith(honorific, stop - honorific.length())
          && stop - honorific.length() > start) {
        stop -= honorific.length();
        break;
      }
    }
    String value = folded.substring(start, stop);
    if (FieldValues.isPersonName(value)
        && (rule.equals("column") || FieldValues.looksLikeName(value))) {
      findings.accept(new Finding(FindingType.PERSON, start, stop, score, rule));
    }
  }

  private static boolean isPlausible(FindingType type, String value, String rule) {
    return switch (type) {
      case PASSWORD, API_KEY ->
          rule.equals("column")
              && value.indexOf(' ') < 0
              && value.length() >= 4
              && value.chars().allMatch(c -> c > 0x20 && c < 0x7F);
      case EMAIL_ADDRESS -> value.indexOf('@') > 0;
      case AGE -> value.matches("\\d{1,3} ?(?:歳|才)?");
      case DATE_OF_BIRTH ->
          DateOfBirthRecognizer.DATE.matcher(value.toLowerCase(Locale.ROOT)).find();
      case USERNAME ->
          value.matches("[A-Za-z][A-Za-z0-9._-]{2,30}") && value.matches(".*[0-9._].*");
      case IP_ADDRESS -> value.matches("[0-9a-fA-F.:]{7,39}");
      case STREET_ADDRESS ->
          value.length() >= 6
              && value.chars().anyMatch(c -> c >= '0' && c <= '9' || c == '丁' || c == '番');
      default ->
          value.length() <= 40
              && DIGITS.matcher(value).matches()
              && value.chars().filter(c -> c > 0x2FF).count() <= 2;
    };
  }
}
