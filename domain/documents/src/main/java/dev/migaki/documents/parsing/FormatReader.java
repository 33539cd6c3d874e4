package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.IOException;

/** Reads the files of one family of formats. */
interface FormatReader {

  /**
   * @throws Refusal when the file cannot be used, with the reason
   * @throws IOException when the file is not well-formed
   */
  ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException;
}
