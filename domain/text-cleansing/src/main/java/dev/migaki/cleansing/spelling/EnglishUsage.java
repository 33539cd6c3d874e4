package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.WordList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
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

  /** "in it's own repository"; not "in it's a long way", whatever it may mean. */
  private static final Pattern ITS =
      Pattern.compile(
          "\\b(?:of|in|with|from|into|via|within|under|through) (it['’]s) "
              + "(?!an?\\b|the\\b|not\\b|been\\b|just\\b|also\\b|all\\b|very\\b|so\\b|too\\b|\\w+ing\\b|\\w+['’]s\\b|mine\\b|yours\\b)\\w");

  private static final Pattern LED_BY =
      Pattern.compile("\\b(?:is|are|was|were|been|being) (lead) by\\b");

  /** Whoever gives a version means the product. */
  private static final Pattern VERSIONED =
      Pattern.compile(
          "(?<![\\w./@:_-])(ruby|python|java|perl|php|django|rails|kotlin|swift|scala|elixir|ubuntu|debian"
              + "|fedora|android|firefox|safari|drupal|gradle|docker|haskell|julia) (?=\\d+\\.\\d)");

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

  private static final Pattern PACKAGE =
      Pattern.compile(" (?:gem|package|crate|module|command|image)s?\\b");

  static void find(String text, List<SpellingEdit> edits) {
    articles(text, edits);
    if (text.contains(" it's ") || text.contains(" it’s ")) {
      replaceAll(text, ITS, its -> "its", "its", edits);
    }
    if (text.contains(" lead by")) {
      replaceAll(text, LED_BY, lead -> "led", "led-by", edits);
    }
    if (hasVersion(text)) {
      replaceAll(text, VERSIONED, EnglishUsage::product, "proper-case", edits);
    }
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

  private static void replaceAll(
      String text,
      Pattern pattern,
      UnaryOperator<String> right,
      String rule,
      List<SpellingEdit> edits) {
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      String from = matcher.group(1);
      edits.add(new SpellingEdit(matcher.start(1), matcher.end(1), from, right.apply(from), rule));
    }
  }

  private static String product(String lower) {
    return lower.equals("php")
        ? "PHP"
        : Character.toUpperCase(lower.charAt(0)) + lower.substring(1);
  }

  /** Whether a point stands between digits. */
  private static boolean hasVersion(String text) {
    for (int i = 2; i + 2 < text.length(); i++) {
      if (text.charAt(i) == '.'
          && Character.isDigit(text.charAt(i - 1))
          && Character.isDigit(text.charAt(i + 1))) {
        return true;
      }
    }
    return false;
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

  /** Whether the word that ends here names a package or command, which has its own spelling. */
  static boolean isPackage(String text, int end) {
    return PACKAGE.matcher(text).region(end, text.length()).lookingAt();
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
