package dev.migaki.datasets.figures;

import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.cleansing.CleanDocument;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.extraction.DocumentOrigin;
import dev.migaki.datasets.extraction.QuestionAnswerExtractor;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.recipes.RecipeReader;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.DocumentParser;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseLimits;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.recipes.RecipeFiles;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Documents per second and core of what the two services compute, without services: {@code
 * PreparationFigures DIRECTORY [PASSES]} takes every file of a directory through parsing,
 * cleansing, extraction and the second scan, and prints the processor time of each step in the last
 * pass. The hash of everything that came out says whether two builds give the same results.
 */
public final class PreparationFigures {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final DocumentParser parser = new DocumentParser(ParseLimits.defaults());
  private final DocumentCleanser cleanser;
  private final QuestionAnswerExtractor extractor;
  private final Map<String, Long> nanos = new LinkedHashMap<>();
  private final MessageDigest digest;
  private long begun;
  private int examples;
  private int findings;

  private PreparationFigures() throws NoSuchAlgorithmException {
    PseudonymKey key = PseudonymKey.of("figures".getBytes(StandardCharsets.UTF_8));
    DatasetRecipe recipe =
        RecipeFiles.read(
            new byte[0], (root, bytes) -> new RecipeReader(key, true).read(root, "none"));
    this.cleanser = new DocumentCleanser(TextCleanser.create(recipe.cleansing()));
    this.extractor = new QuestionAnswerExtractor(recipe.examples().quality());
    this.digest = MessageDigest.getInstance("SHA-256");
  }

  /** Runs; the first pass loads dictionaries and the compiler's work is spread over all. */
  public static void main(String[] arguments) throws IOException, NoSuchAlgorithmException {
    List<Path> files;
    try (Stream<Path> walk = Files.walk(Path.of(arguments[0]))) {
      files = walk.filter(Files::isRegularFile).sorted().toList();
    }
    Map<Path, byte[]> contents = new LinkedHashMap<>();
    long bytes = 0;
    for (Path file : files) {
      byte[] content = Files.readAllBytes(file);
      bytes += content.length;
      contents.put(file, content);
    }
    System.out.printf(
        Locale.ROOT, "%d files, mean %d bytes%n", files.size(), bytes / Math.max(1, files.size()));
    int passes = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 3;
    for (int pass = 1; pass <= passes; pass++) {
      PreparationFigures figures = new PreparationFigures();
      contents.forEach(figures::prepare);
      figures.print(pass, files.size());
    }
  }

  private void prepare(Path file, byte[] content) {
    String name = String.valueOf(file.getFileName());
    begun = THREADS.getCurrentThreadCpuTime();
    ParseOutcome outcome = parser.parse(content, ParseHints.ofFilename(name));
    mark("parse");
    if (outcome instanceof ParseOutcome.Parsed parsed) {
      byte[] json = ParsedDocumentJson.write(parsed.document());
      ParsedDocument document = ParsedDocumentJson.read(json);
      mark("write and read the parsed document");
      CleanDocument clean = cleanser.cleanse(document);
      mark("cleanse");
      List<Example> found =
          extractor
              .extract(new DocumentOrigin(name, 1, name, clean.language()), clean.document())
              .examples();
      mark("extract");
      List<Example> kept = new ArrayList<>();
      for (Example example : found) {
        if (!cleanser.hasResidue(example, clean)) {
          kept.add(example);
        }
      }
      mark("second scan");
      byte[] lines = ExampleJsonl.write(kept);
      mark("write examples");
      digest.update(json);
      digest.update(lines);
      digest.update(clean.audit().toString().getBytes(StandardCharsets.UTF_8));
      examples += kept.size();
      findings += clean.audit().size();
    }
  }

  private void mark(String step) {
    long now = THREADS.getCurrentThreadCpuTime();
    nanos.merge(step, now - begun, Long::sum);
    begun = now;
  }

  private void print(int pass, int files) {
    long total = nanos.values().stream().mapToLong(Long::longValue).sum();
    System.out.printf(
        Locale.ROOT,
        "pass %d: %.0f documents/s of one core, %d examples, %d findings, hash %s%n",
        pass,
        files * 1e9 / total,
        examples,
        findings,
        HexFormat.of().formatHex(digest.digest()).substring(0, 16));
    nanos.forEach(
        (step, time) ->
            System.out.printf(
                Locale.ROOT, "  %-36s %8.3f ms per document%n", step, time / 1e6 / files));
  }
}
