package dev.migaki.cleansing;

import static java.util.Objects.requireNonNull;

/**
 * How one type of finding is treated.
 *
 * @param threshold findings with a lower score are ignored, 0 to 1
 */
public record Treatment(RedactionAction action, double threshold) {

  public Treatment {
    requireNonNull(action, "action");
    if (threshold < 0 || threshold > 1) {
      throw new IllegalArgumentException("threshold must lie between 0 and 1");
    }
  }

  boolean removes() {
    return action != RedactionAction.KEEP;
  }
}
