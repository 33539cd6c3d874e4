package dev.migaki.cleansing.repair;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Repairs damaged text; never changes what it says.
 *
 * <p>Deterministic and idempotent: a second pass changes nothing.
 */
public final class TextRepair {

  private static final int MAX_PASSES = 5;

  private final boolean foldWidth;

  private TextRepair(boolean foldWidth) {
    this.foldWidth = foldWidth;
  }

  public static TextRepair all() {
    return new TextRepair(true);
  }

  /** Leaves full-width letters and half-width katakana as they are. */
  public static TextRepair keepingWidth() {
    return new TextRepair(false);
  }

  /** All repairs, for prose. */
  public RepairedText repair(String text) {
    return run(text, true);
  }

  /** Encoding and invisible characters only: spaces and width of code carry meaning. */
  public RepairedText repairCode(String text) {
    return run(text, false);
  }

  /** Until nothing changes: one repair may bring to light what another one mends. */
  private RepairedText run(String text, boolean prose) {
    List<AppliedRepair> repairs = new ArrayList<>(4);
    String current = text;
    for (int pass = 0; pass < MAX_PASSES; pass++) {
      String next = pass(current, prose, repairs);
      if (next.equals(current)) {
        break;
      }
      current = next;
    }
    return new RepairedText(current, repairs);
  }

  private String pass(String text, boolean prose, List<AppliedRepair> repairs) {
    String current = step(text, "mojibake", MojibakeRepair::repair, repairs);
    current = step(current, "invisible", InvisibleCharacters::remove, repairs);
    current = step(current, "nfc", s -> Normalizer.normalize(s, Normalizer.Form.NFC), repairs);
    current = step(current, "radicals", RadicalFolding::fold, repairs);
    if (prose && foldWidth) {
      current = step(current, "width", WidthFolding::fold, repairs);
    }
    if (prose) {
      current = step(current, "whitespace", Whitespace::tidy, repairs);
    }
    return current;
  }

  private static String step(
      String text, String name, UnaryOperator<String> repair, List<AppliedRepair> repairs) {
    String repaired = repair.apply(text);
    if (!repaired.equals(text)) {
      repairs.add(new AppliedRepair(name, changedCharacters(text, repaired)));
    }
    return repaired;
  }

  /** Size of the differing middle, or the loss of length if that is larger. */
  private static int changedCharacters(String before, String after) {
    if (before.length() == after.length()) {
      int changed = 0;
      for (int i = 0; i < before.length(); i++) {
        changed += before.charAt(i) == after.charAt(i) ? 0 : 1;
      }
      return changed;
    }
    return Math.max(1, Math.abs(before.length() - after.length()));
  }
}
