package dev.migaki.datasets.sealing;

import java.util.List;

/**
 * What the previous version trained and held out. A model goes on learning from version to version,
 * so what an earlier one saw must not become a test question now.
 *
 * @param trained questions of the previous training file
 * @param held questions of the previous test and validation files
 */
public record SplitHistory(List<String> trained, List<String> held) {
  public SplitHistory {
    trained = List.copyOf(trained);
    held = List.copyOf(held);
  }

  /** The history of a first version. */
  public static SplitHistory none() {
    return new SplitHistory(List.of(), List.of());
  }
}
