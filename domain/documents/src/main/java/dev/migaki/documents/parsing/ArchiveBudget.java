package dev.migaki.documents.parsing;

/**
 * What an archive and all archives inside it may take together. What a directory claims about sizes
 * is the sender's word; what comes out is counted.
 */
final class ArchiveBudget {

  private final ParseLimits limits;
  private final long packedBytes;
  private long unpackedBytes;
  private int entries;
  private boolean spent;

  /**
   * @param packedBytes size of the outermost archive
   */
  ArchiveBudget(ParseLimits limits, long packedBytes) {
    this.limits = limits;
    this.packedBytes = packedBytes;
  }

  /** Whether a bound was broken, so that all is refused and not a part only. */
  boolean isSpent() {
    return spent;
  }

  void entry() throws Refusal {
    entries++;
    if (entries > limits.maxArchiveEntries()) {
      throw breach(
          RejectionCode.BOMB, "holds more than " + limits.maxArchiveEntries() + " entries");
    }
  }

  /** A size that is only claimed, of a file that is not read. */
  void claimed(long bytes) throws Refusal {
    checkRatio(unpackedBytes + bytes);
  }

  void unpacked(int bytes) throws Refusal {
    unpackedBytes += bytes;
    checkRatio(unpackedBytes);
    if (unpackedBytes > limits.maxUnpackedBytes()) {
      throw breach(
          RejectionCode.TOO_LARGE,
          "unpacks to more than "
              + ParseLimits.inWords(limits.maxUnpackedBytes())
              + " in all. Split it");
    }
  }

  private void checkRatio(long bytes) throws Refusal {
    if (bytes > limits.expansionFloorBytes() && bytes > packedBytes * limits.maxExpansion()) {
      throw breach(
          RejectionCode.BOMB, "unpacks to more than " + limits.maxExpansion() + " times its size");
    }
  }

  private Refusal breach(RejectionCode code, String what) {
    spent = true;
    return new Refusal(code, "The file " + what + ".");
  }
}
