package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that only their label makes personal: licence, passport, insurance, account, customer
 * numbers.
 *
 * <p>From each cue word it steps over a short connector ("番号は", ": ", " number is ") and takes the
 * value if it has the expected form.
 */
final class LabelledValueRecognizer implements Recognizer {

  private static final int MAX_VALUE = 48;

  private static final Pattern CONNECTOR =
      Pattern.compile(
          "(?:(?<=\\bno|\\bnr)\\.|[\\s:=#?→「『\"'()\\[\\]【】<>|、,]|->|は|が|を|に|の|で|[:：]|番号|記号|コード|"
              + "number|num\\b|no\\b\\.?|nr\\b\\.?|code|id\\b|is\\b|was\\b|of\\b|my\\b|the\\b|which\\b|"
              + "card\\b|account\\b|支店|普通|当座|預金){0,12}+");

  /** How a value after a cue must look. */
  private record Rule(
      FindingType type,
      Cue cue,
      Pattern value,
      double score,
      @Nullable Predicate<String> valid,
      String name) {}

  private static Rule rule(FindingType type, Cue cue, String regex, double score, String name) {
    return new Rule(type, cue, bounded(regex), score, null, name);
  }

  private static Pattern bounded(String regex) {
    return Pattern.compile("(?:" + regex + ")(?![0-9a-z_]|[-.][0-9a-z])", Pattern.CASE_INSENSITIVE);
  }

  private static final List<Rule> RULES =
      List.of(
          rule(
              FindingType.MY_NUMBER,
              Cue.MY_NUMBER,
              "\\d{4}[- ]?\\d{4}[- ]?\\d{4}",
              0.8,
              "my-number-label"),
          new Rule(
              FindingType.CORPORATE_NUMBER,
              Cue.CORPORATE,
              bounded("t?-?\\d{13}|t?-?\\d(?:[- ]\\d{4}){3}"),
              0.8,
              null,
              "corporate-number"),
          rule(
              FindingType.DRIVERS_LICENSE,
              Cue.LICENSE,
              "第? ?\\d{12}|\\d{4}[- ]\\d{4}[- ]\\d{4}|[a-z]{1,5}\\d[0-9a-z-]{4,15}|\\d{7,10}",
              0.85,
              "drivers-license"),
          rule(
              FindingType.PASSPORT,
              Cue.PASSPORT,
              "[a-z]{1,2}[ -]?\\d{6,9}|\\d{9}",
              0.9,
              "passport"),
          rule(
              FindingType.RESIDENCE_CARD,
              Cue.RESIDENCE_CARD,
              "[a-z]{2} ?\\d{8} ?[a-z]{2}",
              0.95,
              "residence-card"),
          rule(
              FindingType.HEALTH_INSURANCE,
              Cue.INSURANCE,
              "\\d{1,8}・\\d{1,8}(?:[-・]\\d{1,2})?|\\d{8}|\\d{6}|[a-z]{0,4}-?\\d[\\d -]{4,14}\\d"
                  + "|[0-9a-z]{4,12}(?=[^0-9a-z]{1,6}\\d)"
                  + "|\\d{1,8}[-/ ]\\d{1,8}(?:[-・]\\d{1,2})?",
              0.85,
              "health-insurance"),
          rule(
              FindingType.HEALTH_INSURANCE,
              Cue.SYMBOL,
              "(?:[ぁ-ん一-龥]{1,3}-?)?[0-9a-z]{1,10}[ 、,・/]{0,3}番号[: は]{0,3}\\d{1,10}(?:[ 、,・/]{0,3}枝番[: は]{0,3}\\d{1,2})?",
              0.8,
              "health-insurance"),
          rule(
              FindingType.PENSION_NUMBER, Cue.PENSION, "\\d{4}[- ]?\\d{6}", 0.95, "pension-number"),
          rule(
              FindingType.BANK_ACCOUNT,
              Cue.BANK,
              "\\d{2}-\\d{2}-\\d{2}|\\d{6,8}|\\d{3}[- ]\\d{7}|\\d{9,17}|[\\d*x]{4,}\\d{4}",
              0.8,
              "bank-account"),
          rule(
              FindingType.BANK_ACCOUNT,
              Cue.YUCHO,
              "\\d{5}(?:-\\d)?[- ,、・]{1,3}(?:番号[: は]{0,2})?\\d{6,8}",
              0.9,
              "yucho-account"),
          rule(FindingType.BANK_ACCOUNT, Cue.ACCOUNT, "\\d{7,17}", 0.75, "account"),
          rule(
              FindingType.ORDER_NUMBER,
              Cue.TRANSFER,
              "[a-z]{4}[a-z0-9]{1,2}\\d{9,17}|[a-z]{1,5}-?\\d{6,20}|\\d{11,22}",
              0.8,
              "transfer-reference"),
          rule(
              FindingType.VEHICLE_PLATE,
              Cue.VIN,
              "(?=[a-z]*\\d)[a-hj-npr-z0-9]{17}|[a-z0-9]{2,8}-\\d{6,7}",
              0.85,
              "vin"),
          rule(FindingType.CREDIT_CARD, Cue.CARD_CODE, "\\d{3,4}", 0.85, "card-code"),
          rule(FindingType.CREDIT_CARD, Cue.CARD_EXPIRY, "\\d{1,2}/\\d{2,4}", 0.8, "card-expiry"),
          rule(
              FindingType.POSTAL_CODE,
              Cue.POSTAL,
              "\\d{3}-\\d{4}|\\d{5}(?:-\\d{4})?|\\d{7}|[a-z]{1,2}\\d[0-9a-z]? ?\\d[a-z]{2}",
              0.85,
              "postal-code"),
          rule(
              FindingType.NATIONAL_ID,
              Cue.NATIONAL_ID,
              "[a-z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[a-d]|\\d{4} ?\\d{4}"
                  + " ?\\d{4}|\\d{11}|[a-z]\\d{6,9}",
              0.85,
              "national-id"),
          rule(
              FindingType.TAX_ID,
              Cue.TAX_ID,
              "9\\d{2}-\\d{2}-\\d{4}|\\d{2}-\\d{7}|[a-z]{2}\\d{8,12}|\\d{9,11}",
              0.8,
              "tax-id"),
          rule(
              FindingType.MEDICAL_RECORD,
              Cue.MEDICAL,
              "[a-z]{0,4}-?\\d[\\d-]{2,14}\\d",
              0.85,
              "medical-record"),
          rule(
              FindingType.CUSTOMER_ID,
              Cue.CUSTOMER,
              "[a-z]{0,6}[-_]?\\d[\\d-]{2,18}[0-9a-z]|[a-z]{1,4}\\d{4,}[a-z]{0,2}|[a-z]{1,6}-[a-z]{0,4}\\d{3,}(?:-\\d{2,})?",
              0.85,
              "customer-id"),
          rule(
              FindingType.EMPLOYEE_ID,
              Cue.EMPLOYEE,
              "[a-z]{0,5}[-_]?\\d[\\d-]{1,14}\\d",
              0.85,
              "employee-id"),
          rule(
              FindingType.ORDER_NUMBER,
              Cue.ORDER,
              "[a-z]{0,6}[-_]?\\d[\\d-]{3,20}[0-9a-z]|[a-z]{1,6}-\\d{4,}-[0-9a-z]{2,10}|[a-z]{1,5}-(?=[a-z]*\\d)[0-9a-z]{4,14}",
              0.8,
              "order-number"),
          new Rule(
              FindingType.USERNAME,
              Cue.USERNAME,
              bounded("[a-z][a-z0-9._-]{1,29}[a-z0-9]"),
              0.75,
              LabelledValueRecognizer::isUserName,
              "username"),
          rule(
              FindingType.VEHICLE_PLATE,
              Cue.PLATE,
              "[a-z0-9]{1,4}[- ]?(?=[a-z0-9]*\\d)[a-z0-9]{2,5}(?:[- ][a-z0-9]{1,4})?",
              0.8,
              "plate"));

