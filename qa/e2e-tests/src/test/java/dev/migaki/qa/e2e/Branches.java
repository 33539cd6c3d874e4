package dev.migaki.qa.e2e;

import java.util.ArrayList;
import java.util.List;

/** Small FAQ pages of a fictional chain of shops: many facts, each stated once. */
final class Branches {
  private static final List<String> TOWNS =
      List.of(
          "Aoba",
          "Birch Hill",
          "Cedar Lane",
          "Dunmore",
          "Eastgate",
          "Fern Road",
          "Gion",
          "Harbour",
          "Iris Park",
          "Juniper",
          "Kiso",
          "Lakeside",
          "Maple Street",
          "Northwood",
          "Otaru",
          "Pine Row",
          "Quayside",
          "Riverside",
          "Sakura",
          "Temple Bar",
          "Umeda",
          "Valley",
          "Willow",
          "Yanaka");

  private Branches() {}

  /** A document: its name and its text. */
  record Page(String name, String text) {}

  /** The first {@code count} pages; always the same. */
  static List<Page> pages(int count) {
    List<Page> pages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      pages.add(new Page("branch-%02d.md".formatted(i), text(TOWNS.get(i), i)));
    }
    return pages;
  }

  private static String text(String town, int i) {
    return """
    # The %1$s branch

    ## When does the %1$s branch open?

    The %1$s branch opens at %2$d:%3$02d and closes at %4$d o'clock.

    ## Where can I park near the %1$s branch?

    Visitors of the %1$s branch park for free behind the %5$s entrance for %6$d hours.

    ## Who repairs devices at the %1$s branch?

    Repairs at the %1$s branch take %7$d working days at counter number %8$d.
    """
        .formatted(
            town,
            8 + i % 3,
            5 * (i % 11) + 5,
            17 + i % 5,
            i % 2 == 0 ? "north" : "south",
            1 + i % 4,
            2 + i % 7,
            11 + i);
  }
}
