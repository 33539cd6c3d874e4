package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A white list of rules that are right wherever they match: the article before a vowel, "could of",
 * product names and proper nouns in the case that their owners give them.
 */
final class EnglishUsage {

  private static final Pattern ARTICLE =
      Pattern.compile("(?<![\\w'-])([Aa]n?) ([a-z]{3,20})(?![\\w'-])");

  /** Vowel letters that do not sound as vowels, and silent h. */
  private static final Pattern SOUNDS_AS_CONSONANT =
      Pattern.compile(
          "(?:u[bcfkqrst][aeiou]|uni(?!n|m)|use|usu|uti|eu|ewe|on[ce]|ouija|ubiq|utop|uran).*");

  private static final Pattern MODAL_OF =
      Pattern.compile(
          "\\b([Cc]ould|[Ss]hould|[Ww]ould|[Mm]ust|[Mm]ight) of (?=been|had|done|gone|made|taken|seen|known|given|come|used)");

  private static final Pattern FOLLOW =
      Pattern.compile(
          "\\b([Tt]he|[Tt]hese) follow (?=(?:criteri|step|instruction|command|condition|requirement|example|question|table|section)\\w*\\b)");

  private static final Set<String> DAYS_AND_PEOPLES =
      Set.of(
          ("monday tuesday wednesday thursday friday saturday january february september october"
                  + " november december english german spanish japanese chinese italian korean"
                  + " american european canadian australian")
              .split(" "));

  private static final Map<String, String> PRODUCTS = new HashMap<>();

  static {
    for (String name : WordList.load("product-spellings.txt")) {
      PRODUCTS.put(name.toLowerCase(Locale.ROOT), name);
    }
  }

  private EnglishUsage() {}

  static void find(String text, List<SpellingEdit> edits) {
    articles(text, edits);
    if (text.contains("he follow ") || text.contains("hese follow ")) {
      Matcher follow = FOLLOW.matcher(text);
      while (follow.find()) {
        String right = follow.group(1) + " following ";
        edits.add(
            new SpellingEdit(follow.start(), follow.end(), follow.group(), right, "the-following"));
      }
    }
    if (!text.contains(" of ")) {
      return;
    }
    Matcher modal = MODAL_OF.matcher(text);
    while (modal.find()) {
      String right = modal.group(1) + " have ";
      edits.add(new SpellingEdit(modal.start(), modal.end(), modal.group(), right, "modal-of"));
    }
  }

  private static void articles(String text, List<SpellingEdit> edits) {
    Matcher matcher = ARTICLE.matcher(text);
    while (matcher.find()) {
      String word = matcher.group(2);
      if (!EnglishSpeller.instance().isWord(word)) {
        continue;
      }
      boolean vowel =
          "aeio".indexOf(word.charAt(0)) >= 0 && !SOUNDS_AS_CONSONANT.matcher(word).matches();
      boolean consonant = "bcdfgjklmpqrstvwyz".indexOf(word.charAt(0)) >= 0;
      String article = matcher.group(1);
      boolean an = article.length() == 2;
      if (vowel && !an || consonant && an) {
        String right = an ? article.substring(0, 1) : article + "n";
        edits.add(new SpellingEdit(matcher.start(1), matcher.end(1), article, right, "article"));
      }
    }
  }

  /** The right case of a product, a day, a language; the word itself if it has none. */
  static String inOwnCase(String word) {
    String lower = word.toLowerCase(Locale.ROOT);
    String product = PRODUCTS.get(lower);
    boolean shouted = word.equals(word.toUpperCase(Locale.ROOT));
    if (product != null && !shouted) {
      return product;
    }
    return word.equals(lower) && DAYS_AND_PEOPLES.contains(lower)
        ? Character.toUpperCase(lower.charAt(0)) + lower.substring(1)
        : word;
  }
}
