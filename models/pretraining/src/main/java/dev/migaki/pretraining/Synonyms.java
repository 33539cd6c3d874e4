package dev.migaki.pretraining;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Exchanges words of a question for others of the same meaning, so that the model learns which
 * words mean the same.
 */
final class Synonyms {
  private static final double SHARE = 0.45;
  private final Map<String, List<String>> others;
  private final Pattern words;

  private Synonyms(Map<String, List<String>> others, Pattern words) {
    this.others = others;
    this.words = words;
  }

  static Synonyms of(Language language) {
    Map<String, List<String>> others = new LinkedHashMap<>();
    for (String line : Resources.lines("synonyms-" + language.code() + ".txt")) {
      List<String> group = Arrays.stream(line.split(" / ")).map(String::strip).toList();
      for (String word : group) {
        List<String> rest = new ArrayList<>(group);
        rest.remove(word);
        others.computeIfAbsent(word, key -> new ArrayList<>()).addAll(rest);
      }
    }
    String alternatives =
        String.join(
            "|",
            others.keySet().stream()
                .sorted((a, b) -> b.length() - a.length())
                .map(Pattern::quote)
                .toList());
    String bounded =
        switch (language) {
          case ENGLISH -> "\\b(?:" + alternatives + ")\\b";
          case JAPANESE -> alternatives;
        };
    return new Synonyms(others, Pattern.compile(bounded));
  }

  /** The text with some of its words exchanged; words with capitals stay. */
  String exchange(String text, Random random) {
    Matcher matcher = words.matcher(text);
    return matcher.replaceAll(
        match ->
            Matcher.quoteReplacement(
                random.nextDouble() < SHARE
                    ? Phrases.pick(
                        others.getOrDefault(match.group(), List.of(match.group())), random)
                    : match.group()));
  }
}
