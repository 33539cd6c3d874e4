package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.KeywordMatcher;
import dev.migaki.cleansing.recognition.WordList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The shipped words that are spelled in several ways, and which of these a document prefers.
 *
 * <p>Counted per word over the whole document, in the places where a spelling could be changed;
 * only a spelling that stands more often than every other one is followed.
 */
final class NotationVariants {

  static final String RULE = "notation-majority";

  /** A spelling in one inflection, the word that it belongs to and which of its spellings it is. */
  private record Form(String text, int word, int spelling, int inflection) {}

  /**
   * @param spellings of the word, each in the same inflections
   */
  private record Word(String partOfSpeech, List<List<String>> spellings) {}

  private static final List<Word> WORDS = new ArrayList<>();
  private static final List<Form> FORMS = new ArrayList<>();
  private static final Set<String> TEXTS = new HashSet<>();
  private static final KeywordMatcher MATCHER;

  static {
    for (String line : WordList.load("notation-variants.txt")) {
      String[] fields = line.split("\t", -1);
      List<List<String>> spellings = new ArrayList<>();
      for (String spelling : Arrays.asList(fields).subList(1, fields.length)) {
        List<String> inflections = List.of(spelling.split(" "));
        for (String form : inflections) {
          FORMS.add(new Form(form, WORDS.size(), spellings.size(), inflections.indexOf(form)));
          TEXTS.add(form);
        }
        spellings.add(inflections);
      }
      if (spellings.size() < 2
          || spellings.stream().anyMatch(s -> s.size() != spellings.get(0).size())) {
        throw new IllegalStateException(
            "notation-variants.txt: part of speech and spellings in the same inflections expected: "
                + line);
      }
      WORDS.add(new Word(fields[0], spellings));
    }
    MATCHER = KeywordMatcher.of(FORMS.stream().map(Form::text).toList());
  }

  private NotationVariants() {}

  /**
   * What the texts of a document write most often.
   *
   * @param decided words whose spelling is decided otherwise
   */
  static NotationMajority majority(List<ProtectedText> document, Set<String> decided) {
    BitSet several = inSeveralSpellings(document);
    if (several.isEmpty()) {
      return NotationMajority.NONE;
    }
    int[][] counts = new int[WORDS.size()][];
    Arrays.setAll(counts, word -> new int[WORDS.get(word).spellings().size()]);
    document.forEach(text -> count(text, several, counts));
    Map<Integer, Integer> chosen = new HashMap<>();
    for (int word = 0; word < counts.length; word++) {
      if (!isDecided(WORDS.get(word), decided)) {
        int most = most(counts[word]);
        if (most >= 0) {
          chosen.put(word, most);
        }
      }
    }
    return chosen.isEmpty() ? NotationMajority.NONE : new NotationMajority(chosen);
  }

  private static boolean isDecided(Word word, Set<String> decided) {
    return word.spellings().stream().flatMap(List::stream).anyMatch(decided::contains);
  }

  /** The spelling that is written most often; -1 if it is the only one or there are several. */
  private static int most(int[] counts) {
    int written = 0;
    int most = 0;
    for (int spelling = 0; spelling < counts.length; spelling++) {
      written += counts[spelling] > 0 ? 1 : 0;
      most = counts[spelling] > counts[most] ? spelling : most;
    }
    for (int spelling = 0; spelling < counts.length; spelling++) {
      if (spelling != most && counts[spelling] == counts[most]) {
        return -1;
      }
    }
    return written < 2 ? -1 : most;
  }

  static void find(String text, NotationMajority majority, NotationPlaces places) {
    places.know(TEXTS);
    MATCHER.scan(
        text,
        (start, end, index) -> {
          Form form = FORMS.get(index);
          int spelling = majority.of(form.word(), form.spelling());
          if (spelling != form.spelling()) {
            Word word = WORDS.get(form.word());
            String to = word.spellings().get(spelling).get(form.inflection());
            places.add(new SpellingEdit(start, end, form.text(), to, RULE), word.partOfSpeech());
          }
        });
  }

  /** Words that may stand in several spellings, by their letters alone: the analysis costs more. */
  private static BitSet inSeveralSpellings(List<ProtectedText> document) {
    BitSet[] spellings = new BitSet[WORDS.size()];
    Arrays.setAll(spellings, word -> new BitSet());
    BitSet several = new BitSet();
    for (ProtectedText text : document) {
      String letters = text.text();
      MATCHER.scan(
          letters,
          (start, end, index) -> {
            if (end == letters.length() || letters.charAt(end) != 'ー') {
              Form form = FORMS.get(index);
              BitSet seen = spellings[form.word()];
              seen.set(form.spelling());
              several.set(form.word(), seen.cardinality() > 1);
            }
          });
    }
    return several;
  }

  private static void count(ProtectedText text, BitSet several, int[][] counts) {
    WordBorders borders = new WordBorders(text.text());
    MATCHER.scan(
        text.text(),
        (start, end, index) -> {
          Form form = FORMS.get(index);
          Word word = WORDS.get(form.word());
          if (several.get(form.word())
              && borders.isWord(start, end, TEXTS)
              && (word.partOfSpeech().equals(NotationPlaces.ANY)
                  || borders.isPartOfSpeech(start, word.partOfSpeech()))
              && !text.touches(start, end)) {
            counts[form.word()][form.spelling()]++;
          }
        });
  }
}
