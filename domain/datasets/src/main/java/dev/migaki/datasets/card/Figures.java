package dev.migaki.datasets.card;

import java.util.Locale;

/** Numbers as the card writes them, the same on every machine. */
final class Figures {
  private Figures() {}

  /** A whole number in groups of three, such as {@code 1,862}. */
  static String count(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** A share from 0 to 1 as per cent with one decimal. */
  static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", share * 100);
  }

  /** Two decimals. */
  static String decimal(double value) {
    return String.format(Locale.ROOT, "%.2f", value);
  }
}
