package dev.migaki.cleansing.language;

import static java.util.Objects.requireNonNull;

/**
 * The language of a text.
 *
 * @param code ISO 639-1, or {@code und} if it cannot be told
 * @param confidence 0 to 1
 */
public record IdentifiedLanguage(String code, double confidence) {

  public static final IdentifiedLanguage UNDETERMINED = new IdentifiedLanguage("und", 0);

  public IdentifiedLanguage {
    requireNonNull(code, "code");
  }

  public boolean isDetermined() {
    return !code.equals("und");
  }
}
