package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Western street addresses: number and street type, boxes, military addresses, labelled lines. */
final class StreetAddressRecognizer implements Recognizer {

  private static final String SUFFIX =
      "(?:Street|St|Avenue|Ave|Road|Rd|Boulevard|Blvd|Lane|Ln|Drive|Dr|Court|Ct|Circle|Cir|Way|Place|Pl|Square|Sq|Terrace|Ter|Trail|Trl|Parkway|Pkwy|"
          + "Highway|Hwy|Crescent|Close|Grove|Row|Alley|Plaza|Expressway|Turnpike|Path|Loop|Walk|Mews|Gardens)";

  /**
   * Further kinds of street that are also ordinary words, after the list of suffixes of the United
   * States Postal Service (Publication 28, appendix C1); more than a number must speak for them.
   */
  private static final String RARE_SUFFIX =
      "(?:Annex|Arcade|Bayou|Beach|Bend|Bluffs?|Branch|Bridge|Brooks?|Burgs?|Bypass|Camp|Canyon|Cape|Causeway|Cent(?:er|re)s?|Circles"
          + "|Cliffs?|Club|Common|Corners?|Course|Courts|Coves?|Creek|Crest|Crossing|Crossroads?|Curve|Dale|Dam|Divide|Drives|Estates?|Extensions?"
          + "|Falls?|Ferry|Fields?|Flats?|Fords?|Forest|Forges?|Forks?|Fort|Freeway|Garden|Gateway|Glens?|Greens?|Groves|Harbors?|Haven|Heights"
          + "|Hills?|Hollow|Inlet|Islands?|Isle|Junctions?|Keys?|Knolls?|Lakes?|Land|Landing|Lights?|Loaf|Locks?|Lodge|Mall|Manors?|Meadows?|Mills?"
          + "|Mission|Motorway|Mount|Mountains?|Neck|Orchard|Oval|Overpass|Parks?|Parkways|Pass|Passage|Pike|Pines?|Plains?|Points?|Ports?|Prairie"
          + "|Radial|Ramp|Ranch|Rapids?|Rest|Ridges?|Rivers?|Roads|Route|Rue|Run|Shoals?|Shores?|Skyway|Springs?|Spurs?|Squares|Stations?"
          + "|Stravenue|Stream|Streets|Summit|Throughway|Trace|Track|Trafficway|Tunnel|Underpass|Unions?|Valleys?|Via|Viaduct|Views?|Villages?"
          + "|Ville|Vista|Walks|Wall|Ways|Wells?)";

  private static final int MAX_ADDRESS = 240;

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

  /** A flat in front of the house number. */
  private static final Pattern FLAT =
      Pattern.compile(
          "(?:Flat|Apartment|Apt\\.?|Unit|Suite|Room|Floor)(?: \\d{1,4}[A-Za-z]?,? ?\\n?)? ?$");

  /**
   * Town, then region and code: "\nKendal\n, OH\n 43210", ", Leeds LS1 4AB", "\nOslo, NS B3J 2K9".
   */
  private static final String TOWN_CODE =
      "(?:,|\\n|,? ?\\n) ?(?:"
          + WORD
          + " ){0,3}"
          + WORD
          + "(?:[,\\n ]{1,4}[A-Z]{2}[,\\n ]{1,3}(?:\\d{5}(?:-\\d{4})?|[A-Z]\\d[A-Z] ?\\d[A-Z]\\d)"
          + "|[,\\n ]{1,4}[A-Z]{1,2}\\d[A-Z0-9]? ?\\d[A-Z]{2}"
          + "|[,\\n ]{1,4}(?:NSW|VIC|QLD|TAS|ACT|WA|SA|NT)[,\\n ]{1,3}\\d{4}"
          + "|[,\\n ]{1,4}(?:[A-Z]{2}[,\\n ]{1,3})?\\p{Lu}\\p{Ll}{2,16}(?: \\p{Lu}\\p{Ll}{2,16}){0,2} \\d{4,6})(?![0-9A-Za-z])";

  /** A house number and words, whatever the kind of street: town and code prove it. */
  private static final Pattern CODED =
      Pattern.compile(
          "(?<![A-Za-z0-9.-])\\d{1,6}[A-Za-z]?(?:[-/]\\d{1,4})?,? (?:"
              + WORD
              + " ){0,4}?"
              + WORD
              + UNIT
              + TOWN_CODE);

  /** A number, words and a rare kind of street, where an address stands or with a unit behind. */
  private static final Pattern RARE =
      Pattern.compile(
          "(?<![A-Za-z0-9.-])(?!(?:19|20)\\d\\d )\\d{2,6}[A-Za-z]? (?:"
              + WORD
              + " ){1,3}?"
              + RARE_SUFFIX
              + "\\b(?: (?:NE|NW|SE|SW|N|S|E|W)\\b)?(?:"
              + UNIT
              + ")");