  @Override
  public String name() {
    return "labelled-value";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit() && !text.lower().contains("user") && !text.lower().contains("login")) {
      return;
    }
    CueIndex cues = text.cues();
    String lower = text.lower();
    for (Rule rule : RULES) {
      if (!cues.has(rule.cue)) {
        continue;
      }
      Matcher connector = CONNECTOR.matcher(lower).useTransparentBounds(true);
      Matcher value = rule.value.matcher(lower);
      value.useTransparentBounds(true);
      for (CueIndex.Place place : cues.places(rule.cue)) {
        connector.region(place.end(), Math.min(lower.length(), place.end() + 40));
        if (!connector.lookingAt()) {
          continue;
        }
        int from = connector.end();
        value.region(from, Math.min(lower.length(), from + MAX_VALUE));
        if (value.lookingAt() && isAccepted(rule, lower, value)) {
          findings.accept(
              new Finding(rule.type, value.start(), value.end(), rule.score, rule.name));
        }
      }
    }
  }

  /** A digit or a joint between letters, or letters that are no word and no form of one. */
  private static boolean isUserName(String value) {
    return value.chars().anyMatch(c -> c >= '0' && c <= '9' || c == '.' || c == '_')
        || value.length() >= 4
            && value.chars().allMatch(c -> c >= 'a' && c <= 'z')
            && !EnglishNames.WORDS.contains(value)
            && !value.matches(
                "(?:un|re|pre|auto|case|user|pass|host).*|.*(?:ed|ing|ly|able|ive|ion|less|ful|id|name|names)");
  }

  private static boolean isAccepted(Rule rule, String lower, Matcher value) {
    if (value.end() < lower.length() && "桁文字円%個年月".indexOf(lower.charAt(value.end())) >= 0) {
      return false;
    }
    String rest = lower.substring(value.end(), Math.min(lower.length(), value.end() + 7));
    if (rest.startsWith(" digit") || rest.startsWith("-digit") || rest.startsWith(" char")) {
      return false;
    }
    return rule.valid == null || rule.valid.test(value.group());
  }
}
