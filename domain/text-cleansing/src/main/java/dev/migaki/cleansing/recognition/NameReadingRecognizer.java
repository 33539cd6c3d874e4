package dev.migaki.cleansing.recognition;

import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Japanese names with their reading in brackets: 「今井 智子（いまい ともこ）」.
 *
 * <p>A reading alone proves nothing, many words have one: a family name must come before it, and a
 * space must part family and given name in one of the two.
 */
final class NameReadingRecognizer implements Recognizer {

  private static final Pattern READING =
      Pattern.compile(
          "\\(((?:[ぁ-んー]{1,6}[ ・]?[ぁ-んー]{1,7})|(?:[ァ-ヴー]{1,6}[ ・]?[ァ-ヴー]{1,7}))(?: ?様)?\\)");
  private static final int LONGEST = 12;
  private static final int LONGEST_PART = 4;

  @Override
  public String name() {
    return "name-reading";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasJapanese()) {
      return;
    }
    String folded = text.folded();
    for (int open = folded.indexOf('('); open > 0; open = folded.indexOf('(', open + 1)) {
      Matcher reading = READING.matcher(folded).region(open, folded.length());
      if (reading.lookingAt()) {
        int from = Math.max(0, open - LONGEST);
        report(folded.substring(from, open), from, reading, findings);
      }
    }
  }

  /**
   * @param before what stands before the bracket; the name is its end
   */
  private static void report(
      String before, int offset, Matcher reading, Consumer<Finding> findings) {
    int first = familyName(before);
    String name = first < 0 ? "" : before.substring(first).strip();
    boolean parted = name.indexOf(' ') > 0 || reading.group(1).indexOf(' ') > 0;
    if (first < 0 || !parted || reading.group(1).length() < 3) {
      return;
    }
    int start = offset + first;
    findings.accept(
        new Finding(FindingType.PERSON, start, start + name.length(), 0.85, "name-reading"));
    findings.accept(
        new Finding(FindingType.PERSON, reading.start(1), reading.end(1), 0.85, "name-reading"));
  }

  /** Where the family name begins behind which a given name comes; -1 without one. */
  private static int familyName(String before) {
    for (int first = 0; first < before.length(); first++) {
      for (int length = LONGEST_PART; length > 0; length--) {
        int end = first + length;
        if (end < before.length()
            && isGivenName(before.substring(end).strip())
            && JapaneseNames.FAMILY_NAMES.contains(before.substring(first, end))) {
          return first;
        }
      }
    }
    return -1;
  }

  private static boolean isGivenName(String text) {
    return !text.isEmpty()
        && text.length() <= LONGEST_PART
        && text.chars()
            .allMatch(
                c ->
                    c >= 'ぁ' && c <= 'ヺ'
                        || c == 'ー'
                        || JapaneseNames.NAME_CHARACTERS.indexOf(c) >= 0);
  }
}
