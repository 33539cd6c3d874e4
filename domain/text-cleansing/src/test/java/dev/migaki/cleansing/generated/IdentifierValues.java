package dev.migaki.cleansing.generated;

import java.math.BigInteger;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Values that pass the checks of their kind; none is anybody's on purpose. */
final class IdentifierValues {

  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private final Random random;

  IdentifierValues(Random random) {
    this.random = random;
  }

  String digits(int count) {
    StringBuilder digits = new StringBuilder();
    for (int i = 0; i < count; i++) {
      digits.append((char) ('0' + random.nextInt(10)));
    }
    return digits.toString();
  }

  String letters(int count) {
    StringBuilder letters = new StringBuilder();
    for (int i = 0; i < count; i++) {
      letters.append("ABCDEFGHJKLMNPRSTUVWXYZ".charAt(random.nextInt(23)));
    }
    return letters.toString();
  }

  <T> T one(List<T> options) {
    return options.get(random.nextInt(options.size()));
  }

  int between(int low, int high) {
    return low + random.nextInt(high - low + 1);
  }

  String grouped(String digits, String separator, int... sizes) {
    StringBuilder grouped = new StringBuilder();
    int position = 0;
    for (int size : sizes) {
      if (grouped.length() > 0) {
        grouped.append(separator);
      }
      grouped.append(digits, position, position + size);
      position += size;
    }
    return grouped.toString();
  }

  String myNumber() {
    String head = digits(11);
    int sum = 0;
    for (int n = 1; n <= 11; n++) {
      sum += (head.charAt(11 - n) - '0') * (n <= 6 ? n + 1 : n - 5);
    }
    int rest = sum % 11;
    String number = head + (rest <= 1 ? 0 : 11 - rest);
    return random.nextBoolean() ? grouped(number, one(List.of(" ", "-")), 4, 4, 4) : number;
  }

  String corporateNumber() {
    String tail = digits(12);
    int sum = 0;
    for (int n = 1; n <= 12; n++) {
      sum += (tail.charAt(12 - n) - '0') * (n % 2 == 1 ? 1 : 2);
    }
    return (9 - sum % 9) + tail;
  }

  String japanesePhone() {
    String number =
        switch (random.nextInt(5)) {
          case 0 -> one(List.of("090", "080", "070")) + "-" + between(1000, 9999) + "-" + digits(4);
          case 1 -> one(List.of("03", "06")) + "-" + between(3200, 6999) + "-" + digits(4);
          case 2 ->
              one(List.of("045", "052", "075", "092")) + "-" + between(200, 989) + "-" + digits(4);
          case 3 -> "0120-" + between(100, 999) + "-" + digits(3);
          default ->
              "+81 " + one(List.of("90", "80", "70")) + " " + between(1000, 9999) + " " + digits(4);
        };
    return random.nextInt(6) == 0 ? wide(number) : number;
  }

  static String wide(String text) {
    StringBuilder wide = new StringBuilder();
    for (char c : text.toCharArray()) {
      boolean fold = c > ' ' && c < 0x7F;
      wide.append(fold ? (char) (c + 0xFEE0) : c == ' ' ? '　' : c);
    }
    return wide.toString();
  }

  String card() {
    String head = one(List.of("4", "51", "53", "55", "2221", "37", "34", "35", "6011", "3530"));
    int length = head.startsWith("37") || head.startsWith("34") ? 15 : 16;
    String body = head + digits(length - 1 - head.length());
    String number = body + luhn(body);
    if (random.nextInt(3) == 0) {
      return number;
    }
    String separator = one(List.of(" ", "-"));
    return length == 15
        ? grouped(number, separator, 4, 6, 5)
        : grouped(number, separator, 4, 4, 4, 4);
  }

  static int luhn(String body) {
    int sum = 0;
    for (int i = 0; i < body.length(); i++) {
      int digit = body.charAt(body.length() - 1 - i) - '0';
      int doubled = i % 2 == 0 ? digit * 2 : digit;
      sum += doubled > 9 ? doubled - 9 : doubled;
    }
    return (10 - sum % 10) % 10;
  }

