package dev.migaki.datasets.cleansing;

import static java.util.Objects.requireNonNull;

import dev.migaki.documents.ParsedDocument;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A document without private data.
 *
 * @param filename the name of its file as it may be published: as it was, or, if it held private
 *     data, its words without
 * @param language BCP 47 tag of most of its text
 * @param findings what was removed, by type
 * @param corrections spelling corrections that were applied
 * @param withheldBlocks texts in which a finding remained; they hold {@link
 *     DocumentCleanser#WITHHELD} instead
 * @param audit one entry per finding: where and what kind, never what
 * @param provenClean texts of the document in which a scan would find nothing
 */
public record CleanDocument(
    ParsedDocument document,
    String filename,
    String language,
    Map<String, Integer> findings,
    int corrections,
    int withheldBlocks,
    List<Finding> audit,
    Set<String> provenClean) {
  public CleanDocument {
    requireNonNull(document, "document");
    requireNonNull(filename, "filename");
    requireNonNull(language, "language");
    findings = Collections.unmodifiableMap(new TreeMap<>(findings));
    audit = List.copyOf(audit);
    provenClean = Set.copyOf(provenClean);
  }

  /**
   * @param text number of the text in the document, in reading order (a table has one per cell),
   *     the name of the file last
   * @param start first UTF-16 unit in that text after repair
   * @param mark HMAC of the value, so that equal values can be told
   */
  public record Finding(
      int text, String type, int start, int end, double score, String recognizer, String mark) {}
}
