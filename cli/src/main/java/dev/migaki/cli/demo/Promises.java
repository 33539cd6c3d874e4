package dev.migaki.cli.demo;

import java.util.ArrayList;
import java.util.List;

/** What the demonstration promises and whether it held. */
final class Promises {
  private final List<Promise> promises = new ArrayList<>();

  /**
   * @param what in words for the person who watches
   * @param detail the figures behind it
   */
  record Promise(String what, boolean held, String detail) {}

  void check(String what, boolean held, String detail) {
    promises.add(new Promise(what, held, detail));
  }

  List<Promise> all() {
    return List.copyOf(promises);
  }

  boolean allHeld() {
    return promises.stream().allMatch(Promise::held);
  }
}
