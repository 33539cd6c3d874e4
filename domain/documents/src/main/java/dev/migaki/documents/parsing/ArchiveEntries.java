package dev.migaki.documents.parsing;

/** What all kinds of archives are refused for. */
final class ArchiveEntries {

  private ArchiveEntries() {}

  static void checkCount(int entries, ParseLimits limits) throws Refusal {
    if (entries > limits.maxArchiveEntries()) {
      throw new Refusal(
          RejectionCode.BOMB,
          "The file holds more than " + limits.maxArchiveEntries() + " entries.");
    }
  }

  static void checkSize(long bytes, ParseLimits limits) throws Refusal {
    if (bytes > limits.maxBytes()) {
      throw new Refusal(
          RejectionCode.TOO_LARGE,
          "A file in the archive is larger than " + (limits.maxBytes() >> 20) + " MB.");
    }
  }

  static Refusal encrypted() {
    return new Refusal(
        RejectionCode.ENCRYPTED,
        "The archive is protected with a password. Send it without protection.");
  }

  static Refusal empty() {
    return new Refusal(RejectionCode.EMPTY, "The archive holds no files.");
  }

  static boolean isMetadata(String name) {
    return name.startsWith("__MACOSX/") || name.endsWith(".DS_Store");
  }
}
