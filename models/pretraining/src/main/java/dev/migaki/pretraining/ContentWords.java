package dev.migaki.pretraining;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a sentence that carry its meaning, found by stop words (English) or script runs
 * (Japanese).
 */
final class ContentWords {
  private static final Pattern ENGLISH = Pattern.compile("[A-Za-z][A-Za-z'-]+|\\d[\\d.,:]*");
  private static final Pattern JAPANESE =
      Pattern.compile("[\\p{IsHan}々]+|[\\p{IsKatakana}ー]{2,}|[A-Za-z0-9]+");
  private static final Set<String> STOP =
      Set.of(
          ("a an the of to in on at by for from with about as is are was were be been being am do does did"
                  + " have has had having i you he she it we they me him her us them my your his its our"
                  + " their this that these those there here and or but if so than then not no nor can"
                  + " could will would shall should may might must what which who whom whose when where"
                  + " why how any some all very too just also into out up down over under again please"
                  + " tell know get got it's i'm don't can't didn't isn't i've i'll you're i'd need want")
              .split(" "));
  private static final Set<String> JAPANESE_STOP =
      Set.of("何", "私", "彼", "事", "人", "時", "的", "中", "方", "上", "場合");

  private ContentWords() {}

  /** Content words in order of appearance; English ones in lower case. */
  static List<String> of(String sentence, Language language) {
    List<String> words = new ArrayList<>();
    Matcher matcher =
        switch (language) {
          case ENGLISH -> ENGLISH.matcher(sentence);
          case JAPANESE -> JAPANESE.matcher(sentence);
        };
    while (matcher.find()) {
      String word = matcher.group();
      boolean stop =
          switch (language) {
            case ENGLISH -> STOP.contains(word.toLowerCase(Locale.ROOT));
            case JAPANESE -> JAPANESE_STOP.contains(word);
          };
      if (!stop) {
        words.add(language == Language.ENGLISH ? lowerUnlessName(word) : word);
      }
    }
    return words;
  }

  private static String lowerUnlessName(String word) {
    boolean acronym = word.length() > 1 && word.equals(word.toUpperCase(Locale.ROOT));
    return acronym ? word : word.toLowerCase(Locale.ROOT);
  }
}
