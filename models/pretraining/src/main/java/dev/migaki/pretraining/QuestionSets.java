package dev.migaki.pretraining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.pretraining.QuestionAnswerSource.Pair;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Question/answer pairs found in the input: FAQ blocks, health questions, customer intents,
 * headings.
 */
final class QuestionSets {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LONGEST_ANSWER = 220;
  private static final int LONGEST_JAPANESE_ANSWER = 110;
  private static final int VARIANTS = 6;
  private static final Pattern BLOCK =
      Pattern.compile("Question:\\s*(.+?)\\nAnswer:\\s*(.+)", Pattern.DOTALL);
  private final Texts texts;

  QuestionSets(Texts texts) {
    this.texts = texts;
  }

  /** {@code Question: … Answer: …} blocks; health questions get paraphrases by their type. */
  List<Pair> blocks(String name, Random random) throws IOException {
    List<Aspect> aspects =
        Resources.lines("health-aspects.txt").stream().map(Aspect::parse).toList();
    List<Pair> pairs = new ArrayList<>();
    for (String text : texts.texts(name)) {
      Matcher matcher = BLOCK.matcher(text);
      if (!matcher.matches() || texts.isHeldOut(text)) {
        continue;
      }
      String question = bare(Texts.clean(matcher.group(1)));
      String answer = Texts.opening(matcher.group(2), LONGEST_ANSWER);
      if (answer.length() < 15) {
        continue;
      }
      pairs.add(
          aspects.stream()
              .flatMap(aspect -> aspect.paraphrase(matcher.group(1), answer, random).stream())
              .findFirst()
              .orElse(new Pair(List.of(Phrases.uncapitalize(question)), List.of(), answer)));
    }
    return pairs;
  }

  /** Questions of real customers by intent, each intent with the answer that this project wrote. */
  List<Pair> intents(String file) throws IOException {
    Map<String, String> answers = new HashMap<>();
    for (String line : Resources.lines("intent-answers.txt")) {
      String[] fields = line.split("\t");
      answers.put(fields[0], fields[1]);
    }
    List<Pair> pairs = new ArrayList<>();
    for (String line : texts.jsonLines(file)) {
      JsonNode row = JSON.readTree(line);
      String answer = answers.get(row.path("intent").asText());
      if (answer != null) {
        String question = Phrases.uncapitalize(bare(Texts.clean(row.path("text").asText())));
        pairs.add(new Pair(List.of(question), List.of(), answer));
      }
    }
    return pairs;
  }

  /** Wordings of real users by intent, without final mark. */
  List<List<String>> wordings(String file) throws IOException {
    Map<String, List<String>> intents = new TreeMap<>();
    for (String line : texts.jsonLines(file)) {
      JsonNode row = JSON.readTree(line);
      intents
          .computeIfAbsent(row.path("intent").asText(), intent -> new ArrayList<>())
          .add(Phrases.uncapitalize(bare(Texts.clean(row.path("text").asText()))));
    }
    return List.copyOf(intents.values());
  }

  /** Rows of a JSONL question set with short answers. */
  List<Pair> rows(String file) throws IOException {
    List<Pair> pairs = new ArrayList<>();
    for (String line : texts.jsonLines(file)) {
      JsonNode row = JSON.readTree(line);
      String answer = Texts.opening(row.path("answer").asText(), LONGEST_ANSWER);
      String question = row.path("question").asText();
      if (!answer.isEmpty() && !texts.isHeldOut(question + "\n" + answer)) {
        pairs.add(
            new Pair(
                List.of(Phrases.uncapitalize(bare(Texts.clean(question)))), List.of(), answer));
      }
    }
    return pairs;
  }

  /** A heading followed by a paragraph: the heading asks, the first sentences answer. */
  List<Pair> headings(List<String> all, Language language) {
    Map<String, String> found = new LinkedHashMap<>();
    int longest = language == Language.ENGLISH ? LONGEST_ANSWER : LONGEST_JAPANESE_ANSWER;
    for (String text : all) {
      String heading = "";
      for (String line : text.split("\n")) {
        String clean = Texts.clean(line);
        if (clean.isEmpty()) {
          continue;
        }
        boolean sentence = clean.matches(".*[.。:：!?？,、;].*");
        if (!sentence && clean.length() >= 4 && clean.length() <= 60) {
          heading = clean;
        } else {
          String answer = Texts.opening(clean, longest);
          if (!heading.isEmpty() && answer.length() >= 20 && answer.matches(".*[.。]$")) {
            found.put(heading, answer);
          }
          heading = "";
        }
      }
    }
    List<Pair> pairs = new ArrayList<>();
    found.forEach(
        (heading, answer) -> {
          if (!texts.isHeldOut(heading + "\n" + answer)) {
            pairs.add(new Pair(List.of(), List.of(heading), answer));
          }
        });
    return pairs;
  }

  private static String bare(String question) {
    return question.replaceAll("[?？.。!]+$", "").strip();
  }

  /** One question type with paraphrases. */
  private record Aspect(Pattern pattern, List<String> questions, List<String> nouns) {
    static Aspect parse(String line) {
      String[] fields = line.split("\t");
      return new Aspect(
          Pattern.compile(fields[0]),
          List.of(fields[1].split(" ; ")),
          List.of(fields[2].split(" ; ")));
    }

    List<Pair> paraphrase(String question, String answer, Random random) {
      Matcher matcher = pattern.matcher(question.strip());
      if (!matcher.matches()) {
        return List.of();
      }
      String condition = matcher.group(1).strip();
      return List.of(
          new Pair(
              variants(questions, condition, random), variants(nouns, condition, random), answer));
    }

    private static List<String> variants(List<String> phrases, String condition, Random random) {
      List<String> variants = new ArrayList<>();
      for (int i = 0; i < VARIANTS; i++) {
        String phrase = Phrases.expand(Phrases.pick(phrases, random), Map.of(), random);
        variants.add(phrase.replace("{x}", condition));
      }
      return variants;
    }
  }
}
