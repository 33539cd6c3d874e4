package dev.migaki.datasets.extraction;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Source;
import java.util.List;

/**
 * Which document is read.
 *
 * @param version counts from 1
 * @param language BCP 47 tag of most of the document
 */
public record DocumentOrigin(String documentId, int version, String filename, String language) {
  public DocumentOrigin {
    requireNonNull(documentId, "documentId");
    requireNonNull(filename, "filename");
    requireNonNull(language, "language");
  }

  Source at(int page, int start, int end, List<String> headingPath) {
    return new Source(documentId, version, filename, page, start, end, headingPath);
  }
}