  String iban() {
    String country = one(List.of("DE", "GB", "FR", "NL", "ES", "IT", "BE"));
    String body =
        switch (country) {
          case "DE" -> digits(18);
          case "GB" -> letters(4) + digits(14);
          case "FR" -> digits(10) + digits(11) + digits(2);
          case "NL" -> letters(4) + digits(10);
          case "ES" -> digits(20);
          case "IT" -> letters(1) + digits(22);
          default -> digits(12);
        };
    StringBuilder numeric = new StringBuilder();
    for (char c : (body + country + "00").toCharArray()) {
      numeric.append(c <= '9' ? String.valueOf(c) : String.valueOf(c - 'A' + 10));
    }
    int check = 98 - new BigInteger(numeric.toString()).mod(BigInteger.valueOf(97)).intValue();
    String compact = country + String.format("%02d", check) + body;
    return random.nextBoolean() ? compact : compact.replaceAll("(.{4})(?=.)", "$1 ");
  }

  String ssn() {
    int area = between(1, 665);
    return String.format("%03d-%02d-%04d", area, between(1, 99), between(1, 9999));
  }

  String nino() {
    String compact =
        one(List.of("AB", "CE", "JK", "NS", "PW", "RA", "WM"))
            + digits(6)
            + one(List.of("A", "B", "C", "D"));
    return random.nextBoolean() ? compact : compact.replaceAll("(..)(?=.)", "$1 ");
  }

  String nhs() {
    while (true) {
      String head = between(400, 799) + digits(6);
      int sum = 0;
      for (int i = 0; i < 9; i++) {
        sum += (head.charAt(i) - '0') * (10 - i);
      }
      int check = 11 - sum % 11;
      if (check != 10) {
        return grouped(head + (check == 11 ? 0 : check), " ", 3, 3, 4);
      }
    }
  }

  String spanishId() {
    int number = between(10_000_000, 99_999_999);
    return number + String.valueOf("TRWAGMYFPDXBNJZSQVHLCKE".charAt(number % 23));
  }

  String frenchNir() {
    String head =
        between(1, 2)
            + digits(2)
            + String.format("%02d", between(1, 12))
            + between(10, 95)
            + digits(6);
    return head + String.format("%02d", 97 - Long.parseLong(head) % 97);
  }

  String pesel() {
    String head =
        digits(2)
            + String.format("%02d", between(1, 12))
            + String.format("%02d", between(1, 28))
            + digits(4);
    int[] weights = {1, 3, 7, 9, 1, 3, 7, 9, 1, 3};
    int sum = 0;
    for (int i = 0; i < 10; i++) {
      sum += (head.charAt(i) - '0') * weights[i];
    }
    return head + (10 - sum % 10) % 10;
  }

  String bitcoin() {
    byte[] payload = new byte[21];
    random.nextBytes(payload);
    payload[0] = 0;
    byte[] check = sha256(sha256(payload));
    byte[] all = Arrays.copyOf(payload, 25);
    System.arraycopy(check, 0, all, 21, 4);
    BigInteger value = new BigInteger(1, all);
    StringBuilder address = new StringBuilder();
    while (value.signum() > 0) {
      BigInteger[] parts = value.divideAndRemainder(BigInteger.valueOf(58));
      address.insert(0, BASE58.charAt(parts[1].intValue()));
      value = parts[0];
    }
    for (int i = 0; i < all.length && all[i] == 0; i++) {
      address.insert(0, '1');
    }
    return address.toString();
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java runtime has SHA-256", e);
    }
  }

  String hex(int count) {
    StringBuilder hex = new StringBuilder();
    for (int i = 0; i < count; i++) {
      hex.append("0123456789abcdef".charAt(random.nextInt(16)));
    }
    return hex.toString();
  }

  String mac() {
    return ("3c" + hex(10)).replaceAll("(..)(?=.)", "$1" + one(List.of(":", "-")));
  }

  String ipv4() {
    return one(List.of("203.0.113.", "198.51.100.", "81.2.69.", "151.101.1.")) + between(2, 250);
  }
}
