package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** How one person's name may be written again later in a document. */
public final class PersonNames {

  private PersonNames() {}

  /** The name as given, joined or spaced, and its parts where they are distinctive. */
  public static List<String> forms(String name) {
    Set<String> forms = new LinkedHashSet<>();
    String folded = TextFolding.fold(name).strip();
    if (folded.length() < 2) {
      return List.of();
    }
    boolean japanese = folded.codePoints().anyMatch(c -> c >= 0x3040 && c <= 0x9FFF);
    if (japanese) {
      japaneseForms(folded, forms);
    } else {
      forms.add(folded);
      for (LatinWord word : LatinWord.split(folded)) {
        boolean distinctive =
            word.surface().length() >= 3
                && Character.isUpperCase(word.surface().charAt(0))
                && !EnglishNames.isAmbiguous(word)
                && (EnglishNames.isGiven(word) || EnglishNames.isFamily(word));
        if (distinctive) {
          forms.add(word.surface());
        }
      }
    }
    return new ArrayList<>(forms);
  }

  private static void japaneseForms(String folded, Set<String> forms) {
    String compact = folded.replace(" ", "");
    if (compact.length() < 2) {
      return;
    }
    forms.add(folded);
    forms.add(compact);
    if (KatakanaNameRecognizer.isDotted(compact)) {
      forms.addAll(KatakanaNameRecognizer.distinctiveParts(compact));
      return;
    }
    int space = folded.indexOf(' ');
    int border = space >= 0 ? space : JapaneseNames.familyLength(compact);
    if (space < 0 && border > 0) {
      forms.add(compact.substring(0, border) + " " + compact.substring(border));
    }
    if (border >= 2) {
      forms.add(compact.substring(0, border));
    }
    String given = border > 0 ? compact.substring(border) : "";
    if (given.length() >= 2 && JapaneseNames.isDistinctiveGiven(given)) {
      forms.add(given);
    }
  }

  /** Whether one name, as {@link Glossary#key} spells it, begins or ends another. */
  public static boolean isPartOf(String shorter, String longer) {
    boolean part = longer.startsWith(shorter) || longer.endsWith(shorter);
    boolean latin = !shorter.isEmpty() && shorter.charAt(0) < 0x250;
    return part && shorter.length() < longer.length() && shorter.length() >= (latin ? 4 : 2);
  }

  /**
   * One spelling per person for pseudonyms: words in alphabetic order, so that "Smith, John" is
   * "John Smith".
   */
  public static String identityKey(String name) {
    String[] words = Glossary.folded(name).toLowerCase(Locale.ROOT).split("[\\s,.]+");
    Arrays.sort(words);
    return Glossary.key(String.join(" ", words));
  }

  /** Whether an occurrence is the name itself and no part of a longer word or place name. */
  public static boolean standsAlone(ScannedText text, int start, int end) {
    char first = text.at(start);
    char before = text.at(start - 1);
    char after = text.at(end);
    if (LatinWord.isLetter(first)) {
      boolean capital =
          Character.isUpperCase(text.text().charAt(start)) || first != text.lower().charAt(start);
      return !LatinWord.isLetter(before)
          && !LatinWord.isLetter(after)
          && !NumberGroups.isDigit(before)
          && !NumberGroups.isDigit(after)
          && "@_/\\".indexOf(before) < 0
          && "@_".indexOf(after) < 0
          && (capital || text.lower().substring(start, end).indexOf(' ') > 0);
    }
    if (end - start >= 4) {
      return true;
    }
    boolean katakana = first >= 'ァ' && first <= 'ヿ';
    if (katakana) {
      return !(before >= 'ァ' && before <= 'ヿ') && !(after >= 'ァ' && after <= 'ヿ');
    }
    boolean hanBefore = before >= '一' && before <= '鿿';
    boolean hanAfter = after >= '一' && after <= '鿿' && "様氏殿君先部課社店主係会医教支院".indexOf(after) < 0;
    return !hanBefore && !hanAfter;
  }
}
