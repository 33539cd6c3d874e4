package dev.migaki.datasets.recipes;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.datasets.augmentation.Synonyms;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads {@code augmentation.synonyms}: by language, lists of words that mean the same. */
final class SynonymsBlock {
  private static final String PLACE = "augmentation.synonyms";

  private SynonymsBlock() {}

  static Synonyms read(JsonNode block) {
    if (block.isMissingNode() || block.isNull()) {
      return Synonyms.none();
    }
    if (!block.isObject()) {
      throw new IllegalArgumentException(PLACE + " must be lists of words by language");
    }
    Map<String, List<List<String>>> groups = new TreeMap<>();
    for (Map.Entry<String, JsonNode> language : block.properties()) {
      groups.put(language.getKey(), groups(PLACE + "." + language.getKey(), language.getValue()));
    }
    return new Synonyms(groups);
  }

  private static List<List<String>> groups(String place, JsonNode list) {
    if (!list.isArray()) {
      throw new IllegalArgumentException(place + " must be a list of lists of words");
    }
    List<List<String>> groups = new ArrayList<>();
    for (JsonNode group : list) {
      List<String> words = new ArrayList<>();
      if (!group.isArray()) {
        throw new IllegalArgumentException(
            place + "[" + groups.size() + "] must be a list of words");
      }
      for (JsonNode word : group) {
        if (!word.isTextual()) {
          throw new IllegalArgumentException(
              place + "[" + groups.size() + "] must be a list of words; put numbers into quotes");
        }
        words.add(word.asText());
      }
      groups.add(words);
    }
    return groups;
  }
}
