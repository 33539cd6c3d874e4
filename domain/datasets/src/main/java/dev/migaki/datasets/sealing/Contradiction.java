package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;

/**
 * Two documents that answer one question differently, and what was done about it.
 *
 * @param kept the one whose document is newer, or either of two that were both left out
 * @param kind {@code numbers} or {@code yes-no}
 */
public record Contradiction(Example kept, Example dropped, String kind, Resolution resolution) {

  /** What happens to the two answers. */
  public enum Resolution {
    /** The newer document's answer is trained, the older one is not. */
    NEWER_KEPT,
    /** The documents are equally new: neither answer is trained until a person decides. */
    NEITHER_KEPT
  }
}
