package dev.migaki.ingest.domain;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.worker.ParseBounds;
import java.util.function.Function;

/** Reads documents of strangers without harm to the service, whatever is in them. */
public interface DocumentReader {

  /** A document or a reason; ends within the bounds and never by an exception of the file's. */
  ParseOutcome read(byte[] bytes, ParseHints hints, ParseBounds bounds);

  /**
   * {@link #read}, but the files of an archive are unpacked.
   *
   * @param use is given the outcome; unpacked files are there until it returns
   */
  <T> T open(byte[] bytes, ParseHints hints, ParseBounds bounds, Function<ParseOutcome, T> use);
}
