package dev.migaki.ingest.domain;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;

/** Reads documents of strangers without harm to the service, whatever is in them. */
public interface DocumentReader {

  /** A document or a reason; ends within a bounded time and never by an exception of the file's. */
  ParseOutcome read(byte[] bytes, ParseHints hints);
}
