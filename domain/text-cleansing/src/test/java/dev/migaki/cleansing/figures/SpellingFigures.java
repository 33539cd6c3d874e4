package dev.migaki.cleansing.figures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cleansing.spelling.CorrectedText;
import dev.migaki.cleansing.spelling.SpellingCorrector;
import dev.migaki.cleansing.spelling.SpellingEdit;
import java.io.IOException;
import java.io.PrintStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Counts how many lines before a real typo fix the corrector turns into the line after it, and what
 * it changes in lines that were right.
 *
 * <p>Most "typo" commits also hold rewrites, so a judgement by hand says of each line what was
 * corrected ({@code benchmarks/cleansing/*.kinds.tsv}, line id and kind); only true typos count.
 * The halves are drawn by the hash of the id.
 */
final class SpellingFigures {

  /** Kinds that a reader of the sentence alone would not call an error. */
  private static final Set<String> NO_TYPO =
      Set.of("content", "rewrite", "notation", "register", "markup", "case", "style");

  private final Path data;
  private final Path kinds;
  private final PrintStream out;
  private final SpellingCorrector corrector = SpellingCorrector.withProtectedTerms(List.of());

  SpellingFigures(Path data, Path kinds, PrintStream out) {
    this.data = data;
    this.kinds = kinds;
    this.out = out;
  }

  private static final class Count {
    int typos;
    int repaired;

    void add(boolean exact) {
      typos++;
      repaired += exact ? 1 : 0;
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%d of %d (%.0f %%)",
          repaired,
          typos,
          100.0 * repaired / Math.max(1, typos));
    }
  }

  void measure(boolean verbose) throws IOException {
    out.println(
        "## Spelling\n\n"
            + "| set | true typos repaired | developed on | other half | changes | of them in"
            + " lines not repaired | changes on the corrected side | per 10,000 characters |\n"
            + "|---|---|---|---|---|---|---|---|");
    Map<String, Map<String, Count>> byKind = new TreeMap<>();
    for (String set : List.of("en_doc_typos", "ja_doc_typos")) {
      byKind.put(set, pairs(set, verbose));
    }
    byKind.forEach(
        (set, counts) -> {
          out.printf("%n| %s: kind | lines | repaired |%n|---|---|---|%n", set);
          counts.forEach(
              (kind, count) -> out.printf("| %s | %d | %d |%n", kind, count.typos, count.repaired));
        });
    out.println("\n| set | characters | changes | per 10,000 characters |\n|---|---|---|---|");
    for (String set : List.of("en_product_docs_faq", "ja_product_docs_faq", "ja_jsquad")) {
      clean(set, verbose);
    }
    wordList();
    out.println();
  }

  private Map<String, Count> pairs(String set, boolean verbose) throws IOException {
    Map<String, String> kindOf = kindsOf(set);
    Map<String, Count> byKind = new TreeMap<>();
    Count all = new Count();
    Count[] halves = {new Count(), new Count()};
    int changes = 0;
    int open = 0;
    int alarms = 0;
    long characters = 0;
    for (JsonNode row : LabelledText.rows(data.resolve("spelling/" + set + ".jsonl"))) {
      String id = row.get("id").asText();
      String right = row.get("corrected").asText();
      CorrectedText corrected = corrector.correct(row.get("text").asText());
      CorrectedText clean = corrector.correct(right);
      boolean changed = !corrected.edits().isEmpty();
      boolean exact = changed && (corrected.text().equals(right) || equal(corrected, clean));
      String kind = kindOf.getOrDefault(id, "content");
      byKind.computeIfAbsent(kind, key -> new Count()).add(exact);
      if (!NO_TYPO.contains(kind)) {
        all.add(exact);
        halves[half(id)].add(exact);
      }
      changes += corrected.edits().size();
      open += exact ? 0 : corrected.edits().size();
      alarms += clean.edits().size();
      characters += right.length();
      if (verbose) {
        print(set + (exact ? " RIGHT " : " OPEN ") + kind, row.get("text").asText(), corrected);
        print(set + " CLEAN", right, clean);
      }
    }
    out.printf(
        Locale.ROOT,
        "| %s | %s | %s | %s | %d | %d | %d | %.2f |%n",
        set,
        all,
        halves[0],
        halves[1],
        changes,
        open,
        alarms,
        alarms * 10_000.0 / characters);
    return byKind;
  }

  /** Both sides may hold one more error, which is mended in both. */
  private static boolean equal(CorrectedText corrected, CorrectedText clean) {
    return corrected.text().equals(clean.text());
  }

  private Map<String, String> kindsOf(String set) throws IOException {
    Map<String, String> kindOf = new HashMap<>();
    for (String line : Files.readAllLines(kinds.resolve(set + ".kinds.tsv"))) {
      if (!line.startsWith("#")) {
        String[] fields = line.split("\t", -1);
        kindOf.put(fields[0], fields[1]);
      }
    }
    return kindOf;
  }

  private static int half(String id) {
    try {
      byte[] hash =
          MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
      return new BigInteger(1, hash).testBit(0) ? 1 : 0;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private void clean(String set, boolean verbose) throws IOException {
    Set<String> seen = new HashSet<>();
    long characters = 0;
    int changes = 0;
    for (JsonNode row : LabelledText.rows(data.resolve("qa/" + set + ".jsonl"))) {
      for (String field : List.of("question", "context", "answer")) {
        String text = row.path(field).asText("");
        if (seen.add(text)) {
          CorrectedText corrected = corrector.correct(text);
          characters += text.length();
          changes += corrected.edits().size();
          if (verbose) {
            print(set, text, corrected);
          }
        }
      }
    }
    out.printf(
        Locale.ROOT,
        "| %s | %d | %d | %.2f |%n",
        set,
        characters,
        changes,
        changes * 10_000.0 / characters);
  }

  private static void print(String label, String text, CorrectedText corrected) {
    for (SpellingEdit edit : corrected.edits()) {
      String before = text.substring(Math.max(0, edit.start() - 16), edit.start());
      String after = text.substring(edit.end(), Math.min(text.length(), edit.end() + 12));
      String change = before + "[" + edit.from() + "→" + edit.to() + "]" + after;
      System.err.println(label + "\t" + edit.rule() + "\t" + change.replace('\n', '|'));
    }
  }

  private void wordList() throws IOException {
    int words = 0;
    int fixed = 0;
    int wrong = 0;
    for (JsonNode row : LabelledText.rows(data.resolve("spelling/en_codespell.jsonl"))) {
      String word = row.get("wrong").asText();
      CorrectedText corrected = corrector.correct("The " + word + " one");
      words++;
      if (!corrected.edits().isEmpty()) {
        boolean right = false;
        for (JsonNode option : row.get("right")) {
          right |= option.asText().equals(corrected.edits().get(0).to());
        }
        fixed += right ? 1 : 0;
        wrong += right ? 0 : 1;
      }
    }
    out.printf(
        "%n`en_codespell` (words, each between two others): %d of %d corrected as listed, %d"
            + " otherwise.%n",
        fixed, words, wrong);
  }
}
