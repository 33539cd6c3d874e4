package dev.migaki.cleansing;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.recognition.Finding;
import java.util.List;

/**
 * A text without its personal data, and what was in it.
 *
 * @param text the output, scanned again until nothing was found
 * @param findings on the input, sorted by position, without overlaps; kept types included
 * @param residue what the last scan of the output still found; not empty means quarantine
 */
public record Redaction(String text, List<Finding> findings, List<Finding> residue) {

  public Redaction {
    requireNonNull(text, "text");
    findings = List.copyOf(findings);
    residue = List.copyOf(residue);
  }

  /** Whether the text must not go on to training. */
  public boolean isQuarantined() {
    return !residue.isEmpty();
  }

  public FindingCounts counts() {
    return FindingCounts.of(findings);
  }

  @Override
  public String toString() {
    return "Redaction[" + text.length() + " chars, " + findings.size() + " findings]";
  }
}
