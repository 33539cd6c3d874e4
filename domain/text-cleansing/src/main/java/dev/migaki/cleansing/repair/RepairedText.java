package dev.migaki.cleansing.repair;

import java.util.List;

/** A repaired text and what was done to it, in the order of the repairs. */
public record RepairedText(String text, List<AppliedRepair> repairs) {

  public RepairedText {
    repairs = List.copyOf(repairs);
  }

  @Override
  public String toString() {
    return "RepairedText[" + text.length() + " chars, " + repairs + "]";
  }
}
