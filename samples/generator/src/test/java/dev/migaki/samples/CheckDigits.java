package dev.migaki.samples;

/** The check digits that planted numbers must have to be worth finding. */
final class CheckDigits {
  private CheckDigits() {}

  /** Luhn's algorithm, ISO/IEC 7812-1 annex B. */
  static boolean isCardNumber(String text) {
    String digits = text.replace(" ", "");
    int sum = 0;
    for (int i = 0; i < digits.length(); i++) {
      int digit = digits.charAt(digits.length() - 1 - i) - '0';
      int weighted = i % 2 == 0 ? digit : 2 * digit;
      sum += weighted > 9 ? weighted - 9 : weighted;
    }
    return sum % 10 == 0;
  }

  /** Ministry of Internal Affairs, ordinance 85 of 2014, article 5. */
  static boolean isMyNumber(String digits) {
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      sum += (digits.charAt(11 - n) - '0') * (n <= 6 ? n + 1 : n - 5);
    }
    int remainder = sum % 11;
    int check = remainder <= 1 ? 0 : 11 - remainder;
    return digits.length() == 12 && digits.charAt(11) - '0' == check;
  }
}
