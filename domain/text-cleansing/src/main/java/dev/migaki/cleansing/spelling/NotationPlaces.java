package dev.migaki.cleansing.spelling;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map.Entry;
import java.util.Set;
import java.util.TreeMap;

/**
 * Of the places where one text has a spelling that may be changed, those where it is a word.
 *
 * <p>A change can make a word of what stands before it: 支払下さい reads as one compound, 支払ください as two
 * words. So places are looked at again, in the text as it is by then, until nothing more is
 * changed; a second correction changes nothing.
 */
final class NotationPlaces {

  /** Any part of speech. */
  static final String ANY = "-";

  private record Place(SpellingEdit edit, String partOfSpeech) {}

  private final ProtectedText text;

  /** Words that may be other parts of a katakana compound. */
  private final Set<String> own = new HashSet<>();

  private final List<Place> open = new ArrayList<>();

  NotationPlaces(ProtectedText text) {
    this.text = text;
  }

  void know(Set<String> words) {
    own.addAll(words);
  }

  void add(SpellingEdit edit, String partOfSpeech) {
    if (!text.touches(edit.start(), edit.end())) {
      open.add(new Place(edit, partOfSpeech));
    }
  }

  /** The edits to make, by position; of two that overlap the earlier, then the longer one. */
  List<SpellingEdit> edits() {
    open.sort(
        Comparator.comparingInt((Place place) -> place.edit().start())
            .thenComparing(Comparator.comparingInt((Place p) -> p.edit().end()).reversed()));
    TreeMap<Integer, SpellingEdit> made = new TreeMap<>();
    boolean more = true;
    while (more && !open.isEmpty()) {
      more = changed(made);
    }
    return List.copyOf(made.values());
  }

  private boolean changed(TreeMap<Integer, SpellingEdit> made) {
    List<SpellingEdit> before = List.copyOf(made.values());
    String now = CorrectedText.of(text.text(), before).text();
    WordBorders borders = new WordBorders(now);
    int next = 0;
    int shift = 0;
    for (Place place : open) {
      SpellingEdit edit = place.edit();
      while (next < before.size() && before.get(next).start() < edit.start()) {
        shift += before.get(next).to().length() - before.get(next).from().length();
        next++;
      }
      int start = edit.start() + shift;
      if (isFree(edit, made)
          && !isWrittenSo(now, start, edit)
          && isWord(borders, start, start + edit.from().length(), place.partOfSpeech())) {
        made.put(edit.start(), edit);
      }
    }
    open.removeIf(place -> !isFree(place.edit(), made));
    return made.size() > before.size();
  }

  private boolean isWord(WordBorders borders, int start, int end, String partOfSpeech) {
    return borders.isWord(start, end, own)
        && (partOfSpeech.equals(ANY) || borders.isPartOfSpeech(start, partOfSpeech));
  }

  private static boolean isFree(SpellingEdit edit, TreeMap<Integer, SpellingEdit> made) {
    Entry<Integer, SpellingEdit> before = made.lowerEntry(edit.end());
    return before == null || before.getValue().end() <= edit.start();
  }

  /** Whether the word stands inside the spelling that would replace it: 支払 in 支払い. */
  private static boolean isWrittenSo(String now, int start, SpellingEdit edit) {
    String to = edit.to();
    for (int at = to.indexOf(edit.from()); at >= 0; at = to.indexOf(edit.from(), at + 1)) {
      if (now.startsWith(to, start - at)) {
        return true;
      }
    }
    return false;
  }
}
