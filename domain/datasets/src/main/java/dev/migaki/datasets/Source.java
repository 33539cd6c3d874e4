package dev.migaki.datasets;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * Where in which document an example was found, so that every answer can be traced back.
 *
 * @param documentVersion counts from 1
 * @param page 1-based page, slide or sheet; 0 where the format has none
 * @param start first code point in the document's text
 * @param end code point after the last
 * @param headingPath the headings above it, outermost first
 */
public record Source(
    String documentId,
    int documentVersion,
    String filename,
    int page,
    int start,
    int end,
    List<String> headingPath) {
  public Source {
    requireNonNull(documentId, "documentId");
    requireNonNull(filename, "filename");
    headingPath = List.copyOf(headingPath);
    if (page < 0 || start < 0 || end < start) {
      throw new IllegalArgumentException(
          "page, start and end must be ordered and not negative: %d, %d, %d"
              .formatted(page, start, end));
    }
  }
}
