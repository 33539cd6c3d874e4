package dev.migaki.cleansing.figures;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.cleansing.figures.LabelledText.Span;
import dev.migaki.cleansing.generated.GeneratedCase;
import dev.migaki.cleansing.generated.IdentifierCases;
import dev.migaki.cleansing.generated.IdentifierScore;
import dev.migaki.cleansing.generated.JapanesePersonCases;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.cleansing.recognition.Glossary;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Measures the recognisers, the corrector and their speed on a directory of labelled data and
 * writes a Markdown report.
 *
 * <p>Run from the root of the repository (the kinds of the typos are under {@code benchmarks}).
 * Arguments: the data directory (with {@code pii}, {@code spelling} and {@code qa}), the report.
 * The rules were written with these sets in sight: development figures.
 */
public final class CleansingFigures {

  private static final Map<String, String> ENGLISH_LABELS =
      Map.ofEntries(
          Map.entry("ADDRESS", "LOCATION"),
          Map.entry("STREET_ADDRESS", "LOCATION"),
          Map.entry("ZIP_CODE", "LOCATION"),
          Map.entry("GPE", "LOCATION"),
          Map.entry("POSTAL_CODE", "LOCATION"),
          Map.entry("DATE_OF_BIRTH", "DATE_TIME"),
          Map.entry("NRP", "NATIONALITY"),
          Map.entry("IBAN_CODE", "IBAN"),
          Map.entry("US_SSN", "SSN"));

  private final Path data;
  private final PrintStream out;
  private final TextCleanser cleanser =
      TextCleanser.create(
          CleansingRecipe.standard().withTreatment(FindingType.AGE, RedactionAction.REPLACE, 0.5));

  private CleansingFigures(Path data, PrintStream out) {
    this.data = data;
    this.out = out;
  }

  public static void main(String[] args) throws IOException {
    PrintStream out =
        args.length > 1
            ? new PrintStream(Files.newOutputStream(Path.of(args[1])), true, StandardCharsets.UTF_8)
            : System.out;
    CleansingFigures figures = new CleansingFigures(Path.of(args[0]), out);
    boolean verbose = args.length > 2;
    String parts =
        args.length > 3 ? args[3] : "english japanese generated secrets alarms spelling speed";
    if (parts.contains("english")) {
      figures.english(verbose);
    }
    if (parts.contains("japanese")) {
      figures.japanese(verbose);
    }
    if (parts.contains("generated")) {
      figures.generated(verbose);
    }
    if (parts.contains("secrets")) {
      figures.secrets(verbose);
    }
    if (parts.contains("alarms")) {
      figures.falseAlarms(verbose);
    }
    if (parts.contains("spelling")) {
      Path kinds = Path.of("benchmarks", "cleansing");
      new SpellingFigures(figures.data, kinds, out).measure(verbose);
    }
    if (parts.contains("speed")) {
      figures.speed();
    }
    out.flush();
  }

  private static Span span(Finding finding) {
    String type = finding.type().name();
    return new Span(ENGLISH_LABELS.getOrDefault(type, type), finding.start(), finding.end());
  }

  private void english(boolean verbose) throws IOException {
    Map<String, SpanScore> scores = new TreeMap<>();
    SpanScore any = new SpanScore();
    SpanScore direct = new SpanScore();
    for (LabelledText row : LabelledText.read(data.resolve("pii/en_presidio_synthetic.jsonl"))) {
      List<Span> truth =
          row.spans().stream()
              .map(
                  s ->
                      new Span(
                          ENGLISH_LABELS.getOrDefault(s.label(), s.label()), s.start(), s.end()))
              .toList();
      List<Finding> findings = cleanser.find(row.text());
      List<Span> found = findings.stream().map(CleansingFigures::span).toList();
      any.add(row.text(), truth, found);
      direct.add(
          row.text(),
          truth.stream().filter(s -> isDirect(s.label())).toList(),
          found.stream().filter(s -> isDirect(s.label())).toList());
      for (FindingType type : FindingType.values()) {
        String label = ENGLISH_LABELS.getOrDefault(type.name(), type.name());
        scores.computeIfAbsent(label, l -> new SpanScore());
      }
      scores.forEach(
          (label, score) -> score.add(row.text(), only(truth, label), only(found, label)));
      if (verbose) {
        difference("en", row.text(), truth, found);
      }
    }
    out.println(
        "## English, `en_presidio_synthetic` (IoU 0.9, beta 2)\n\n"
            + "| type | n | P | R | F2 |\n"
            + "|---|---|---|---|---|");
    out.println("| **any type** | " + any.row() + " |");
    out.println(
        "| identifiers only (without places, organisations, dates, titles) | "
            + direct.row()
            + " |");
    scores.forEach(
        (label, score) -> {
          if (score.annotated() > 0) {
            out.println("| " + label + " | " + score.row() + " |");
          }
        });
    out.println();
  }

  private static boolean isDirect(String label) {
    return switch (label) {
      case "LOCATION", "ORGANIZATION", "NATIONALITY", "DATE_TIME", "TITLE" -> false;
      default -> true;
    };
  }

