package dev.migaki.cleansing;

import dev.migaki.cleansing.repair.AppliedRepair;
import dev.migaki.cleansing.spelling.SpellingEdit;
import java.util.List;

/**
 * One text after all operators.
 *
 * @param text what may be trained on, unless quarantined
 * @param redaction with findings on the repaired text
 * @param edits spelling corrections, on the redacted text
 * @param audit positions and marks for the audit trail, no text
 * @param provenClean whether {@link TextCleanser#redact} is known to find nothing in {@code text}
 *     where it stands alone; false says nothing
 */
public record CleansedText(
    String text,
    List<AppliedRepair> repairs,
    Redaction redaction,
    List<SpellingEdit> edits,
    List<AuditEntry> audit,
    boolean provenClean) {

  public CleansedText {
    repairs = List.copyOf(repairs);
    edits = List.copyOf(edits);
    audit = List.copyOf(audit);
  }

  public boolean isQuarantined() {
    return redaction.isQuarantined();
  }

  @Override
  public String toString() {
    return "CleansedText[" + text.length() + " chars]";
  }
}
