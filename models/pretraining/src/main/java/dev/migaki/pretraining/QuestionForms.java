package dev.migaki.pretraining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Turns a question, a noun phrase or bare words into one of many ways in which people ask. The
 * variety is what teaches the model to look at the content and not at the frame around it.
 */
final class QuestionForms {
  private final Map<Language, Wrappers> wrappers = new EnumMap<>(Language.class);

  QuestionForms() {
    for (Language language : Language.values()) {
      wrappers.put(
          language, Wrappers.parse(Resources.lines("wrappers-" + language.code() + ".txt")));
    }
  }

  /** A whole question (no final mark) in some frame, now and then only its words. */
  String ask(String question, Language language, Random random) {
    double draw = random.nextDouble();
    if (draw < 0.72) {
      return roughen(wrap(of(language).questions(), question, random), language, random);
    }
    return byWords(ContentWords.of(question, language), question, language, random);
  }

  /** A noun phrase in some frame. */
  String about(String noun, Language language, Random random) {
    return roughen(wrap(of(language).nouns(), noun, random), language, random);
  }

  /** A few content words, often out of order, alone or in a frame. */
  String byWords(List<String> words, String fallback, Language language, Random random) {
    List<String> chosen = new ArrayList<>(words);
    if (chosen.isEmpty()) {
      return about(fallback, language, random);
    }
    if (random.nextDouble() < 0.5) {
      Collections.shuffle(chosen, random);
    }
    int wanted = Math.min(chosen.size(), 2 + random.nextInt(4));
    while (chosen.size() > wanted) {
      chosen.remove(random.nextInt(chosen.size()));
    }
    String joined = String.join(separator(language, random), chosen);
    return random.nextDouble() < 0.45
        ? joined
        : roughen(wrap(of(language).nouns(), joined, random), language, random);
  }

  private static String separator(Language language, Random random) {
    return switch (language) {
      case ENGLISH -> random.nextDouble() < 0.8 ? " " : ", ";
      case JAPANESE -> Phrases.pick(List.of(" ", "　", "、", "の", "と", "", "で"), random);
    };
  }

  private static String wrap(List<String> frames, String core, Random random) {
    return Phrases.pick(frames, random)
        .replace("{q}", core)
        .replace("{k}", core)
        .replace("{Q}", Phrases.capitalize(core))
        .replace("{K}", Phrases.capitalize(core));
  }

  /** What hurried people do: no capitals, no marks, a lost word. */
  private static String roughen(String text, Language language, Random random) {
    String rough = text;
    double draw = random.nextDouble();
    if (language == Language.ENGLISH && draw < 0.15) {
      rough = rough.toLowerCase(Locale.ROOT);
    } else if (language == Language.ENGLISH && draw < 0.17) {
      rough = rough.toUpperCase(Locale.ROOT);
    }
    if (random.nextDouble() < 0.12) {
      rough = rough.replaceAll("[?？。.!！]$", "");
    }
    if (language == Language.ENGLISH && random.nextDouble() < 0.08) {
      List<String> words = new ArrayList<>(List.of(rough.split(" ")));
      if (words.size() > 4) {
        words.remove(random.nextInt(words.size()));
        rough = String.join(" ", words);
      }
    }
    return rough;
  }

  private Wrappers of(Language language) {
    Wrappers found = wrappers.get(language);
    if (found == null) {
      throw new IllegalStateException("no wrappers for " + language);
    }
    return found;
  }

  /** The frames of one language. */
  private record Wrappers(List<String> questions, List<String> nouns) {
    static Wrappers parse(List<String> lines) {
      return new Wrappers(startingWith(lines, "q "), startingWith(lines, "k "));
    }

    private static List<String> startingWith(List<String> lines, String start) {
      return lines.stream()
          .filter(l -> l.startsWith(start))
          .map(l -> l.substring(2).strip())
          .toList();
    }
  }
}