  private static List<Span> only(List<Span> spans, String label) {
    return spans.stream().filter(span -> span.label().equals(label)).toList();
  }

  private static void difference(
      String set, String text, List<Span> annotated, List<Span> predicted) {
    List<Span> truth = SpanScore.joined(text, annotated);
    List<Span> found = SpanScore.joined(text, predicted);
    for (Span span : truth) {
      if (found.stream().noneMatch(f -> f.iou(span) >= 0.9)) {
        System.err.println(
            set
                + "\tMISS\t"
                + span.label()
                + "\t"
                + text.substring(span.start(), span.end()).replace('\n', '|')
                + "\t"
                + text.replace('\n', '|'));
      }
    }
    for (Span span : found) {
      if (truth.stream().noneMatch(t -> t.iou(span) >= 0.9)) {
        System.err.println(
            set
                + "\tFALSE\t"
                + span.label()
                + "\t"
                + text.substring(span.start(), span.end()).replace('\n', '|')
                + "\t"
                + text.replace('\n', '|'));
      }
    }
  }

  private void japanese(boolean verbose) throws IOException {
    out.println(
        "## Japanese persons\n\n"
            + "| set | n | fully covered | overlapped | precision (overlap) |\n"
            + "|---|---|---|---|---|");
    for (Path set : namedSets()) {
      String name = set.getFileName().toString().replace(".jsonl", "");
      int all = 0;
      int covered = 0;
      int touched = 0;
      int found = 0;
      int right = 0;
      for (LabelledText row : LabelledText.read(set)) {
        List<Span> truth =
            row.spans().stream()
                .filter(s -> s.label().equals("PERSON") || s.label().equals("人名"))
                .toList();
        List<Span> persons =
            cleanser.find(row.text()).stream()
                .filter(f -> f.type() == FindingType.PERSON)
                .map(CleansingFigures::span)
                .toList();
        all += truth.size();
        found += persons.size();
        for (Span span : truth) {
          covered +=
              persons.stream().anyMatch(p -> p.start() <= span.start() && p.end() >= span.end())
                  ? 1
                  : 0;
          touched += persons.stream().anyMatch(p -> p.overlap(span) > 0) ? 1 : 0;
        }
        for (Span person : persons) {
          right += truth.stream().anyMatch(t -> t.overlap(person) > 0) ? 1 : 0;
        }
        if (verbose) {
          difference(name, row.text(), truth, persons);
        }
      }
      out.printf(
          Locale.ROOT,
          "| %s | %d | %.3f | %.3f | %.3f |%n",
          name,
          all,
          (double) covered / all,
          (double) touched / all,
          (double) right / found);
    }
    out.println();
  }

  /** Japanese sets with named persons: {@code pii/ja_*_ner*.jsonl}. */
  private List<Path> namedSets() throws IOException {
    try (Stream<Path> files = Files.list(data.resolve("pii"))) {
      return files
          .filter(file -> file.getFileName().toString().matches("ja_.*_ner.*\\.jsonl"))
          .sorted()
          .toList();
    }
  }

  private void generated(boolean verbose) {
    IdentifierScore score =
        IdentifierScore.of(cleanser, IdentifierCases.generate(20_261_127, 10_000));
    out.println(
        "## Structured identifiers, 10,000 generated cases, seed 20261127\n\n" + score + "\n");
    if (verbose) {
      score.errors().keySet().forEach(error -> System.err.println("generated\t" + error));
    }
    int persons = 0;
    int covered = 0;
    for (GeneratedCase one : JapanesePersonCases.generate(20_261_127, 3_000)) {
      boolean full =
          cleanser.find(one.text()).stream()
              .anyMatch(
                  f ->
                      f.type() == FindingType.PERSON
                          && f.start() <= one.start()
                          && f.end() >= one.end());
      persons++;
      covered += full ? 1 : 0;
      if (verbose && !full) {
        System.err.println(
            "person\tMISS\t"
                + one.text().substring(one.start(), one.end())
                + "\t"
                + one.text().replace('\n', '|'));
      }
    }
    out.printf(
        Locale.ROOT,
        "## Japanese persons in generated sentences, seed 20261127%n%n%d persons, fully covered %.4f%n%n",
        persons,
        (double) covered / persons);
  }

  private void secrets(boolean verbose) throws IOException {
    int truePositive = 0;
    int falsePositive = 0;
    int missed = 0;
    for (JsonNode row : LabelledText.rows(data.resolve("pii/secrets_cases.jsonl.gz"))) {
      String text = row.get("text").asText();
      boolean secret = row.get("is_secret").asBoolean();
      boolean network = row.get("kind").asText().equals("ip_public");
      boolean found =
          cleanser.find(text).stream()
              .anyMatch(
                  f ->
                      f.type().group() == FindingType.Group.SECRET
                          || network && f.type() == FindingType.IP_ADDRESS);
      truePositive += secret && found ? 1 : 0;
      falsePositive += !secret && found ? 1 : 0;
      missed += secret && !found ? 1 : 0;
      if (verbose && secret != found) {
        System.err.println(
            "secret\t"
                + (secret ? "MISS" : "FALSE")
                + "\t"
                + row.get("kind").asText()
                + "\t"
                + text.replace('\n', '|'));
      }
    }
    out.printf(
        Locale.ROOT,
        "## Secrets, `secrets_cases`%n%n| secrets | precision | recall |%n|---|---|---|%n| %d |"
            + " %.3f | %.3f |%n%n",
        truePositive + missed,
        (double) truePositive / (truePositive + falsePositive),
        (double) truePositive / (truePositive + missed));
  }

