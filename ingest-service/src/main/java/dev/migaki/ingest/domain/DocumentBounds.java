package dev.migaki.ingest.domain;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.worker.ParseBounds;

/** What one document of a dataset may take and how it is read, as the dataset's recipe says. */
public interface DocumentBounds {

  /** The bounds; a faulty recipe is a transient failure: its documents wait until it is right. */
  ParseBounds of(String dataset);

  /** The sender's hints, and where they are silent what the recipe says of the dataset's tables. */
  ParseHints completed(String dataset, ParseHints hints);
}
