package dev.migaki.datasets.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.Rejection;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.Extraction;
import dev.migaki.datasets.extraction.QuestionAnswerExtractor;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.similarity.TextFold;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Precision and recall of extracted pairs: {@code QuestionAnswerFigures DIRECTORY JUDGEMENTS}
 * prints tables; {@code --list} in place of the judgements prints every pair with its id, to be
 * judged. A directory beside a {@code planted.json} is measured against that.
 *
 * <p>Judgements are lines of {@code id verdict}, separated by a tab, without text; {@code faq FILE
 * COUNT} says how many questions a page asks and answers.
 */
public final class QuestionAnswerFigures {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final DocumentParser parser = new DocumentParser(ParseLimits.defaults());
  private final QuestionAnswerExtractor extractor =
      new QuestionAnswerExtractor(QualityLimits.defaults());

  /** Pairs by file that were read, but are longer than the default recipe keeps. */
  private final Map<String, Integer> tooLong = new HashMap<>();

  private QuestionAnswerFigures() {}

  /** A question of the samples, and the words that answer it. */
  private record Planted(String question, String answer) {}

  public static void main(String[] arguments) throws IOException {
    Path directory = Path.of(arguments[0]);
    QuestionAnswerFigures figures = new QuestionAnswerFigures();
    Map<String, List<Example>> pairs = figures.extract(directory);
    Path planted = directory.resolveSibling("planted.json");
    if (arguments.length > 1 && arguments[1].equals("--list")) {
      pairs.values().forEach(list -> list.forEach(QuestionAnswerFigures::show));
    } else if (Files.exists(planted)) {
      planted(pairs, JSON.readTree(planted.toFile()));
    } else {
      figures.judged(pairs, Files.readAllLines(Path.of(arguments[1])));
    }
  }

  private Map<String, List<Example>> extract(Path directory) throws IOException {
    Map<String, List<Example>> pairs = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> walk = Files.walk(directory)) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    for (Path file : files) {
      String name = directory.relativize(file).toString();
      // the corpus's index and the texts that parsers should give are no documents of it
      boolean meta = name.startsWith("expected") || name.equals("index.jsonl");
      if (!meta
          && parser.parse(Files.readAllBytes(file), ParseHints.ofFilename(name))
              instanceof ParseOutcome.Parsed parsed) {
        ParsedDocument document = parsed.document();
        String declared = document.language() == null ? "en" : document.language();
        String language = TextLanguage.of(document.text(), declared);
        DocumentOrigin origin = new DocumentOrigin(name, 1, name, language);
        Extraction extraction = extractor.extract(origin, document);
        pairs.put(name, extraction.examples());
        for (Rejection rejection : extraction.rejections()) {
          boolean manual = rejection.extractor().equals("heading-template");
          if (rejection.reason() == RejectReason.ANSWER_TOO_LONG && !manual) {
            tooLong.merge(name, 1, Integer::sum);
          }
        }
      }
    }
    return pairs;
  }

  private static void show(Example pair) {
    String answer = pair.answer().replace("\n", " / ");
    System.out.printf(
        "%s\t%s\t%s\t%s\t%s%n",
        shortId(pair),
        pair.extractor(),
        pair.source() == null ? "" : pair.source().documentId(),
        pair.question().replace("\n", " / "),
        answer.substring(0, Math.min(160, answer.length())));
  }

  private static String shortId(Example pair) {
    return pair.id().substring(0, 16);
  }

  private void judged(Map<String, List<Example>> pairs, List<String> judgements) {
    Map<String, String> verdicts = new HashMap<>();
    Map<String, Integer> pages = new TreeMap<>();
    for (String line : judgements) {
      String[] parts = line.split("\t");
      if (parts[0].equals("faq")) {
        pages.put(parts[1], Integer.parseInt(parts[2]));
      } else if (parts.length > 1 && !line.startsWith("#")) {
        verdicts.put(parts[0], parts[1]);
      }
    }
    Map<String, int[]> byRule = new TreeMap<>();
    for (List<Example> list : pairs.values()) {
      for (Example pair : list) {
        String verdict = verdicts.getOrDefault(shortId(pair), "");
        int column = verdict.equals("good") ? 0 : verdict.equals("bad") ? 1 : 2;
        byRule.computeIfAbsent(pair.extractor(), r -> new int[3])[column]++;
      }
    }
    print(byRule);
    pages(pairs, pages);
  }

  private void pages(Map<String, List<Example>> pairs, Map<String, Integer> pages) {
    int expected = 0;
    int found = 0;
    int read = 0;
    System.out.println("| FAQ page | pairs in it | kept | too long |\n|---|---|---|---|");
    for (Map.Entry<String, Integer> page : pages.entrySet()) {
      long extracted =
          pairs.getOrDefault(page.getKey(), List.of()).stream()
              .filter(pair -> !pair.extractor().equals("heading-template"))
              .count();
      expected += page.getValue();
      int longer = tooLong.getOrDefault(page.getKey(), 0);
      found += (int) Math.min(page.getValue(), extracted);
      read += (int) Math.min(page.getValue(), extracted + longer);
      System.out.printf(
          "| %s | %d | %d | %d |%n", page.getKey(), page.getValue(), extracted, longer);
    }
    System.out.printf(
        "recall on FAQ pages: read %.3f, kept %.3f of %d%n",
        (double) read / expected, (double) found / expected, expected);
  }

  /** A pair of the samples is right when it has a fact's own words for an answer. */
  private static void planted(Map<String, List<Example>> pairs, JsonNode planted) {
    List<Planted> asked = new ArrayList<>();
    for (JsonNode fact : planted.path("questions")) {
      String answer = TextFold.fold(fact.path("answer").asText());
      asked.add(new Planted(TextFold.fold(fact.path("question").asText()), answer));
      for (JsonNode other : fact.path("alternatives")) {
        asked.add(new Planted(TextFold.fold(other.path("question").asText()), answer));
      }
    }
    Map<String, int[]> byRule = new TreeMap<>();
    Set<Planted> found = new HashSet<>();
    for (List<Example> list : pairs.values()) {
      for (Example pair : list) {
        List<String> texts = pair.messages().stream().map(m -> TextFold.fold(m.content())).toList();
        List<Planted> stated =
            asked.stream()
                .filter(p -> texts.stream().anyMatch(text -> text.contains(p.answer())))
                .toList();
        stated.stream()
            .filter(p -> texts.stream().anyMatch(text -> text.contains(p.question())))
            .forEach(found::add);
        byRule.computeIfAbsent(pair.extractor(), r -> new int[3])[stated.isEmpty() ? 2 : 0]++;
      }
    }
    print(byRule);
    long hit = asked.stream().filter(found::contains).count();
    System.out.printf(
        "planted wordings found with their answer: %d of %d (%.3f)%n",
        hit, asked.size(), (double) hit / asked.size());
  }

  private static void print(Map<String, int[]> byRule) {
    int good = 0;
    int bad = 0;
    System.out.println("| rule | right | wrong | not judged |\n|---|---|---|---|");
    for (Map.Entry<String, int[]> rule : byRule.entrySet()) {
      int[] row = rule.getValue();
      good += row[0];
      bad += row[1];
      System.out.printf("| %s | %d | %d | %d |%n", rule.getKey(), row[0], row[1], row[2]);
    }
    System.out.printf("precision %.3f of %d judged%n", (double) good / (good + bad), good + bad);
  }
}
