package dev.migaki.cleansing.recognition;

import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Street addresses as other languages write them: the kind of street before the name ("Via Roma
 * 131", "ul. Lubartowska 42") or at its end ("Hedemannstrasse 15", "Erzsébet tér 92."), the number
 * behind it; with unit, town, region and code where they follow.
 */
final class InternationalAddressRecognizer implements Recognizer {

  private static final String WORD = "[\\p{Lu}\\d][\\p{L}'.-]{0,24}";

  /** Kinds of street that stand before the name. */
  private static final String PREFIX =
      "(?:Via|Viale|Vicolo|Piazza|Piazzale|Corso|Rua|R\\.?|Avenida|Avda\\.?|Av\\.?|Travessa|Praça|Largo|Calle|C/|Plaza|Paseo|Camino|Carretera|Rúa"
          + "|Rue|Avenue|Boulevard|Chemin|Quai|Allée|Impasse|Route|Colonia|Vila|ul\\.|ulica|al\\.|os\\.|pl\\.|Λεωφ[όο]ρος|Λ\\.|Αγ\\.|Οδός|улица|ул\\.|проспект|пр\\.|Jalan|Jl\\.|Trg|Grote|Hoge|Calçada|Estrada)";

  /** Endings of one word that make it a street; long enough not to end ordinary words. */
  private static final String ENDING =
      "(?:straat|str\\.|strasse|straße|stasse|gasse|gässli|weg|wegen|vej|vejen|vegen|veien|vei|gatan|gata|gaten|gade|gränd|väg|vägen|ntie|katu|kuja|polku|laan|singel|plein|kade|dijk|dreef|hoeve|allee|allé|platz|damm|ufer|steig|baan|bakken|braut|brautin|gerði|vegur|stræti|lände|steg|hof|sletta|svingen|stien|toft|parken|lund)";

  /** Kinds of street that stand behind the name as words of their own. */
  private static final String SUFFIX =
      "(?:utca|u\\.|út|útja|tér|tere|köz|sor|ulice|náměstí|nám\\.|cesta|Allé|Alle|Centret|Parkvej|Boulevard|Platz|Straße|Strasse|Weg|ulica|sokak|caddesi|Cad\\.|Sok\\.)";

  private static final String NUMBER =
      "\\d{1,5}[A-Za-z]?(?:[-/]\\d{1,4})?(?![\\d.]*\\d|%| ?(?:km|m|px|kg|GB|MB)\\b"
          + "| (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\\b)\\.?";

  private static final String STREET =
      "(?:"
          + PREFIX
          + "(?: (?:de|do|da|dos|das|del|della|delle|dei|degli|di|du|des|la|le|el|los|las|e|y|den|der|het|case|capo|"
          + WORD
          + ")){1,6}?"
          + "|(?:"
          + WORD
          + " (?:de |den |van |der |"
          + WORD
          + " )?)?\\p{Lu}?[\\p{L}-]{2,24}"
          + ENDING
          + "|(?:"
          + WORD
          + " ){1,3}"
          + SUFFIX
          + ")";

  private static final String UNIT =
      "(?:[ ,]*\\n? ?(?:Apt|Apartment|Suite|Unit|Floor|Room)\\.? ?\\d{1,5}\\b)?";

  /** ", Town", "\nTown\n, XX\n 12345": up to three further lines that look like a place. */
  private static final String TOWN =
      "(?:,? ?\\n? ?(?!Suite|Apt|It |The |This |We |You |I )[\\p{Lu}][\\p{L}'.-]{2,24}(?: (?<![\\p{L}]{4}\\. )(?:\\p{Lu}[\\p{L}'.-]{0,24}|de|del|di|la|am|an|der|u|v|im|sur)){0,4}"
          + "(?:,? ?\\n?,? ?(?:[A-Z]{2}|nan)\\b)?(?:,? ?\\n?,? ?\\p{Lu}[\\p{L} ]{2,24}?)?(?:,? ?\\n? ?\\d{3,5}(?:[- ]\\d{2,4})?(?!\\d))?)?";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?<![\\p{L}\\d.,#$€£-])(?:\\d{1,5} )?"
              + STREET
              + ",? "
              + NUMBER
              + UNIT
              + "(?:"
              + ContinentalAddressRecognizer.CODE_TOWN
              + "|"
              + TOWN
              + ")");

  private static final Pattern CORNER =
      Pattern.compile(
          "(?:the )?corner of [\\p{L}\\d][\\p{L}\\d .'-]{2,40}? and (?:\\p{Lu}[\\p{L}'.-]{1,24}(?: |(?=[^\\p{L}]|$))){1,3}");

  private static final Pattern SHIP =
      Pattern.compile(
          "\\b(?:USS|USNS|USNV|USCGC|HMS) \\p{Lu}[\\p{L}'-]{1,24}(?: \\p{Lu}[\\p{L}'-]{1,24})?,?[ \\n]{1,2}[ADF]PO,? A[AEP],? \\d{5}");

  private static final Pattern SPOKEN_CODE =
      Pattern.compile(
          "\\b(?:zip ?code|postal code|post ?code|zip)(?: is|:| of|)? ([a-z]{0,2}\\d[\\da-z]{1,5}(?:[- ]\\d[\\da-z]{1,4}| (?!in|is|or|at|to|my|it|on|by|as|so)[a-z]{2}(?=[.,;!?)\\n]|$))?)(?![\\da-z])");

  @Override
  public String name() {
    return "international-address";
  }

  @Override
  public void recognize(ScannedText text, Consumer<Finding> findings) {
    String lower = text.lower();
    if (lower.contains("corner of")) {
      all(CORNER, text.folded(), "corner", findings);
    }
    if (!text.hasDigit() || text.latinWords().isEmpty()) {
      return;
    }
    streets(text, findings);
    if (text.folded().contains("PO A")) {
      all(SHIP, text.folded(), "ship", findings);
    }
    if (text.cues().has(Cue.POSTAL)) {
      Matcher code = SPOKEN_CODE.matcher(lower);
      while (code.find()) {
        findings.accept(
            new Finding(FindingType.POSTAL_CODE, code.start(1), code.end(1), 0.85, "spoken-code"));
      }
    }
  }

  private static final Pattern STREET_WORD =
      Pattern.compile("(?:[\\p{L}-]*" + ENDING + "|" + SUFFIX + ")\\.?");

  private static final Pattern PREFIX_WORD = Pattern.compile(PREFIX);

  /** Looks at each number that a word stands before: most have no street in front of them. */
  private static void streets(ScannedText text, Consumer<Finding> findings) {
    String folded = text.folded();
    List<LatinWord> words = text.latinWords();
    Matcher address = ADDRESS.matcher(folded);
    address.useTransparentBounds(true);
    int done = 0;
    for (int i = 0; i < words.size(); i++) {
      int number = numberBehind(text, words.get(i));
      if (number < 0 || number < done || !isStreet(text, words, i)) {
        continue;
      }
      int from = Math.max(done, lineStart(folded, number, 70));
      address.region(from, Math.min(folded.length(), number + 140));
      while (address.find()) {
        if (address.end() > number) {
          report(address, folded, findings);
          done = address.end();
          break;
        }
      }
    }
  }

  /** Start of the number directly behind a word ("Roma 131", "utca. 76", "Grande, 12"), or -1. */
  private static int numberBehind(ScannedText text, LatinWord word) {
    int index = word.end();
    if (".,".indexOf(text.at(index)) >= 0) {
      index++;
    }
    return text.at(index) == ' ' && NumberGroups.isDigit(text.at(index + 1)) ? index + 1 : -1;
  }

  /** Whether the word ends like a street, or one of the words before it begins one. */
  private static boolean isStreet(ScannedText text, List<LatinWord> words, int index) {
    LatinWord last = words.get(index);
    boolean dotted = text.at(last.end()) == '.';
    if (STREET_WORD.matcher(dotted ? last.surface() + '.' : last.surface()).matches()) {
      return true;
    }
    for (int i = index; i >= 0 && i > index - 7; i--) {
      LatinWord word = words.get(i);
      if (last.start() - word.start() > 60) {
        return false;
      }
      boolean stop = text.at(word.end()) == '.';
      if (PREFIX_WORD.matcher(stop ? word.surface() + '.' : word.surface()).matches()
          || PREFIX_WORD.matcher(word.surface()).matches()) {
        return true;
      }
    }
    return false;
  }

  private static void report(Matcher address, String folded, Consumer<Finding> findings) {
    int end = address.end();
    while (end > address.start() && " ,\n".indexOf(folded.charAt(end - 1)) >= 0) {
      end--;
    }
    findings.accept(
        new Finding(FindingType.STREET_ADDRESS, address.start(), end, 0.7, "international-street"));
  }

  private static int lineStart(String folded, int index, int distance) {
    int start = index;
    while (start > 0 && index - start < distance && folded.charAt(start - 1) != '\n') {
      start--;
    }
    while (start > 0 && start < index && LatinWord.isLetter(folded.charAt(start - 1))) {
      start++;
    }
    return start;
  }

  private static void all(Pattern pattern, String folded, String rule, Consumer<Finding> findings) {
    Matcher matcher = pattern.matcher(folded);
    while (matcher.find()) {
      findings.accept(
          new Finding(FindingType.STREET_ADDRESS, matcher.start(), matcher.end(), 0.8, rule));
    }
  }
}
