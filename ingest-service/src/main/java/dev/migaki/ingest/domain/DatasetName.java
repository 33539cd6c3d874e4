package dev.migaki.ingest.domain;

import java.util.regex.Pattern;

/** Which names a dataset may have: it becomes a model's name, a part of URLs and a Kafka key. */
public final class DatasetName {

  /** Said to people who chose another one. */
  public static final String RULE =
      "A dataset's name has 1 to 64 letters (a-z), digits, dots, hyphens or underscores and starts"
          + " with a letter or digit.";

  private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  private DatasetName() {}

  public static boolean isValid(String name) {
    return ALLOWED.matcher(name).matches();
  }
}
