package dev.migaki.datasets;

import java.util.regex.Pattern;

/**
 * Tells Japanese from text in Latin script by its letters. Two short texts of one pair are compared
 * here; the language of a whole document comes from the cleansing stage.
 */
public final class TextLanguage {
  public static final String JAPANESE = "ja";
  public static final String ENGLISH = "en";

  private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Z][A-Z_]*_[0-9a-f]+>");

  private TextLanguage() {}

  /**
   * The language of a text.
   *
   * @param written the text; placeholders of removed data do not count
   * @param documentLanguage what the document is in; decides between the languages that share the
   *     Latin script, and for texts without letters
   */
  public static String of(String written, String documentLanguage) {
    String text = written.indexOf('<') < 0 ? written : PLACEHOLDER.matcher(written).replaceAll(" ");
    int japanese = 0;
    int han = 0;
    int latin = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x3041 && c <= 0x30FF || c >= 0xFF66 && c <= 0xFF9D) {
        japanese++;
      } else if (c >= 0x4E00 && c <= 0x9FFF || c == '々') {
        han++;
      } else if (Character.isLetter(c) && c < 0x0250) {
        latin++;
      }
    }
    if (japanese + han == 0 && latin == 0) {
      return documentLanguage;
    }
    // a Japanese sentence may be full of product names; two kana or kanji per Latin word suffice
    if ((japanese + han) * 4 >= latin) {
      boolean chinese = japanese == 0 && !documentLanguage.equals(JAPANESE) && han > 8;
      return chinese ? "zh" : JAPANESE;
    }
    return documentLanguage.equals(JAPANESE) ? ENGLISH : documentLanguage;
  }
}
