package dev.migaki.datasets.augmentation;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Groups of words that mean the same in one company, for the wordings that are trained; no held-out
 * question is made of them.
 *
 * @param groups by language: at most 500, each of 2 to 10 words of 2 to 64 characters
 */
public record Synonyms(Map<String, List<List<String>>> groups) {
  private static final int MOST_GROUPS = 500;
  private static final int MOST_WORDS = 10;
  private static final int LEAST_CHARACTERS = 2;
  private static final int MOST_CHARACTERS = 64;
  private static final Synonyms NONE = new Synonyms(Map.of());

  /**
   * @throws IllegalArgumentException if a bound is broken, or a group holds a pair of words that is
   *     reserved for held-out questions; the message names the group
   */
  public Synonyms {
    requireNonNull(groups, "groups");
    Map<String, List<List<String>>> copy = new TreeMap<>();
    groups.forEach((language, words) -> copy.put(language, requireGroups(language, words)));
    groups = copy;
  }

  /** A company that names none. */
  public static Synonyms none() {
    return NONE;
  }

  /** The groups of a language, none where nobody named any. */
  public List<List<String>> of(String language) {
    return groups.getOrDefault(language, List.of());
  }

  private static List<List<String>> requireGroups(String language, List<List<String>> groups) {
    String place = "augmentation.synonyms." + language;
    if (groups.size() > MOST_GROUPS) {
      throw new IllegalArgumentException(place + " may have at most 500 groups");
    }
    WordTable reserved = WordTable.reserved(language);
    List<List<String>> copy = new ArrayList<>();
    for (List<String> group : groups) {
      copy.add(requireGroup(place + "[" + copy.size() + "]", List.copyOf(group), reserved));
    }
    return List.copyOf(copy);
  }

  private static List<String> requireGroup(String place, List<String> group, WordTable reserved) {
    if (group.size() < 2 || group.size() > MOST_WORDS) {
      throw new IllegalArgumentException(place + " must have 2 to 10 words");
    }
    HashSet<String> different = new HashSet<>();
    for (String word : group) {
      boolean bare = word.equals(word.strip()) && word.chars().noneMatch(Character::isISOControl);
      if (!bare || word.length() < LEAST_CHARACTERS || word.length() > MOST_CHARACTERS) {
        throw new IllegalArgumentException(
            place + " must have words of 2 to 64 characters without blanks around them");
      }
      if (!different.add(word.toLowerCase(Locale.ROOT))) {
        throw new IllegalArgumentException(place + " has a word twice");
      }
    }
    for (String from : group) {
      for (String to : group) {
        if (reserved.exchanges(from, to)) {
          throw new IllegalArgumentException(
              place + " has two words whose exchange is reserved for held-out questions");
        }
      }
    }
    return group;
  }
}
