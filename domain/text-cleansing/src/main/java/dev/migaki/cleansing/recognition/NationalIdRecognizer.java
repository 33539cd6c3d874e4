package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * National identifiers of Europe and the United States. Those with letters prove themselves by
 * their check; bare digits count only beside a word that names them.
 */
final class NationalIdRecognizer implements Recognizer {

  /**
   * @param mention finds out quickly whether a text names the identifier at all
   * @param alone score without a naming word; 0 if the word is needed
   */
  private record Form(
      FindingType type,
      String name,
      Pattern pattern,
      Predicate<String> valid,
      double alone,
      Pattern mention,
      Pattern words) {}

  private static Form form(
      FindingType type,
      String name,
      String regex,
      Predicate<String> valid,
      double alone,
      String words) {
    return new Form(
        type,
        name,
        Pattern.compile("(?<![A-Za-z0-9_.-])(?:" + regex + ")(?![A-Za-z0-9_]|[-.][A-Za-z0-9])"),
        valid,
        alone,
        Pattern.compile("(?<![a-z])(?:" + words + ")"),
        Pattern.compile("(?<![a-z])(?:" + words + ")(?![a-z])[^\\n]{0,24}$"));
  }

  private static final int MAX_LENGTH = 32;
  private static final int FEW_STARTS = 8;

  private static final List<Form> FORMS =
      List.of(
          form(
              FindingType.TAX_ID,
              "it-codice-fiscale",
              "[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]",
              NationalChecksums::isCodiceFiscale,
              0.95,
              "codice fiscale"),
          form(
              FindingType.NATIONAL_ID,
              "es-dni",
              "(?:\\d{8}|[XYZ]\\d{7})-?[A-Z]",
              NationalChecksums::isSpanishId,
              0.8,
              "dni|nie|nif"),
          form(
              FindingType.NATIONAL_ID,
              "fr-nir",
              "[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?(?:\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}",
              NationalChecksums::isFrenchNir,
              0.8,
              "nir|insee|s[ée]curit[ée] sociale|social security"),
          form(
              FindingType.NATIONAL_ID,
              "fi-hetu",
              "\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]",
              NationalChecksums::isFinnishHetu,
              0.7,
              "hetu|henkil[öo]tunnus"),
          form(
              FindingType.NATIONAL_ID,
              "gb-nino",
              "(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]",
              value -> true,
              0.75,
              "national insurance|nino|ni (?:number|no)"),
          form(
              FindingType.NATIONAL_ID,
              "se-personnummer",
              "(?:19|20)?\\d{6}[-+]?\\d{4}",
              value -> NationalChecksums.isSwedishPersonnummer(lastDigits(value, 10)),
              0,
              "personnummer|personal identity number"),
          form(
              FindingType.NATIONAL_ID,
              "pl-pesel",
              "\\d{11}",
              NationalChecksums::isPesel,
              0,
              "pesel"),
          form(
              FindingType.TAX_ID,
              "de-steuer-id",
              "\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}",
              NationalChecksums::isGermanTaxId,
              0,
              "steuer-?id|steuer-?identifikationsnummer|idnr|german tax|tax id"),
          form(
              FindingType.NATIONAL_ID,
              "be-register",
              "\\d{2}\\.?\\d{2}\\.?\\d{2}-?\\d{3}[.-]?\\d{2}",
              NationalChecksums::isBelgianRegister,
              0,
              "rijksregister|registre national|national register"),
          form(
              FindingType.NATIONAL_ID,
              "nl-bsn",
              "\\d{9}|\\d{3}[. ]\\d{3}[. ]\\d{3}|\\d{4}\\.\\d{2}\\.\\d{3}",
              NationalChecksums::isDutchBsn,
              0,
              "bsn|burgerservicenummer|citizen service number"),
          form(
              FindingType.TAX_ID,
              "pt-nif",
              "\\d{3} ?\\d{3} ?\\d{3}",
              NationalChecksums::isPortugueseNif,
              0,
              "nif|contribuinte"),
          form(
              FindingType.NATIONAL_ID,
              "gb-nhs",
              "\\d{3}[ -]?\\d{3}[ -]?\\d{4}",
              Checksums::isNhsNumber,
              0,
              "nhs"),
          form(
              FindingType.BANK_ACCOUNT,
              "us-routing",
              "\\d{9}",
              Checksums::isAbaRoutingNumber,
              0,
              "routing|aba"),
          form(
              FindingType.TAX_ID,
              "gb-utr",
              "\\d{5} ?\\d{5}",
              NationalChecksums::isBritishUtr,
              0,
              "utr|unique taxpayer reference"),
          form(
              FindingType.VEHICLE_PLATE,
              "vin",
              "(?=(?:[0-9]*[A-Z]){3})[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{4}\\d{4}",
              NationalChecksums::isVin,
              0.7,
              "vin|vehicle identification|chassis"),
          form(
              FindingType.TAX_ID,
              "eu-vat",
              "(?:ATU\\d{8}|BE[01]\\d{9}|DE\\d{9}|DK\\d{8}|ES[A-Z0-9]\\d{7}[A-Z0-9]|FI\\d{8}|FR[A-Z0-9]{2}\\d{9}|GB\\d{9}|IE\\d{7}[A-Z]{1,2}|IT\\d{11}|LU\\d{8}|NL\\d{9}B\\d{2}|PL\\d{10}|PT\\d{9}|SE\\d{12})",
              value -> true,
              0,
              "vat|ust-?id|tva|btw|iva|mwst|nip"),
          form(
              FindingType.MEDICAL_RECORD,
              "us-dea",
              "[A-HJ-NP-UX][A-Z9]\\d{7}",
              NationalIdRecognizer::isDea,
              0,
              "dea"),
          form(
              FindingType.HEALTH_INSURANCE,
              "us-mbi",
              "[1-9][AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\\d-?[AC-HJKMNP-RT-Y][AC-HJKMNP-RT-Y0-9]\\d-?[AC-HJKMNP-RT-Y]{2}\\d{2}",
              value -> true,
              0.75,
              "medicare|mbi"),
          form(
              FindingType.VEHICLE_PLATE,
              "gb-plate",
              "[A-Z]{2}\\d{2} ?[A-Z]{3}",
              value -> true,
              0,
              "plate|registration|vehicle|my car|reg\\b"),
          form(
              FindingType.VEHICLE_PLATE,
              "de-plate",
              "[A-ZÄÖÜ]{1,3}[- ][A-Z]{1,2} ?\\d{1,4}[EH]?",
              value -> true,
              0,
              "plate|registration|vehicle|my car|kennzeichen"));

