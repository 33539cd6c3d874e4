package dev.migaki.ingest.domain;

import dev.migaki.documents.worker.ParseBounds;

/** What one document of a dataset may take, as the dataset's recipe says. */
public interface DocumentBounds {

  /** The bounds; a faulty recipe is a transient failure: its documents wait until it is right. */
  ParseBounds of(String dataset);
}
