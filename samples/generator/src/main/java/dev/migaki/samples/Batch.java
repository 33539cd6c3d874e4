package dev.migaki.samples;

import java.util.Locale;

/**
 * The two deliveries of documents: the second changes some answers of the first and adds a topic.
 */
public enum Batch {
  FIRST,
  SECOND;

  /** The folder below {@code samples/} that holds this batch. */
  public String folder() {
    return name().toLowerCase(Locale.ROOT);
  }
}