  private static final Pattern PLACED =
      Pattern.compile("(?:\\b(?:at|in|to|is|from|near|on|of)|[:\\n]|^) ?$");

  private static final Pattern BOX =
      Pattern.compile(
          "(?i)(?<![A-Za-z0-9])(?:p\\.? ?o\\.? box \\d{1,6}|(?:unit|psc) \\d{1,5},? box"
              + " \\d{1,5}|uss [a-z]+(?=\\s+[fad]po))(?:,? ?\\n"
              + "? ?[ADF]PO,? ?\\n"
              + "? ?A[AEP],? \\d{5}|"
              + TOWN_CODE.replace("\\p{Lu}", "(?-i:\\p{Lu})")
              + ")?");

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
    List<Integer> numbers = houseNumbers(folded);
    if (!numbers.isEmpty()) {
      streets(STREET, numbers, text, false, findings);
      streets(CODED, numbers, text, false, findings);
      streets(RARE, numbers, text, true, findings);
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

  /**
   * Where a number stands that a space and a capital or digit follow: "48 Maple", "22-26, White".
   */
  private static List<Integer> houseNumbers(String folded) {
    List<Integer> numbers = new ArrayList<>();
    for (int i = 0; i < folded.length(); i++) {
      if (!NumberGroups.isDigit(folded.charAt(i))) {
        continue;
      }
      int end = i;
      while (end < folded.length() && end - i < 14 && isNumberChar(folded.charAt(end))) {
        end++;
      }
      boolean spaced = end + 1 < folded.length() && folded.charAt(end) == ' ';
      char next = spaced ? folded.charAt(end + 1) : ' ';
      if (Character.isUpperCase(next) || NumberGroups.isDigit(next)) {
        numbers.add(i);
      }
      i = Math.max(i, end - 1);
    }
    return numbers;
  }

  private static boolean isNumberChar(char c) {
    return NumberGroups.isDigit(c)
        || c < 0x80 && Character.isLetter(c)
        || c == '-'
        || c == '/'
        || c == ',';
  }

  private static void streets(
      Pattern pattern,
      List<Integer> numbers,
      ScannedText text,
      boolean placed,
      Consumer<Finding> findings) {
    String folded = text.folded();
    Matcher street = pattern.matcher(folded).useTransparentBounds(true);
    int done = 0;
    for (int number : numbers) {
      if (number < done
          || !street.region(number, Math.min(folded.length(), number + MAX_ADDRESS)).lookingAt()) {
        continue;
      }
      done = street.end();
      String before = folded.substring(Math.max(0, number - 20), number);
      if (placed && !street.group().contains("\n") && !PLACED.matcher(before).find()) {
        continue;
      }
      Matcher flat = FLAT.matcher(before);
      int start = flat.find() ? number - before.length() + flat.start() : number;
      findings.accept(new Finding(FindingType.STREET_ADDRESS, start, street.end(), 0.85, "street"));
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
        int start = behindName(folded, line.start(), end);
        if (end - start >= 8 && hasNumber(folded, start, end)) {
          findings.accept(
              new Finding(FindingType.STREET_ADDRESS, start, end, 0.7, "labelled-address"));
        }
      }
    }
  }

  /** "Deliver to: Skye Powell, 12 Juniper Way": whose the address is, is no part of it. */
  private static int behindName(String folded, int start, int end) {
    int comma = folded.indexOf(',', start);
    if (comma < 0 || comma + 2 >= end || hasNumber(folded, start, comma)) {
      return start;
    }
    List<LatinWord> words = LatinWord.split(folded.substring(start, comma));
    boolean name =
        words.size() > 1
            && words.size() < 5
            && EnglishNames.isGiven(words.get(0))
            && words.stream().noneMatch(EnglishNames::isNever);
    return name ? comma + 2 : start;
  }

  private static final Pattern STOP =
      Pattern.compile(
          "(?i)(?<!\\bapt|\\bste|\\bst|\\bno|\\bu|\\bul|\\bm|\\bavda|\\bp|\\bo)[.](?:\\s|$)|[;?!](?:\\s|$)|\\n(?=[\\p{L} ]{2,30}:)|\\n"
              + "\\s*\\n"
              + "| (?:for|in case|last|on|if|and"
              + " my|after|before|when|please|is|because|where|on|at|by|between|with) ");

  private static int cut(String folded, int start, int end) {
    Matcher stop = STOP.matcher(folded).region(start, end).useTransparentBounds(true);
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
