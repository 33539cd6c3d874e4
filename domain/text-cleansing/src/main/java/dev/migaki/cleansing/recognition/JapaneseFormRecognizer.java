package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * Lines of Japanese forms whose label and name have only space between them: 「記入者　原」, 「担当　山田 太郎」.
 *
 * <p>The label proves less than one with a colon: the value must be a family name or begin with
 * one, and be all that stands there.
 */
final class JapaneseFormRecognizer implements Recognizer {

  private static final int MAX_NAME = 8;
  private static final Pattern KATAKANA_NAME = Pattern.compile("[ァ-ヺー]{2,8}[ \u3000][ァ-ヺー]{2,8}");
  private static final KeywordMatcher LABELS =
      KeywordMatcher.of(FieldLabels.japanese(FindingType.PERSON));

  @Override
  public String name() {
    return "japanese-form";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    String folded = text.folded();
    LABELS.scan(
        folded,
        (start, end, label) -> {
          if (isBorder(text.at(start - 1)) && isSpace(text.at(end))) {
            value(folded, end, findings);
          }
        });
  }

  private static void value(String folded, int labelEnd, Consumer<Finding> findings) {
    int start = labelEnd;
    while (start < folded.length() && isSpace(folded.charAt(start))) {
      start++;
    }
    int end = start;
    while (end < folded.length() && isNameCharacter(folded.charAt(end))) {
      end++;
    }
    if (end < folded.length() && isSpace(folded.charAt(end))) {
      int given = end + 1;
      int stop = given;
      while (stop < folded.length() && isNameCharacter(folded.charAt(stop))) {
        stop++;
      }
      boolean last = stop == folded.length() || folded.charAt(stop) == '\n';
      boolean name =
          stop - given <= 3 || KATAKANA_NAME.matcher(folded.substring(start, stop)).matches();
      end = last && name ? stop : end;
    }
    String value = folded.substring(start, end).strip();
    if (!value.isEmpty()
        && (value.length() <= MAX_NAME || KATAKANA_NAME.matcher(value).matches())
        && (end == folded.length() || !Character.isLetterOrDigit(folded.charAt(end)))
        && FieldValues.isPersonName(value)
        && isName(value)) {
      findings.accept(
          new Finding(FindingType.PERSON, start, start + value.length(), 0.8, "form-line"));
    }
  }

  private static boolean isName(String value) {
    if (JapaneseNames.FAMILY_NAMES.contains(value) || KATAKANA_NAME.matcher(value).matches()) {
      return true;
    }
    List<JapaneseToken> tokens = JapaneseAnalyzer.tokens(value);
    return tokens.get(0).isPerson()
        && tokens.stream().skip(1).allMatch(token -> token.isPerson() || isGivenLike(token));
  }

  private static boolean isGivenLike(JapaneseToken token) {
    return token.isSpace()
        || token.length() <= 3
            && token.surface().chars().allMatch(c -> JapaneseNames.NAME_CHARACTERS.indexOf(c) >= 0);
  }

  private static boolean isBorder(char c) {
    return c == 0 || c == '\n' || c == '\r' || isSpace(c) || "■●・※□◆|[【".indexOf(c) >= 0;
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\t' || c == '\u3000';
  }

  private static boolean isNameCharacter(char c) {
    return Character.isIdeographic(c)
        || c == '々'
        || c == 'ヶ'
        || c >= 'ぁ' && c <= 'ん'
        || c >= 'ァ' && c <= 'ヺ'
        || c == 'ー';
  }
}
