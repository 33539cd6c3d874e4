package dev.migaki.pretraining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Puts the sources together by a recipe: same recipe and input, same lines in the same order. */
public final class CorpusBuilder {
  private static final String REWORDED = "reworded-";
  private static final String RECALLED = "recalled-";
  private final CorpusRecipe recipe;
  private final Texts texts;
  private final TopicLibrary library = TopicLibrary.standard();
  private final QuestionForms forms = new QuestionForms();

  private CorpusBuilder(CorpusRecipe recipe, Texts texts) {
    this.recipe = recipe;
    this.texts = texts;
  }

  /**
   * @param input directory with {@code pretrain/}, {@code intents/} and {@code qa/}
   * @throws IOException when a file that the recipe needs is missing
   */
  public static CorpusBuilder over(Path input, CorpusRecipe recipe) throws IOException {
    return new CorpusBuilder(recipe, new Texts(input, heldOut(input, recipe.heldOut())));
  }

  private static HeldOut heldOut(Path input, List<String> files) throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<String> keys = new ArrayList<>();
    for (String file : files) {
      for (String line : Files.readAllLines(input.resolve(file))) {
        JsonNode row = json.readTree(line);
        keys.add(row.path("question").asText());
        keys.add(row.path("answer").asText());
      }
    }
    return new HeldOut(keys);
  }

  /** All lines by source, before mixing. */
  public Map<String, List<CorpusLine>> bySource() throws IOException {
    Map<String, List<CorpusLine>> all = new LinkedHashMap<>();
    for (String name : recipe.characters().keySet().stream().sorted().toList()) {
      int quota = recipe.characters().getOrDefault(name, 0);
      Random random = new Random(recipe.seed() * 31 + name.hashCode());
      List<CorpusLine> lines = source(name, random).lines(quota, random);
      all.put(name, lines);
    }
    return all;
  }

  /** The mixed corpus; plain text leads, so that words are known before questions are asked. */
  public List<CorpusLine> mixed(Map<String, List<CorpusLine>> bySource) {
    List<CorpusLine> early = new ArrayList<>();
    List<CorpusLine> rest = new ArrayList<>();
    Random random = new Random(recipe.seed());
    bySource.forEach(
        (name, lines) -> {
          for (CorpusLine line : lines) {
            boolean first = name.startsWith("text-") && random.nextDouble() < 0.5;
            (first ? early : rest).add(line);
          }
        });
    Collections.shuffle(rest, random);
    for (CorpusLine line : early) {
      rest.add(random.nextInt(Math.max(1, rest.size() / 3)), line);
    }
    return rest;
  }

  private CorpusSource source(String name, Random random) throws IOException {
    if (name.startsWith(REWORDED)) {
      CorpusSource original = source(name.substring(REWORDED.length()), random);
      return new RewordedSource(name, original, Synonyms.of(languageOf(name)));
    }
    if (name.startsWith(RECALLED)) {
      CorpusSource original = source(name.substring(RECALLED.length()), random);
      Language language = languageOf(name);
      return new RecalledSource(name, language, original, Declines.of(language));
    }
    int dash = name.indexOf('-');
    Language language = languageOf(name);
    String kind = name.substring(0, dash);
    String rest = name.substring(dash + 1);
    return switch (kind) {
      case "text" -> new PlainTextSource(name, kept(texts.texts(rest)));
      case "recall" -> new SentenceRecallSource(name, language, sentences(rest), forms);
      case "blocks" ->
          new QuestionAnswerSource(
              name, language, new QuestionSets(texts).blocks(rest, random), 4, forms);
      case "headings" ->
          new QuestionAnswerSource(
              name,
              language,
              new QuestionSets(texts).headings(texts.texts(rest), language),
              4,
              forms);
      case "intents" ->
          new QuestionAnswerSource(
              name,
              language,
              new QuestionSets(texts).intents("intents/" + rest + ".jsonl"),
              2,
              forms);
      case "wordings" ->
          new WordingsSource(
              name,
              language,
              new QuestionSets(texts).wordings("intents/" + rest + ".jsonl"),
              sentences(language.code() + "_tanaka_sentences"),
              forms);
      case "rows" ->
          new QuestionAnswerSource(
              name, language, new QuestionSets(texts).rows("qa/" + rest + ".jsonl"), 2, forms);
      case "facts" -> new CompanyFactSource(name, language, library, forms);
      case "given" -> new GivenTextSource(name, language, library, forms, Declines.of(language));
      case "rephrase" -> new RephraseSource(name, language, library, forms);
      case "unanswerable" ->
          new UnanswerableSource(name, everydayQuestions(rest, true), Declines.of(language));
      case "translation" ->
          new TranslationSource(
              name,
              texts.alignedLines("en_tanaka_sentences"),
              texts.alignedLines("ja_tanaka_sentences"));
      default -> throw new IllegalArgumentException("the recipe names an unknown source: " + name);
    };
  }

  /** The source's name says it: {@code facts-ja}, {@code recall-en_tanaka_sentences}. */
  private static Language languageOf(String name) {
    return name.matches("(" + RECALLED + "|" + REWORDED + ")*[a-z]+-ja.*")
        ? Language.JAPANESE
        : Language.ENGLISH;
  }

  private List<String> kept(List<String> all) {
    return all.stream().filter(text -> !texts.isHeldOut(text)).toList();
  }

  private List<String> sentences(String name) throws IOException {
    if (name.contains("tanaka")) {
      return everydayQuestions(name, false);
    }
    return kept(texts.texts(name)).stream()
        .flatMap(text -> text.lines())
        .flatMap(line -> Texts.sentences(line).stream())
        .toList();
  }

  private List<String> everydayQuestions(String name, boolean questions) throws IOException {
    return texts.alignedLines(name).stream()
        .filter(line -> !line.isBlank())
        .map(Texts::clean)
        .filter(line -> line.matches(".*([?？]|か。)$") == questions)
        .toList();
  }
}
