package dev.migaki.cleansing.recognition;

/** Check digits and letters of national identifiers in Europe and America. */
public final class NationalChecksums {

  private static final String SPANISH_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";
  private static final String FINNISH_LETTERS = "0123456789ABCDEFHJKLMNPRSTUVWXY";
  private static final String ITALIAN_ODD = "BAFHJNPRTVCESULDGIMOQKWZYX";

  /** What the letters A to Z stand for in a vehicle's number. */
  private static final String VIN_DIGITS = "12345678.12345.7.923456789";

  private static final int[] VIN_WEIGHTS = {8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2};
  private static final int[] UTR_WEIGHTS = {6, 7, 8, 9, 10, 5, 4, 3, 2};

  private NationalChecksums() {}

  /** Polish PESEL, 11 digits: weights 1 3 7 9, last digit 10 minus the sum. */
  public static boolean isPesel(String digits) {
    if (!Checksums.isDigits(digits, 11) || !isMonth(digits.substring(2, 4), 92)) {
      return false;
    }
    int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    return (10 - sum % 10) % 10 == digits.charAt(10) - '0';
  }

  /** Month with the century added to it (PESEL adds 20, 40, 60 or 80). */
  private static boolean isMonth(String two, int max) {
    int value = Integer.parseInt(two);
    int month = value % 20;
    return value <= max && month >= 1 && month <= 12;
  }

  /** German tax identification number, 11 digits: ISO 7064 MOD 11,10, first digit not 0. */
  public static boolean isGermanTaxId(String digits) {
    if (!Checksums.isDigits(digits, 11) || digits.charAt(0) == '0') {
      return false;
    }
    int product = 10;
    for (int i = 0; i < 10; i++) {
      int sum = (digits.charAt(i) - '0' + product) % 10;
      product = (sum == 0 ? 10 : sum) * 2 % 11;
    }
    return (11 - product) % 10 == digits.charAt(10) - '0';
  }

  /** French NIR, 13 digits and a key of 2: key = 97 - number mod 97; Corsica 2A, 2B as 19, 18. */
  public static boolean isFrenchNir(String compact) {
    if (compact.length() != 15 || "12".indexOf(compact.charAt(0)) < 0) {
      return false;
    }
    String number = compact.substring(0, 13).replace("2A", "19").replace("2B", "18");
    if (!Checksums.isDigits(number, 13) || !Checksums.isDigits(compact.substring(13), 2)) {
      return false;
    }
    return 97 - Long.parseLong(number) % 97 == Integer.parseInt(compact.substring(13));
  }

  /** Spanish DNI (8 digits and a letter) and NIE (X, Y or Z for the first digit): modulo 23. */
  public static boolean isSpanishId(String compact) {
    if (compact.length() != 9) {
      return false;
    }
    int foreign = "XYZ".indexOf(compact.charAt(0));
    String number = foreign >= 0 ? foreign + compact.substring(1, 8) : compact.substring(0, 8);
    return Checksums.isDigits(number, 8)
        && SPANISH_LETTERS.charAt(Integer.parseInt(number) % 23) == compact.charAt(8);
  }

  /**
   * Italian codice fiscale, 16 characters: odd and even tables of the decree of 23 December 1976.
   */
  public static boolean isCodiceFiscale(String code) {
    if (!code.matches("[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 15; i++) {
      char c = code.charAt(i);
      int value = c <= '9' ? c - '0' : c - 'A';
      sum += i % 2 == 1 ? value : ITALIAN_ODD.charAt(value) - 'A';
    }
    return 'A' + sum % 26 == code.charAt(15);
  }

  /** Dutch BSN, 9 digits: weights 9 to 2 and -1, sum a multiple of 11. */
  public static boolean isDutchBsn(String digits) {
    if (!Checksums.isDigits(digits, 9)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += (digits.charAt(i) - '0') * (i == 8 ? -1 : 9 - i);
    }
    return sum % 11 == 0 && sum > 0;
  }

  /** Belgian national register number, 11 digits: 97 - number mod 97, "2" in front from 2000 on. */
  public static boolean isBelgianRegister(String digits) {
    if (!Checksums.isDigits(digits, 11)) {
      return false;
    }
    long number = Long.parseLong(digits.substring(0, 9));
    int check = Integer.parseInt(digits.substring(9));
    return 97 - number % 97 == check || 97 - (2_000_000_000L + number) % 97 == check;
  }

  /** Swedish personnummer, 10 digits: Luhn over all, a month in the middle. */
  public static boolean isSwedishPersonnummer(String digits) {
    return Checksums.isDigits(digits, 10)
        && isMonth(digits.substring(2, 4), 12)
        && Checksums.isLuhn(digits);
  }

  /** Finnish HETU, ddmmyy, century sign, three digits, letter: modulo 31. */
  public static boolean isFinnishHetu(String code) {
    if (!code.matches("\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Y]")) {
      return false;
    }
    int number = Integer.parseInt(code.substring(0, 6) + code.substring(7, 10));
    return FINNISH_LETTERS.charAt(number % 31) == code.charAt(10);
  }

  /** Portuguese NIF, 9 digits: weights 9 to 2, 11 minus the remainder. */
  public static boolean isPortugueseNif(String digits) {
    if (!Checksums.isDigits(digits, 9) || "1235689".indexOf(digits.charAt(0)) < 0) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 8; i++) {
      sum += (digits.charAt(i) - '0') * (9 - i);
    }
    int check = 11 - sum % 11;
    return (check >= 10 ? 0 : check) == digits.charAt(8) - '0';
  }

  /**
   * Vehicle identification number of North America and China, 17 characters: letters stand for
   * digits (A, J 1; B, K, S 2; …), weighted sum modulo 11 in the ninth place, X for 10 (49 CFR
   * 565.15).
   */
  public static boolean isVin(String code) {
    if (!code.matches("[A-HJ-NPR-Z0-9]{8}[0-9X][A-HJ-NPR-Z0-9]{8}")) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < code.length(); i++) {
      char c = code.charAt(i);
      int value = c <= '9' ? c - '0' : VIN_DIGITS.charAt(c - 'A') - '0';
      sum += value * VIN_WEIGHTS[i];
    }
    return "0123456789X".charAt(sum % 11) == code.charAt(8);
  }

  /** British unique taxpayer reference, 10 digits: the first checks the others, modulo 11. */
  public static boolean isBritishUtr(String digits) {
    if (!Checksums.isDigits(digits, 10)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += (digits.charAt(i + 1) - '0') * UTR_WEIGHTS[i];
    }
    return "21987654321".charAt(sum % 11) == digits.charAt(0);
  }
}
