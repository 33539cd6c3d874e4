package dev.migaki.documents.parsing;

import org.jspecify.annotations.Nullable;

/** Reads a file inside another file: an attachment, an archive's entry. */
interface EmbeddedReader {

  /**
   * Appends the file's name as a heading and then its blocks; a file without usable text leaves a
   * warning.
   */
  void read(String name, @Nullable String contentType, byte[] bytes, Source outer, Blocks into);
}
