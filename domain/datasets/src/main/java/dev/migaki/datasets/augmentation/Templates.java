package dev.migaki.datasets.augmentation;

import java.util.ArrayList;
import java.util.List;

/** Named patterns with one slot, written {@code {}}; collects the wordings that they give. */
final class Templates {
  private final List<Wording> wordings = new ArrayList<>();
  private final String prefix;

  /**
   * @param prefix of the templates' names, such as {@code en-}
   */
  Templates(String prefix) {
    this.prefix = prefix;
  }

  /** Adds one wording per pattern. */
  Templates fill(String name, String slot, String... patterns) {
    for (int i = 0; i < patterns.length; i++) {
      String number = patterns.length == 1 ? "" : "-" + (i + 1);
      wordings.add(new Wording(patterns[i].replace("{}", slot), prefix + name + number));
    }
    return this;
  }

  List<Wording> wordings() {
    return List.copyOf(wordings);
  }
}
