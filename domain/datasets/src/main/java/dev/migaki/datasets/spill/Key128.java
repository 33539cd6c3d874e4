package dev.migaki.datasets.spill;

import java.util.HexFormat;

/** 32 hexadecimal digits in 16 bytes; the order is that of the digits. */
public record Key128(long high, long low) implements Comparable<Key128> {
  private static final int DIGITS = 32;

  /**
   * The key with these digits.
   *
   * @throws IllegalArgumentException when they are not 32 lower-case hexadecimal digits
   */
  public static Key128 of(String digits) {
    if (digits.length() == DIGITS) {
      Key128 key =
          new Key128(
              HexFormat.fromHexDigitsToLong(digits, 0, DIGITS / 2),
              HexFormat.fromHexDigitsToLong(digits, DIGITS / 2, DIGITS));
      if (key.digits().equals(digits)) {
        return key;
      }
    }
    throw new IllegalArgumentException("an id must be 32 lower-case hexadecimal digits");
  }

  /** 32 lower-case hexadecimal digits. */
  public String digits() {
    HexFormat hex = HexFormat.of();
    return hex.toHexDigits(high) + hex.toHexDigits(low);
  }

  @Override
  public int compareTo(Key128 other) {
    int byHigh = Long.compareUnsigned(high, other.high);
    return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
  }
}