  /** Any word that names an identifier: most texts with numbers have none. */
  private static final Pattern MENTION =
      Pattern.compile(
          FORMS.stream()
              .filter(form -> form.alone == 0)
              .map(form -> form.mention.pattern())
              .collect(Collectors.joining("|")));

  @Override
  public String name() {
    return "national-id";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit() || !hasLongRun(text.folded())) {
      return;
    }
    List<Integer> starts = starts(text.folded());
    if (starts.isEmpty()) {
      return;
    }
    // trying the forms at a few places is faster than searching the text for any of their words
    boolean mayBeNamed =
        text.label() != null || starts.size() <= FEW_STARTS || MENTION.matcher(text.lower()).find();
    for (Form form : FORMS) {
      if (form.alone == 0 && !mayBeNamed) {
        continue;
      }
      Matcher matcher = form.pattern.matcher(text.folded());
      matcher.useTransparentBounds(true);
      int done = 0;
      for (int start : starts) {
        matcher.region(start, Math.min(text.length(), start + MAX_LENGTH));
        if (start >= done && matcher.lookingAt()) {
          if (form.alone == 0 && !isMentioned(form, text)) {
            break;
          }
          report(text, form, matcher, findings);
          done = matcher.end();
        }
      }
    }
  }

  private static boolean isMentioned(Form form, ScannedText text) {
    return text.label() != null || form.mention.matcher(text.lower()).find();
  }

  private static void report(
      ScannedText text, Form form, Matcher matcher, Consumer<Finding> findings) {
    String compact = matcher.group().replaceAll("[ .]", "");
    if (!form.valid.test(normalized(form, compact))) {
      return;
    }
    double score = isNamed(form, text, matcher.start()) ? 0.95 : form.alone;
    if (score > 0) {
      findings.accept(new Finding(form.type, matcher.start(), matcher.end(), score, form.name));
    }
  }

  /** Where words begin that hold or lead to at least four digits within twelve characters. */
  private static List<Integer> starts(String folded) {
    List<Integer> starts = new ArrayList<>();
    for (int i = 0; i < folded.length(); i++) {
      boolean word = isCodeCharacter(folded.charAt(i));
      if (!word || i > 0 && isCodeCharacter(folded.charAt(i - 1))) {
        continue;
      }
      int digits = 0;
      for (int j = i; j < folded.length() && j < i + 12 && digits < 4; j++) {
        digits += NumberGroups.isDigit(folded.charAt(j)) ? 1 : 0;
      }
      if (digits >= 4) {
        starts.add(i);
      }
    }
    return starts;
  }

  private static boolean isCodeCharacter(char c) {
    return NumberGroups.isDigit(c) || c >= 'A' && c <= 'Z' || "ÄÖÜ".indexOf(c) >= 0;
  }

  private static String normalized(Form form, String compact) {
    boolean keepsSign = form.name.equals("fi-hetu");
    return (keepsSign ? compact : compact.replace("-", "")).toUpperCase(Locale.ROOT);
  }

  private static boolean isNamed(Form form, ScannedText text, int start) {
    String before = text.lower().substring(Math.max(0, start - 48), start);
    String label = text.label();
    return form.words.matcher(before).find()
        || label != null && form.words.matcher(label.toLowerCase(Locale.ROOT)).find();
  }

  /** At least five digits in one word or group of words: shorter texts hold no identifier. */
  private static boolean hasLongRun(String folded) {
    int digits = 0;
    int others = 0;
    for (int i = 0; i < folded.length(); i++) {
      if (NumberGroups.isDigit(folded.charAt(i))) {
        digits++;
        others = 0;
        if (digits >= 5) {
          return true;
        }
      } else if (++others > 3) {
        digits = 0;
      }
    }
    return false;
  }

  /** DEA number: (d1 + d3 + d5) + 2 (d2 + d4 + d6) ends in d7. */
  private static boolean isDea(String value) {
    int sum = 0;
    for (int i = 0; i < 6; i++) {
      sum += (value.charAt(2 + i) - '0') * (i % 2 == 0 ? 1 : 2);
    }
    return sum % 10 == value.charAt(8) - '0';
  }

  private static String lastDigits(String value, int count) {
    String digits = value.replaceAll("\\D", "");
    return digits.length() < count ? "" : digits.substring(digits.length() - count);
  }
}
