package dev.migaki.cleansing.recognition;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Where in a text which cue words stand, found in one pass. */
final class CueIndex {

  /** A cue word's place. */
  record Place(int start, int end) {}

  private static final List<String> WORDS = new ArrayList<>();
  private static final List<List<Cue>> CUES = new ArrayList<>();
  private static final KeywordMatcher MATCHER;

  static {
    for (Cue cue : Cue.values()) {
      for (String word : cue.words()) {
        int known = WORDS.indexOf(word);
        if (known < 0) {
          WORDS.add(word);
          CUES.add(new ArrayList<>(List.of(cue)));
        } else if (!CUES.get(known).contains(cue)) {
          CUES.get(known).add(cue);
        }
      }
    }
    MATCHER = KeywordMatcher.of(WORDS);
  }

  private final Map<Cue, List<Place>> places = new EnumMap<>(Cue.class);

  private CueIndex() {}

  static CueIndex of(String lower) {
    CueIndex index = new CueIndex();
    MATCHER.scan(
        lower,
        (start, end, keyword) -> {
          if (isWholeWord(lower, start, end)) {
            Place place = new Place(start, end);
            for (Cue cue : CUES.get(keyword)) {
              index.places.computeIfAbsent(cue, c -> new ArrayList<>()).add(place);
            }
          }
        });
    return index;
  }

  /** A Latin cue must not be part of a longer Latin word ("tel" in "hotel"). */
  private static boolean isWholeWord(String lower, int start, int end) {
    char first = lower.charAt(start);
    if (LatinWord.isLetter(first) && start > 0 && LatinWord.isLetter(lower.charAt(start - 1))) {
      return false;
    }
    char last = lower.charAt(end - 1);
    return !(LatinWord.isLetter(last)
        && end < lower.length()
        && LatinWord.isLetter(lower.charAt(end)));
  }

  List<Place> places(Cue cue) {
    return places.getOrDefault(cue, List.of());
  }

  boolean has(Cue cue) {
    return places.containsKey(cue);
  }

  /** Whether the cue stands wholly inside [from, to). */
  boolean within(Cue cue, int from, int to) {
    List<Place> known = places(cue);
    for (int i = firstEndingFrom(known, from); i < known.size() && known.get(i).end <= to; i++) {
      if (known.get(i).start >= from) {
        return true;
      }
    }
    return false;
  }

  /** Places stand by rising end. */
  private static int firstEndingFrom(List<Place> places, int from) {
    int low = 0;
    int high = places.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (places.get(middle).end < from) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Whether the cue stands in the characters before {@code start}. */
  boolean before(Cue cue, int start, int distance) {
    return within(cue, start - distance, start);
  }

  /** Whether the cue stands within a distance on either side. */
  boolean near(Cue cue, int start, int end, int distance) {
    return within(cue, start - distance, start) || within(cue, end, end + distance);
  }
}
