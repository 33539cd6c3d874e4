package dev.migaki.datasets.augmentation;

import static java.util.Objects.requireNonNull;

/**
 * A question in other words.
 *
 * @param template bounded name of what made it, such as {@code en-polite-tell}
 */
public record Wording(String question, String template) {
  public Wording {
    requireNonNull(question, "question");
    requireNonNull(template, "template");
  }
}