  private void falseAlarms(boolean verbose) throws IOException {
    out.println(
        "## False alarms on manuals without personal data\n\n"
            + "| set | characters | findings removed | per 10,000 characters | with"
            + " document-frequency suppression (3) | by type |\n"
            + "|---|---|---|---|---|---|");
    for (String set :
        List.of("qa/en_product_docs_faq", "qa/en_medquad", "qa/ja_product_docs_faq")) {
      Map<String, Integer> frequencies = new HashMap<>();
      for (JsonNode row : LabelledText.rows(data.resolve(set + ".jsonl"))) {
        String text = row.get("question").asText() + "\n" + row.get("answer").asText();
        cleanser.find(text).stream()
            .map(f -> Glossary.key(text.substring(f.start(), f.end())))
            .distinct()
            .forEach(key -> frequencies.merge(key, 1, Integer::sum));
      }
      TextCleanser suppressing =
          TextCleanser.create(
              CleansingRecipe.standard()
                  .withFrequencies(key -> frequencies.getOrDefault(key, 0), 3));
      int suppressed = 0;
      long characters = 0;
      Map<FindingType, Integer> counts = new TreeMap<>();
      for (JsonNode row : LabelledText.rows(data.resolve(set + ".jsonl"))) {
        String text = row.get("question").asText() + "\n" + row.get("answer").asText();
        characters += text.length();
        suppressed +=
            (int)
                suppressing.find(text).stream()
                    .filter(f -> f.type().group() != FindingType.Group.ATTRIBUTE)
                    .count();
        for (Finding finding : cleanser.find(text)) {
          if (finding.type().group() != FindingType.Group.ATTRIBUTE) {
            counts.merge(finding.type(), 1, Integer::sum);
            if (verbose) {
              System.err.println(
                  set
                      + "\tALARM\t"
                      + finding.type()
                      + "\t"
                      + finding.recognizer()
                      + "\t"
                      + text.substring(finding.start(), finding.end()).replace('\n', '|')
                      + "\t"
                      + text.substring(
                              Math.max(0, finding.start() - 40),
                              Math.min(text.length(), finding.end() + 30))
                          .replace('\n', '|'));
            }
          }
        }
      }
      int total = counts.values().stream().mapToInt(Integer::intValue).sum();
      out.printf(
          Locale.ROOT,
          "| %s | %d | %d | %.2f | %.2f | %s |%n",
          set,
          characters,
          total,
          total * 10_000.0 / characters,
          suppressed * 10_000.0 / characters,
          counts);
    }
    out.println();
  }

  /** Processor time of this thread, so that a busy machine does not distort the figure. */
  private static long cpuNanos() {
    return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
  }

  private void speed() throws IOException {
    out.println(
        "## Speed, one thread, processor time\n\n"
            + "| text | documents | MB (UTF-8) | recognise MB/s | repair MB/s | whole cleanse MB/s"
            + " |\n"
            + "|---|---|---|---|---|---|");
    for (String set : List.of("qa/en_product_docs_faq", "qa/ja_product_docs_faq")) {
      List<String> texts = new ArrayList<>();
      long bytes = 0;
      for (JsonNode row : LabelledText.rows(data.resolve(set + ".jsonl"))) {
        String text = row.get("answer").asText();
        texts.add(text);
        bytes += text.getBytes(StandardCharsets.UTF_8).length;
      }
      double recognise = Double.MAX_VALUE;
      double repair = Double.MAX_VALUE;
      double whole = Double.MAX_VALUE;
      dev.migaki.cleansing.repair.TextRepair repairs = dev.migaki.cleansing.repair.TextRepair.all();
      for (int round = 0; round < 5; round++) {
        long start = cpuNanos();
        texts.forEach(cleanser::find);
        long middle = cpuNanos();
        texts.forEach(repairs::repair);
        long then = cpuNanos();
        texts.forEach(
            text -> cleanser.cleanse(text, dev.migaki.cleansing.DocumentContext.nothingKnown()));
        long end = cpuNanos();
        recognise = Math.min(recognise, (middle - start) / 1e9);
        repair = Math.min(repair, (then - middle) / 1e9);
        whole = Math.min(whole, (end - then) / 1e9);
      }
      double megabytes = bytes / 1e6;
      out.printf(
          Locale.ROOT,
          "| %s | %d | %.2f | %.2f | %.1f | %.2f |%n",
          set,
          texts.size(),
          megabytes,
          megabytes / recognise,
          megabytes / repair,
          megabytes / whole);
    }
  }
}
