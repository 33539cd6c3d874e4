package dev.migaki.documents.parsing;

import java.io.IOException;
import java.io.InputStream;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/** Names of files in archives, and what archives are refused for. */
final class ArchiveEntries {

  private static final int MAX_NAME = 4096;

  private ArchiveEntries() {}

  /** Takes the files of an archive one by one. */
  interface Visitor {

    /**
     * A file.
     *
     * @param declaredBytes its size as the archive says, -1 when it says nothing
     * @throws IOException when the file cannot be read; the archive may be read on
     * @throws Refusal when the archive must not be read on
     */
    void file(String path, long declaredBytes, InputStream content) throws IOException, Refusal;

    /** A file that is left out. */
    void refused(String path, Refusal why) throws Refusal;
  }

  /**
   * The name as a relative path with slashes, in composed form.
   *
   * @throws Refusal when it leads out of the archive, or is none
   */
  static String path(String name) throws Refusal {
    List<String> parts = new ArrayList<>();
    String slashes = Normalizer.normalize(name, Normalizer.Form.NFC).replace('\\', '/');
    for (String part : slashes.replaceFirst("^[A-Za-z]:/", "").split("/", -1)) {
      if (part.equals("..")) {
        throw unsafe("leads out of the archive");
      }
      if (!part.isEmpty() && !part.equals(".")) {
        parts.add(part.replaceAll("\\p{Cntrl}", " "));
      }
    }
    String path = String.join("/", parts);
    if (path.isBlank()) {
      throw unsafe("is empty");
    }
    if (path.length() > MAX_NAME) {
      throw unsafe("is longer than " + MAX_NAME + " characters");
    }
    return path;
  }

  /** Something to call a file whose name is refused. */
  static String harmless(String name) {
    String start = name.length() > MAX_NAME ? name.substring(0, MAX_NAME) : name;
    String clean = start.replaceAll("\\p{Cntrl}", " ").replace('\\', '/').replace("..", "__");
    return clean.isBlank() ? "unnamed" : clean;
  }

  private static Refusal unsafe(String what) {
    return new Refusal(
        RejectionCode.UNSAFE_NAME,
        "The file's name in the archive " + what + ". Pack it again with a plain relative name.");
  }

  static Refusal tooLarge(ParseLimits limits) {
    return new Refusal(
        RejectionCode.TOO_LARGE,
        "A file in the archive is larger than "
            + ParseLimits.inWords(limits.maxBytes())
            + ". Split it.");
  }

  static Refusal tooDeep(ParseLimits limits) {
    return new Refusal(
        RejectionCode.TOO_DEEP,
        "The file holds files within files, more than " + limits.maxDepth() + " deep.");
  }

  static Refusal encrypted() {
    return new Refusal(
        RejectionCode.ENCRYPTED,
        "The archive is protected with a password. Send it without protection.");
  }

  static Refusal empty() {
    return new Refusal(RejectionCode.EMPTY, "The archive holds no files.");
  }

  /** What programs leave for themselves. */
  static boolean isMetadata(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return name.startsWith("__MACOSX/")
        || last.startsWith("._")
        || last.equals(".DS_Store")
        || last.equalsIgnoreCase("Thumbs.db")
        || last.equalsIgnoreCase("desktop.ini");
  }
}
