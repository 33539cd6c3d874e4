package dev.migaki.platform.stage;

import static java.util.Objects.requireNonNull;

import java.util.regex.Pattern;

/** The form of an outcome's label: it becomes a metric tag, so it is one short word. */
final class Label {

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9-]{0,39}");

  private Label() {}

  static void require(String label) {
    if (!FORM.matcher(requireNonNull(label, "label")).matches()) {
      throw new IllegalArgumentException(
          "a label is a lower-case word such as not-mine but this is not: " + label);
    }
  }
}
