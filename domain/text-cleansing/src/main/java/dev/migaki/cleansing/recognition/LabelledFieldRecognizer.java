package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fields: a table cell under "氏名", a form line "Name: …".
 *
 * <p>Structure is the surest witness: what stands in a name field is a name, whatever it looks
 * like.
 */
final class LabelledFieldRecognizer implements Recognizer {

  /** Latin names have several words; family and given name of others stand first. */
  private static final Pattern NAME_VALUE =
      Pattern.compile(
          "(?![\\p{IsHan}])[\\p{L}々ヶー][\\p{L}々ヶー.'・=-]*(?:[ 　]{1,2}[\\p{L}々ヶー][\\p{L}々ヶー.'・=-]*){0,4}"
              + "|\\p{IsHan}[\\p{L}々ヶー.'・=-]*(?:[ 　]{1,2}[\\p{L}々ヶー&&[^A-Za-z]][\\p{L}々ヶー・=-]*)?");

  private static final Pattern DIGITS = Pattern.compile("[^0-9]*(?:[0-9][^0-9]*){3,}");
  private static final List<String> HONORIFIC_ENDS = List.of("様", "さま", "さん", "殿", "氏", "先生");

  @Override
  public String name() {
    return "field";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    String label = text.label();
    if (label != null) {
      FindingType type = FieldLabels.type(label);
      if (type != null) {
        report(text, type, 0, text.length(), 0.95, "column", findings);
      }
    }
    if (text.folded().indexOf(':') < 0 && text.folded().indexOf('=') < 0) {
      return;
    }
    String folded = text.folded();
    for (int i = 0; i < folded.length(); i++) {
      char c = folded.charAt(i);
      if (c != ':' && c != '=') {
        continue;
      }
      FindingType type = typeBefore(folded, i);
      int from = i + 1;
      while (from < folded.length() && " \t*_".indexOf(folded.charAt(from)) >= 0) {
        from++;
      }
      if (type != null && from < folded.length()) {
        report(text, type, from, valueEnd(folded, from), 0.9, "field", findings);
      }
    }
  }

  /** 「受付:4月1日 担当:」: behind a field of its line only the last word is the label. */
  private static @Nullable FindingType typeBefore(String folded, int colon) {
    String label = labelBefore(folded, colon);
    FindingType type = FieldLabels.type(label);
    int space = label.lastIndexOf(' ');
    return type == null
            && space >= 0
            && space + 1 < label.length()
            && label.charAt(space + 1) > 0x2FF
        ? FieldLabels.type(label.substring(space + 1))
        : type;
  }

  /** The words between the last line end or separator and the colon. */
  private static String labelBefore(String folded, int colon) {
    int start = colon;
    while (start > 0
        && colon - start < 34
        && "\n\r|、,;/([【■●・※。>".indexOf(folded.charAt(start - 1)) < 0
        && !folded.startsWith("  ", start - 1)) {
      start--;
    }
    int end = colon;
    while (end > start && "】]) *_\t".indexOf(folded.charAt(end - 1)) >= 0) {
      end--;
    }
    return folded.substring(start, end);
  }

  private static int valueEnd(String folded, int from) {
    int end = from;
    while (end < folded.length()
        && "\n\r\t|、,;。/)]】>".indexOf(folded.charAt(end)) < 0
        && !folded.startsWith("  ", end)) {
      end++;
    }
    return end;
  }

  private static void report(
      ScannedText text,
      FindingType type,
      int from,
      int to,
      double score,
      String rule,
      Consumer<Finding> findings) {
    String folded = text.folded();
    int start = from;
    int end = to;
    while (start < end
        && (Character.isWhitespace(folded.charAt(start))
            || "「\"'".indexOf(folded.charAt(start)) >= 0)) {
      start++;
    }
    while (end > start
        && (Character.isWhitespace(folded.charAt(end - 1))
            || "」\"'".indexOf(folded.charAt(end - 1)) >= 0)) {
      end--;
    }
    if (end - start < (type == FindingType.PERSON ? 1 : 2)
        || end - start > 120
        || text.touchesPlaceholder(start, end)) {
      return;
    }
    if (type == FindingType.PERSON) {
      person(folded, start, end, score, rule, findings);
    } else if (type == FindingType.DATE_OF_BIRTH && rule.equals("field")) {
      DateOfBirthRecognizer.inField(text, start, end, findings);
    } else if (isPlausible(type, folded.substring(start, end), rule)) {
      findings.accept(new Finding(type, start, end, score, rule));
    }
  }

  private static void person(
      String folded, int start, int end, double score, String rule, Consumer<Finding> findings) {
    Matcher name = NAME_VALUE.matcher(folded).region(start, end);
    if (!name.lookingAt() || name.end() - start > 40) {
      return;
    }
    int stop = name.end();
    for (String honorific : HONORIFIC_ENDS) {
      if (folded.startsWith(honorific, stop - honorific.length())
          && stop - honorific.length() > start) {
        stop -= honorific.length();
        break;
      }
    }
    String value = folded.substring(start, stop);
    if (FieldValues.isPersonName(value)
        && (rule.equals("column") || FieldValues.looksLikeName(value))) {
      findings.accept(new Finding(FindingType.PERSON, start, stop, score, rule));
    }
  }

  private static boolean isPlausible(FindingType type, String value, String rule) {
    return switch (type) {
      case PASSWORD, API_KEY ->
          rule.equals("column")
              && value.indexOf(' ') < 0
              && value.length() >= 4
              && value.chars().allMatch(c -> c > 0x20 && c < 0x7F);
      case EMAIL_ADDRESS -> value.indexOf('@') > 0;
      case AGE -> value.matches("\\d{1,3} ?(?:歳|才)?");
      case DATE_OF_BIRTH ->
          DateOfBirthRecognizer.DATE.matcher(value.toLowerCase(Locale.ROOT)).find();
      case USERNAME ->
          value.matches("[A-Za-z][A-Za-z0-9._-]{2,30}") && value.matches(".*[0-9._].*");
      case IP_ADDRESS -> value.matches("[0-9a-fA-F.:]{7,39}");
      case STREET_ADDRESS ->
          value.length() >= 6
              && value.chars().anyMatch(c -> c >= '0' && c <= '9' || c == '丁' || c == '番');
      default ->
          value.length() <= 40
              && DIGITS.matcher(value).matches()
              && value.chars().filter(c -> c > 0x2FF).count() <= 2;
    };
  }
}
