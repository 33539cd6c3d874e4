package dev.migaki.cleansing.recognition;

import java.util.function.Consumer;

/**
 * Finds one family of personal data or secrets.
 *
 * <p>Implementations are immutable and may be called from many threads at once; they report every
 * candidate with an honest score and leave thresholds, overlaps and suppression to the caller.
 */
public interface Recognizer {

  /** Short stable name; it appears in findings and in the audit trail. */
  String name();

  /** Reports findings with offsets into {@link ScannedText#text()}. */
  void recognize(ScannedText text, Consumer<Finding> findings);
}
