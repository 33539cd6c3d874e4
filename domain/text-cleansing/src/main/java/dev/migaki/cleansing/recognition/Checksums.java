package dev.migaki.cleansing.recognition;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/** Check digits of public identifiers; each takes bare digits or characters without separators. */
public final class Checksums {

  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

  private Checksums() {}

  /** Luhn, ISO/IEC 7812-1 annex B. */
  public static boolean isLuhn(String digits) {
    int sum = 0;
    boolean doubled = false;
    for (int i = digits.length() - 1; i >= 0; i--) {
      int digit = digits.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return false;
      }
      if (doubled) {
        digit *= 2;
        if (digit > 9) {
          digit -= 9;
        }
      }
      sum += digit;
      doubled = !doubled;
    }
    return digits.length() > 1 && sum % 10 == 0;
  }

  /**
   * Japanese Individual Number, 12 digits: 11 - (sum of P(n) * Q(n) mod 11), remainders of 0 and 1
   * give 0. Source: order of the Ministry of Internal Affairs and Communications no. 85 of 2014,
   * article 5.
   */
  public static boolean isMyNumber(String digits) {
    if (!isDigits(digits, 12) || isOneDigitRepeated(digits)) {
      return false;
    }
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      int p = digits.charAt(11 - n) - '0';
      int q = n <= 6 ? n + 1 : n - 5;
      sum += p * q;
    }
    int remainder = sum % 11;
    int check = remainder <= 1 ? 0 : 11 - remainder;
    return check == digits.charAt(11) - '0';
  }

  /**
   * Japanese Corporate Number, 13 digits: first digit = 9 - (sum of P(n) * Q(n) mod 9), Q = 1, 2
   * alternating from the right. Source: ordinance of the Ministry of Finance no. 70 of 2014,
   * article 2.
   */
  public static boolean isCorporateNumber(String digits) {
    if (!isDigits(digits, 13)) {
      return false;
    }
    int sum = 0;
    for (int n = 1; n <= 12; n++) {
      int p = digits.charAt(13 - n) - '0';
      sum += p * (n % 2 == 1 ? 1 : 2);
    }
    return 9 - sum % 9 == digits.charAt(0) - '0';
  }

  /**
   * Japanese driver's licence, 12 digits: digit 11 = 11 - (sum mod 11) over weights 5 4 3 2 7 6 5 4
   * 3 2, remainders of 0 and 1 give 0; the last digit counts re-issues.
   */
  public static boolean isJapaneseDriversLicense(String digits) {
    if (!isDigits(digits, 12)) {
      return false;
    }
    int[] weights = {5, 4, 3, 2, 7, 6, 5, 4, 3, 2};
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += (digits.charAt(i) - '0') * weights[i];
    }
    int remainder = sum % 11;
    int check = remainder <= 1 ? 0 : 11 - remainder;
    return check == digits.charAt(10) - '0';
  }

  /** IBAN mod 97, ISO 13616. */
  public static boolean isIban(String compact) {
    if (compact.length() < 15 || compact.length() > 34) {
      return false;
    }
    String rotated = compact.substring(4) + compact.substring(0, 4);
    int remainder = 0;
    for (int i = 0; i < rotated.length(); i++) {
      int value = Character.digit(rotated.charAt(i), 36);
      if (value < 0) {
        return false;
      }
      remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
    }
    return remainder == 1;
  }

  /** US Social Security number: areas, groups and serials that were never assigned are refused. */
  public static boolean isUsSocialSecurityNumber(String digits) {
    if (!isDigits(digits, 9)) {
      return false;
    }
    int area = Integer.parseInt(digits.substring(0, 3));
    return area != 0
        && area != 666
        && area < 900
        && !digits.startsWith("00", 3)
        && !digits.endsWith("0000");
  }

  /** US bank routing number: 3 7 1 weights. */
  public static boolean isAbaRoutingNumber(String digits) {
    if (!isDigits(digits, 9)) {
      return false;
    }
    int[] weights = {3, 7, 1};
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += (digits.charAt(i) - '0') * weights[i % 3];
    }
    return sum > 0 && sum % 10 == 0;
  }

  /** NHS number of England and Wales: weights 10 down to 2, 11 minus remainder. */
  public static boolean isNhsNumber(String digits) {
    if (!isDigits(digits, 10) || isOneDigitRepeated(digits)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 9; i++) {
      sum += (digits.charAt(i) - '0') * (10 - i);
    }
    int check = 11 - sum % 11;
    return check != 10 && check % 11 == digits.charAt(9) - '0';
  }

  /** EAN-13/JAN: such a number is a product, not a person. */
  public static boolean isEan13(String digits) {
    if (!isDigits(digits, 13)) {
      return false;
    }
    int sum = 0;
    for (int i = 0; i < 13; i++) {
      sum += (digits.charAt(i) - '0') * (i % 2 == 0 ? 1 : 3);
    }
    return sum % 10 == 0;
  }

  /** Base58Check of a Bitcoin address (version byte, 20 bytes, 4 bytes of double SHA-256). */
  public static boolean isBase58Check(String address) {
    BigInteger value = BigInteger.ZERO;
    for (int i = 0; i < address.length(); i++) {
      int digit = BASE58.indexOf(address.charAt(i));
      if (digit < 0) {
        return false;
      }
      value = value.multiply(BigInteger.valueOf(58)).add(BigInteger.valueOf(digit));
    }
    byte[] magnitude = value.toByteArray();
    byte[] decoded = new byte[25];
    int length = Math.min(25, magnitude.length);
    if (magnitude.length > 26 || magnitude.length == 26 && magnitude[0] != 0) {
      return false;
    }
    System.arraycopy(magnitude, magnitude.length - length, decoded, 25 - length, length);
    byte[] digest = sha256(sha256(Arrays.copyOf(decoded, 21)));
    return Arrays.equals(Arrays.copyOf(digest, 4), Arrays.copyOfRange(decoded, 21, 25));
  }

  /** Bech32/Bech32m checksum, BIP 173 and BIP 350; lower case. */
  public static boolean isBech32(String address) {
    int separator = address.lastIndexOf('1');
    if (separator < 1 || separator + 7 > address.length()) {
      return false;
    }
    int checksum = 1;
    for (int i = 0; i < separator; i++) {
      checksum = bech32Step(checksum) ^ address.charAt(i) >> 5;
    }
    checksum = bech32Step(checksum);
    for (int i = 0; i < separator; i++) {
      checksum = bech32Step(checksum) ^ address.charAt(i) & 31;
    }
    for (int i = separator + 1; i < address.length(); i++) {
      int value = BECH32.indexOf(address.charAt(i));
      if (value < 0) {
        return false;
      }
      checksum = bech32Step(checksum) ^ value;
    }
    return checksum == 1 || checksum == 0x2bc830a3;
  }

  private static int bech32Step(int checksum) {
    int[] generator = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    int top = checksum >>> 25;
    int next = (checksum & 0x1ffffff) << 5;
    for (int i = 0; i < 5; i++) {
      if ((top >>> i & 1) == 1) {
        next ^= generator[i];
      }
    }
    return next;
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  static boolean isDigits(String text, int length) {
    if (text.length() != length) {
      return false;
    }
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      if (b < '0' || b > '9') {
        return false;
      }
    }
    return true;
  }

  static boolean isOneDigitRepeated(String digits) {
    return digits.chars().allMatch(c -> c == digits.charAt(0));
  }
}
