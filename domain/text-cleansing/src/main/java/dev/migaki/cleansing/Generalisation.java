package dev.migaki.cleansing;

import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may stay of a value that is made coarser: the decade of an age, the year of a date, the area
 * of a postal code, the prefecture of an address. Written as a placeholder, so that a later scan
 * knows that it was decided upon: {@code <AGE_30s>}, {@code <DATE_OF_BIRTH_1985>}.
 */
final class Generalisation {

  private static final Pattern NUMBER = Pattern.compile("\\d{1,3}");
  private static final Pattern YEAR = Pattern.compile("(?<!\\d)(1[89]\\d{2}|20\\d{2})");
  private static final Pattern ERA = Pattern.compile("(明治|大正|昭和|平成|令和|[MTSHR])\\.? ?(元|\\d{1,2})");
  private static final Map<String, Integer> YEAR_BEFORE =
      Map.of(
          "明治", 1867, "大正", 1911, "昭和", 1925, "平成", 1988, "令和", 2018, "M", 1867, "T", 1911, "S",
          1925, "H", 1988, "R", 2018);
  private static final Pattern AREA = Pattern.compile("^〒?(\\d{3})");
  private static final Pattern PREFECTURE = Pattern.compile("(東京都|北海道|大阪府|京都府|[一-龥]{2,3}?県)");

  private Generalisation() {}

  /** The coarse form, or nothing for types that have none: those are replaced. */
  static Optional<String> of(FindingType type, String value) {
    String folded = Glossary.folded(value);
    return switch (type) {
      case AGE -> decade(folded).map(decade -> placeholder(type, decade + "s"));
      case DATE_OF_BIRTH, DATE_TIME -> year(folded).map(year -> placeholder(type, year));
      case POSTAL_CODE -> first(AREA, folded).map(area -> placeholder(type, area));
      case STREET_ADDRESS -> first(PREFECTURE, folded).map(name -> placeholder(type, name));
      case PERSON,
          PHONE_NUMBER,
          EMAIL_ADDRESS,
          MY_NUMBER,
          CORPORATE_NUMBER,
          DRIVERS_LICENSE,
          PASSPORT,
          RESIDENCE_CARD,
          HEALTH_INSURANCE,
          PENSION_NUMBER,
          BANK_ACCOUNT,
          CREDIT_CARD,
          IBAN,
          SSN,
          NATIONAL_ID,
          TAX_ID,
          IP_ADDRESS,
          MAC_ADDRESS,
          VEHICLE_PLATE,
          MEDICAL_RECORD,
          CUSTOMER_ID,
          EMPLOYEE_ID,
          ORDER_NUMBER,
          USERNAME,
          CRYPTO_ADDRESS,
          URL_CREDENTIALS,
          API_KEY,
          PASSWORD,
          PRIVATE_KEY,
          JWT,
          CONFIDENTIAL_TERM,
          LOCATION,
          ORGANIZATION,
          NATIONALITY,
          TITLE ->
          Optional.empty();
    };
  }

  private static String placeholder(FindingType type, String rest) {
    return String.format(Locale.ROOT, "<%s_%s>", type, rest);
  }

  private static Optional<String> first(Pattern pattern, String value) {
    Matcher matcher = pattern.matcher(value);
    return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
  }

  private static Optional<String> decade(String value) {
    Matcher number = NUMBER.matcher(value);
    return number.find()
        ? Optional.of(String.valueOf(Integer.parseInt(number.group()) / 10 * 10))
        : Optional.empty();
  }

  private static Optional<String> year(String value) {
    Matcher era = ERA.matcher(value);
    if (era.find()) {
      int years = era.group(2).equals("元") ? 1 : Integer.parseInt(era.group(2));
      Integer before = YEAR_BEFORE.get(era.group(1));
      return before == null ? Optional.empty() : Optional.of(String.valueOf(before + years));
    }
    return first(YEAR, value);
  }
}
