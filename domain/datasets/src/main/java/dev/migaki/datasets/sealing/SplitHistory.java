package dev.migaki.datasets.sealing;

import static java.util.Objects.requireNonNull;

import java.util.function.Consumer;

/**
 * What the previous version trained and held out. A model goes on learning from version to version,
 * so what an earlier one saw must not become a test question now.
 *
 * @param trained questions of the previous training file
 * @param held questions of the previous test and validation files
 */
public record SplitHistory(Questions trained, Questions held) {
  public SplitHistory {
    requireNonNull(trained, "trained");
    requireNonNull(held, "held");
  }

  /** More questions than the heap may hold; can be gone through again and again. */
  @FunctionalInterface
  public interface Questions {
    void forEach(Consumer<String> action);
  }

  /** The history of a first version. */
  public static SplitHistory none() {
    return new SplitHistory(action -> {}, action -> {});
  }
}
