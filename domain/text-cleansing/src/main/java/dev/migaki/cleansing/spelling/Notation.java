package dev.migaki.cleansing.spelling;

import static java.util.Objects.requireNonNull;

import dev.migaki.cleansing.repair.TextRepair;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Map.Entry;

/**
 * How words that may be spelled in several ways (表記ゆれ) are spelled in a dataset.
 *
 * @param table from a spelling to the one that stands in its place, such as サーバ to サーバー; at most
 *     5,000 of at most 64 characters
 * @param towardMajority whether the shipped variants follow what a document writes most often
 */
public record Notation(Map<String, String> table, boolean towardMajority) {

  private static final int MOST_WORDS = 5_000;
  private static final int MOST_CHARACTERS = 64;
  private static final Notation AS_WRITTEN = new Notation(Map.of(), false);

  /**
   * @throws IllegalArgumentException if a word can never be found or the table does not come to
   *     rest; the message names the key
   */
  public Notation {
    requireNonNull(table, "table");
    if (table.size() > MOST_WORDS) {
      throw new IllegalArgumentException(
          "findings.notation may have at most 5000 words but has " + table.size());
    }
    table = new LinkedHashMap<>(table);
    for (Entry<String, String> word : table.entrySet()) {
      requireSpelling(word.getKey(), word.getKey());
      requireSpelling(word.getKey(), word.getValue());
    }
    if (!table.isEmpty()) {
      requireRest(table);
    }
    table = Collections.unmodifiableMap(table);
  }

  /** Every word stays as it is written. */
  public static Notation asWritten() {
    return AS_WRITTEN;
  }

  private static void requireSpelling(String key, String word) {
    if (word.isBlank() || !word.equals(word.strip()) || word.length() > MOST_CHARACTERS) {
      throw fault(key, "words of 1 to 64 characters without blanks around them are expected");
    }
    if (word.chars().anyMatch(c -> c == '<' || c == '>' || c == '`' || Character.isISOControl(c))) {
      throw fault(key, "a word cannot hold <, >, ` or a line break");
    }
    if (!TextRepair.all().repair(word).text().equals(word)) {
      throw fault(key, "no repaired text holds it so; full-width kana and composed letters do");
    }
  }

  /** What was replaced once must be replaced by nothing else. */
  private static void requireRest(Map<String, String> table) {
    NotationTable words = new NotationTable(table);
    for (Entry<String, String> word : table.entrySet()) {
      String key = word.getKey();
      String right = word.getValue();
      if (right.equals(key)) {
        throw fault(key, "is replaced by itself");
      }
      if (new WordBorders(key).isName(0, key.length())) {
        throw fault(key, "is taken for the name of a person or place, which is never respelled");
      }
      NotationPlaces places = new NotationPlaces(new ProtectedText(right, List.of()));
      words.find(right, places);
      List<SpellingEdit> again = places.edits();
      if (!again.isEmpty()) {
        String other = again.get(0).from();
        throw fault(key, "its spelling holds " + other + ", which is replaced too");
      }
    }
  }

  private static IllegalArgumentException fault(String key, String what) {
    return new IllegalArgumentException("findings.notation." + key + ": " + what);
  }
}
