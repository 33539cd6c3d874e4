package dev.migaki.datasets;

import static java.util.Objects.requireNonNull;

/** A candidate that was not kept: where it was and why, without its text. */
public record Rejection(RejectReason reason, Source source, String extractor) {
  public Rejection {
    requireNonNull(reason, "reason");
    requireNonNull(source, "source");
    requireNonNull(extractor, "extractor");
  }
}
