package dev.migaki.cleansing.spelling;

import dev.migaki.cleansing.recognition.KeywordMatcher;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A tenant's spellings, found in one pass over a text. */
final class NotationTable {

  static final String RULE = "notation-table";

  private final List<String> written;
  private final List<String> right = new ArrayList<>();
  private final KeywordMatcher matcher;

  /** The spellings of both sides. */
  private final Set<String> words = new HashSet<>();

  NotationTable(Map<String, String> table) {
    written = List.copyOf(table.keySet());
    written.forEach(word -> right.add(table.getOrDefault(word, word)));
    matcher = KeywordMatcher.of(written);
    words.addAll(written);
    words.addAll(right);
  }

  Set<String> words() {
    return words;
  }

  void find(String text, NotationPlaces places) {
    places.know(words);
    matcher.scan(
        text,
        (start, end, word) ->
            places.add(
                new SpellingEdit(start, end, written.get(word), right.get(word), RULE),
                NotationPlaces.ANY));
  }
}
