package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/**
 * What went wrong, as a word that metrics, dead letters and the operations guide share. The set is
 * bounded: a code never holds an id or a value.
 *
 * @param name upper-case words joined by underscores, for example {@code
 *     ARTIFACT_CHECKSUM_MISMATCH}
 */
public record ErrorCode(String name) {

  private static final Pattern FORM = Pattern.compile("[A-Z][A-Z0-9_]{2,63}");

  /** A recipe that does not read. */
  public static final ErrorCode RECIPE_INVALID = new ErrorCode("RECIPE_INVALID");

  public ErrorCode {
    requireNonNull(name, "name");
    if (!FORM.matcher(name).matches()) {
      throw new IllegalArgumentException("an error code is UPPER_SNAKE but this is not: " + name);
    }
  }

  @Override
  public String toString() {
    return name;
  }
}
