package dev.migaki.cleansing.recognition;

import java.util.List;

/**
 * Finds personal data and secrets in all texts of a document at once: a {@link Recognizer} that is
 * dear to ask, such as a service elsewhere.
 *
 * <p>It is asked once for the document and again for what redaction made of it, until it finds
 * nothing more. What it throws goes through to the caller of {@link
 * dev.migaki.cleansing.TextCleanser}: a document that could not be read is not cleansed. May be
 * called from many threads at once.
 */
public interface DocumentRecognizer {

  /**
   * Reads.
   *
   * @param passages placeholders in them are underscores
   * @return per passage, in their order, findings with offsets into {@link Passage#text()}
   */
  List<List<Finding>> recognize(List<Passage> passages);
}
