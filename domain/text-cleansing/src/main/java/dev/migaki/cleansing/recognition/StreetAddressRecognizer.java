package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Western street addresses: number and street type, boxes, military addresses, labelled lines. */
final class StreetAddressRecognizer implements Recognizer {

  private static final String SUFFIX =
      "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Circle|Cir|Way|Place|Pl|Square|Sq|Terrace|Ter|Trail|Trl|Parkway|Pkwy|"
          + "Highway|Hwy|Crescent|Close|Grove|Row|Alley|Plaza|Expressway|Turnpike|Path|Loop|Walk|Mews|Gardens)";
  private static final String WORD = "[A-ZÀ-Þ0-9][\\p{L}0-9'.-]{0,24}";
  private static final String UNIT =
      "(?:,? ?\\n? ?(?:Apt|Apartment|Suite|Ste|Unit|Floor|Fl|Room|Rm|#)\\.? ?#?[A-Za-z0-9-]{1,6})?";
  private static final String CITY =
      "(?:,? ?\\n? ?(?:"
          + WORD
          + " ){0,3}"
          + WORD
          + ",? (?:[A-Z]{2}|[A-Z][a-z]{3,12}(?: [A-Z][a-z]{3,12})?)\\.? \\d{5}(?:-\\d{4})?"
          + "|,? ?\\n? ?(?:"
          + WORD
          + " ){0,3}"
          + WORD
          + ",? [A-Z]{1,2}\\d[A-Z0-9]? ?\\d[A-Z]{2})?";

  private static final Pattern STREET =
      Pattern.compile(
          "(?<![A-Za-z0-9.-])\\d{1,6}[A-Za-z]?(?:[-/]\\d{1,4})?"
              + " (?:(?:[NSEW]|North|South|East|West)\\.? )?(?:"
              + WORD
              + " ){1,4}?"
              + SUFFIX
              + "\\b\\.?(?: (?:NE|NW|SE|SW|N|S|E|W)\\b)?"
              + UNIT
              + CITY);

  private static final Pattern BOX =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9])(?:p\\.? ?o\\.? box \\d{1,6}|(?:unit|psc) \\d{1,5},? box"
              + " \\d{1,5}|uss [a-z]+(?=\\s+[fad]po))(?:,? ?\\n"
              + "? ?[ADF]PO,? ?\\n"
              + "? ?A[AEP],? \\d{5})?");

  private static final List<String> LABEL_WORDS =
      List.of("office is", "arrived at", "sent to", "new one to", "the same:");

  private static final Pattern UNIT_BLOCK =
      Pattern.compile(
          "(?<![\\p{L}0-9])\\d{1,6}[A-Za-z]?(?: [\\p{L}0-9][\\p{L}0-9'.-]{0,24}){1,6}?,? ?\\n"
              + "? ?(?:Apt\\.|Suite|apt\\.|suite) ?\\d{1,5}(?:,? ?\\n"
              + "? ?[\\p{L}][\\p{L}' .-]{2,30}?(?:,? ?\\n"
              + "?,? ?[A-Z]{2}\\b)?(?:,? ?\\n"
              + "? ?[\\p{Lu}][\\p{L}' -]{2,24}?)? \\d{4,5}(?!\\d)|,? ?\\n"
              + "? ?[\\p{Lu}][\\p{L}'-]{2,24}(?:,? ?\\n"
              + "? ?[\\p{Lu}][\\p{L}'-]{2,24})?)?");

  private static final Pattern LABELLED =
      Pattern.compile(
          "(?i)(?:(?<!mac |ip |mail |ipv4 |ipv6 |wallet |bitcoin |web |network )address(?:es)?(?: of [^\\n"
              + ".]{2,40}?)?(?: is| are| to|:| with|, here they"
              + " are:)|(?:office|shop|store|house|flat) is (?:at|on)|arrived"
              + " at|(?:live|lives|living|reside|resides|located|meet(?: me| you)?)"
              + " (?:at|on)|(?:ship|shipped|deliver|delivered|return|send|sent|one) (?:it |them"
              + " )?to|the same:|corner of)[ :\\n"
              + "]*(?=\\S)");

  private static final Pattern LINE =
      Pattern.compile(
          "(?:the corner of )?(?=[^\\n.;?!]{0,30}\\d)[\\p{L}0-9][\\p{L}0-9 ,.#'/\\n-]{6,140}");

  @Override
  public String name() {
    return "street-address";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    if (!text.hasDigit()) {
      return;
    }
    String folded = text.folded();
    Matcher street = STREET.matcher(folded);
    for (int from = 0; NumberGroups.findAtDigit(street, folded, from); from = street.end()) {
      findings.accept(
          new Finding(FindingType.STREET_ADDRESS, street.start(), street.end(), 0.85, "street"));
    }
    if (text.lower().contains("box") || text.lower().contains("uss ")) {
      boxes(folded, findings);
    }
    units(folded, findings);
    if (text.cues().has(Cue.ADDRESS)
        || LABEL_WORDS.stream().anyMatch(text.lower()::contains)
        || text.lower().contains("corner of")) {
      labelled(text, findings);
    }
  }

  /** From "Apt. 12" or "Suite 9" back to the house number and on to town, country and code. */
  private static void units(String folded, Consumer<Finding> findings) {
    if (!folded.contains("pt") && !folded.contains("uite")) {
      return;
    }
    Matcher unit = UNIT_BLOCK.matcher(folded);
    while (unit.find()) {
      findings.accept(
          new Finding(FindingType.STREET_ADDRESS, unit.start(), unit.end(), 0.8, "unit"));
    }
  }

  private static void boxes(String folded, Consumer<Finding> findings) {
    Matcher box = BOX.matcher(folded);
    while (box.find()) {
      findings.accept(new Finding(FindingType.STREET_ADDRESS, box.start(), box.end(), 0.85, "box"));
    }
  }

  private static void labelled(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    Matcher label = LABELLED.matcher(folded);
    while (label.find()) {
      Matcher line = LINE.matcher(folded);
      line.region(label.end(), folded.length());
      if (line.lookingAt()) {
        int end = cut(folded, line.start(), line.end());
        if (end - line.start() >= 8 && hasNumber(folded, line.start(), end)) {
          findings.accept(
              new Finding(FindingType.STREET_ADDRESS, line.start(), end, 0.7, "labelled-address"));
        }
      }
    }
  }

  private static final Pattern STOP =
      Pattern.compile(
          "(?i)(?<!\\bapt|\\bste|\\bst|\\bno|\\bu|\\bul|\\bm|\\bavda|\\bp|\\bo)[.](?:\\s|$)|[;?!](?:\\s|$)|\\n"
              + "\\s*\\n"
              + "| (?:for|in case|last|on|if|and"
              + " my|after|before|when|please|is|because|where|on|at|by|between|with) ");

  private static int cut(String folded, int start, int end) {
    Matcher stop = STOP.matcher(folded).region(start, end);
    int cut = stop.find() ? stop.start() : end;
    while (cut > start && " ,.\n-".indexOf(folded.charAt(cut - 1)) >= 0) {
      cut--;
    }
    return cut;
  }

  private static boolean hasNumber(String folded, int start, int end) {
    for (int i = start; i < end; i++) {
      if (NumberGroups.isDigit(folded.charAt(i))) {
        return true;
      }
    }
    return false;
  }
}
