package dev.migaki.datasets.cleansing;

import dev.migaki.cleansing.CleansedText;
import dev.migaki.cleansing.RedactionAction;
import java.util.regex.Pattern;

/**
 * The name of a file as text that recognisers can read: "退職届_山田太郎.docx", "invoice-john-smith.pdf".
 */
final class FilenameText {
  /** Stands for a name that could not be cleaned. */
  private static final String WITHHELD = "withheld";

  private static final Pattern FOLDER = Pattern.compile("[/\\\\]");

  /** What stands for a space: any underscore, a hyphen or a dot between letters. */
  private static final Pattern SPACE = Pattern.compile("[_＿+]|%20|(?<=\\p{L})[.-](?=\\p{L})");

  private FilenameText() {}

  /**
   * A folder per line, its words with spaces between them (an address keeps its dots), a tab before
   * the ending.
   */
  static String words(String filename) {
    int dot = filename.lastIndexOf('.');
    String base = dot > 0 ? filename.substring(0, dot) : filename;
    String lines = FOLDER.matcher(base).replaceAll("\n");
    String words = lines.indexOf('@') < 0 ? SPACE.matcher(lines).replaceAll(" ") : lines;
    return dot > 0 ? words + '\t' + filename.substring(dot + 1) : words;
  }

  /**
   * The name as it may be published: untouched where nothing was removed.
   *
   * @param words of the name after cleansing
   */
  static String shown(String filename, CleansedText words) {
    if (words.isQuarantined()) {
      return WITHHELD;
    }
    boolean removed = words.audit().stream().anyMatch(e -> e.action() != RedactionAction.KEEP);
    return removed ? words.text().replace('\n', '/').replace('\t', '.') : filename;
  }
}
