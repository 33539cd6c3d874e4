package dev.migaki.documents.parsing;

/**
 * Bounds of one parse; a breach is a rejection, never a crash. Time and heap are bounded from
 * outside, by the process that runs the parser.
 *
 * @param maxBytes size of the file
 * @param maxCharacters length of the extracted text in UTF-16 units
 * @param maxArchiveEntries entries of a ZIP container (also DOCX, XLSX, EPUB …)
 * @param maxExpansion unpacked bytes per packed byte, checked once {@code expansionFloorBytes} are
 *     unpacked
 * @param expansionFloorBytes unpacked size below which no ratio is suspicious
 * @param maxUnpackedBytes what an archive unpacks to in all, archives inside it included
 * @param maxDepth containers within containers (archives, attachments)
 */
public record ParseLimits(
    long maxBytes,
    int maxCharacters,
    int maxArchiveEntries,
    int maxExpansion,
    long expansionFloorBytes,
    long maxUnpackedBytes,
    int maxDepth) {

  private static final ParseLimits DEFAULTS =
      new ParseLimits(64L << 20, 20_000_000, 10_000, 100, 64L << 20, 512L << 20, 5);

  public ParseLimits {
    if (maxBytes < 1
        || maxCharacters < 1
        || maxArchiveEntries < 1
        || maxExpansion < 1
        || expansionFloorBytes < 0
        || maxUnpackedBytes < 1
        || maxDepth < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /**
   * 64 MiB, 20 million characters, 10,000 entries, ratio 100 above 64 MiB, 512 MiB unpacked, depth
   * 5.
   */
  public static ParseLimits defaults() {
    return DEFAULTS;
  }

  /** A size as reasons name it; a bound below a megabyte is none of 0 MB. */
  static String inWords(long bytes) {
    return bytes < 1 << 20 ? bytes + " bytes" : (bytes >> 20) + " MB";
  }
}
