package dev.migaki.cleanse.domain;

/** Tells whether documents are still on their way to this stage. */
public interface UpstreamBacklog {

  /** True also when it cannot be found out: better to wait than to seal half a delivery. */
  boolean isExpectingMore();
}
