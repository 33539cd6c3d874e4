package dev.migaki.cleansing.figures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cleansing.recognition.WordList;
import dev.migaki.cleansing.spelling.CorrectedText;
import dev.migaki.cleansing.spelling.Notation;
import dev.migaki.cleansing.spelling.NotationMajority;
import dev.migaki.cleansing.spelling.SpellingCorrector;
import dev.migaki.cleansing.spelling.SpellingEdit;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Counts what the unification of notation changes in Japanese text that nobody called wrong: toward
 * each document's majority, and by a table that holds the first spelling of every shipped word.
 *
 * <p>Arguments: the data directory. The changes go to stderr, to be read by a person.
 */
public final class NotationFigures {

  private static final int PASSES = 5;

  private final Path data;
  private final PrintStream out;
  private final SpellingCorrector plain = corrector(Notation.asWritten());
  private final SpellingCorrector majority = corrector(new Notation(Map.of(), true));
  private final SpellingCorrector table = corrector(new Notation(firstSpellings(), false));

  private NotationFigures(Path data, PrintStream out) {
    this.data = data;
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    NotationFigures figures = new NotationFigures(Path.of(args[0]), out);
    out.println(
        "| set | documents | characters | toward the majority | per 10,000 | by the table | per"
            + " 10,000 | ms without, majority, table |\n|---|---|---|---|---|---|---|---|");
    figures.measure("ja_product_docs_faq", figures.rows("qa/ja_product_docs_faq.jsonl", "path"));
    figures.measure("ja_jsquad", figures.rows("qa/ja_jsquad.jsonl", "title"));
    figures.measure("ja_lawqa", figures.rows("qa/ja_lawqa.jsonl", "id"));
    figures.measure("ja_asdc_hotel", figures.rows("dialogues/ja_asdc_hotel.jsonl", "id"));
    figures.measure("documents", figures.files());
  }

  private static SpellingCorrector corrector(Notation notation) {
    return SpellingCorrector.of(List.of(), false, notation);
  }

  private static Map<String, String> firstSpellings() {
    Map<String, String> table = new TreeMap<>();
    for (String line : WordList.load("notation-variants.txt")) {
      String[] fields = line.split("\t", -1);
      String[] first = fields[1].split(" ");
      for (int spelling = 2; spelling < fields.length; spelling++) {
        String[] forms = fields[spelling].split(" ");
        for (int form = 0; form < forms.length; form++) {
          table.put(forms[form], first[form]);
        }
      }
    }
    return table;
  }

  /** The texts of a set by the document that they come from. */
  private List<List<String>> rows(String file, String document) throws IOException {
    Map<String, List<String>> documents = new LinkedHashMap<>();
    for (JsonNode row : LabelledText.rows(data.resolve(file))) {
      List<String> texts =
          documents.computeIfAbsent(row.get(document).asText(), key -> new ArrayList<>());
      for (String field : List.of("question", "context", "answer")) {
        String text = row.path(field).asText("");
        if (!text.isEmpty() && !texts.contains(text)) {
          texts.add(text);
        }
      }
      row.path("turns").forEach(turn -> texts.add(turn.path("text").asText()));
    }
    return List.copyOf(documents.values());
  }

  private List<List<String>> files() throws IOException {
    List<List<String>> documents = new ArrayList<>();
    for (String folder : List.of("md", "txt")) {
      try (Stream<Path> files = Files.list(data.resolve("documents").resolve(folder))) {
        for (Path file : files.sorted().toList()) {
          String text = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
          long kana = text.chars().filter(c -> c >= 'ぁ' && c <= 'ん').count();
          if (kana > 500 && text.indexOf('\uFFFD') < 0) {
            documents.add(List.of(text));
          }
        }
      }
    }
    return documents;
  }

  private void measure(String set, List<List<String>> documents) {
    long characters = documents.stream().flatMap(List::stream).mapToLong(String::length).sum();
    int unified = changes(set, majority, documents);
    int listed = changes(set, table, documents);
    out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %d | %.2f | %d | %.2f | %s |%n",
        set,
        documents.size(),
        characters,
        unified,
        unified * 10_000.0 / characters,
        listed,
        listed * 10_000.0 / characters,
        milliseconds(documents));
  }

  private static int changes(
      String set, SpellingCorrector corrector, List<List<String>> documents) {
    int changes = 0;
    for (List<String> document : documents) {
      NotationMajority preferred = corrector.majorityOf(document);
      for (String text : document) {
        CorrectedText corrected = corrector.correct(text, preferred);
        changes += corrected.edits().size();
        for (SpellingEdit edit : corrected.edits()) {
          String before = text.substring(Math.max(0, edit.start() - 16), edit.start());
          String after = text.substring(edit.end(), Math.min(text.length(), edit.end() + 12));
          String change = before + "[" + edit.from() + "→" + edit.to() + "]" + after;
          System.err.println(set + "\t" + edit.rule() + "\t" + change.replace('\n', '|'));
        }
      }
    }
    return changes;
  }

  /** Best of some passes, in the order of the table. */
  private String milliseconds(List<List<String>> documents) {
    List<String> best = new ArrayList<>();
    for (SpellingCorrector corrector : List.of(plain, majority, table)) {
      long least = Long.MAX_VALUE;
      for (int pass = 0; pass < PASSES; pass++) {
        long start = System.nanoTime();
        for (List<String> document : documents) {
          NotationMajority preferred = corrector.majorityOf(document);
          document.forEach(text -> corrector.correct(text, preferred));
        }
        least = Math.min(least, System.nanoTime() - start);
      }
      best.add(String.format(Locale.ROOT, "%.1f", least / 1e6));
    }
    return String.join(", ", best);
  }
}
