package dev.migaki.documents.figures;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.documents.ParsedDocument;
import dev.migaki.documents.ParsedDocumentJson;
import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.worker.IsolatedParser;
import dev.migaki.documents.worker.ParseBounds;
import dev.migaki.documents.worker.ParserUnavailable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Reads every file of a directory twice, as the service does, and writes a report: verdicts, token
 * recall where the expected text is known, the slowest files.
 *
 * <p>Arguments: the directory with its {@code index.jsonl}, the report, and (optional) a directory
 * for the texts.
 */
public final class DocumentFigures {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** One file of the index. */
  private record Entry(String file, String format, List<String> flags, @Nullable String expected) {}

  /** What became of it; the digest tells whether two runs gave the same. */
  private record Verdict(String code, String message, String text, String digest, long millis) {
    boolean hasText() {
      return code.isEmpty();
    }
  }

  private final Path directory;
  private final AtomicInteger replaced = new AtomicInteger();
  private final StringBuilder report = new StringBuilder();

  private DocumentFigures(Path directory) {
    this.directory = directory;
  }

  /** Writes the report. */
  public static void main(String[] arguments)
      throws IOException, ParserUnavailable, InterruptedException {
    DocumentFigures figures = new DocumentFigures(Path.of(arguments[0]));
    Path texts = arguments.length > 2 ? Path.of(arguments[2]) : null;
    figures.run(texts);
    Files.writeString(Path.of(arguments[1]), figures.report);
  }

  private void run(@Nullable Path texts)
      throws IOException, ParserUnavailable, InterruptedException {
    List<Entry> entries = entries();
    Map<String, Verdict> first = verdicts(entries);
    int replacedInFirst = replaced.getAndSet(0);
    Map<String, Verdict> second = verdicts(entries);
    long different =
        entries.stream()
            .filter(e -> !first.get(e.file()).digest().equals(second.get(e.file()).digest()))
            .peek(e -> line("- different in two runs: " + e.file()))
            .count();
    summary(entries, first, different, replacedInFirst + replaced.get());
    recall(entries, first);
    verdictTable(entries, first);
    flagged(entries, first);
    slowest(entries, first, second);
    if (texts != null) {
      write(texts, entries, first);
    }
  }

  private List<Entry> entries() throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("index.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      List<String> flags = new ArrayList<>();
      row.path("flags").forEach(flag -> flags.add(flag.asText()));
      String expected = row.path("expected").isTextual() ? row.path("expected").asText() : null;
      entries.add(
          new Entry(row.path("file").asText(), row.path("format").asText(), flags, expected));
    }
    return entries;
  }

  private Map<String, Verdict> verdicts(List<Entry> entries)
      throws IOException, ParserUnavailable, InterruptedException {
    Map<String, Verdict> verdicts = new TreeMap<>();
    try (IsolatedParser parser =
        new IsolatedParser(
            IsolatedParser.Settings.of(1), (pid, reason) -> replaced.incrementAndGet())) {
      for (Entry entry : entries) {
        byte[] bytes = Files.readAllBytes(directory.resolve(entry.file()));
        long begin = System.nanoTime();
        ParseOutcome outcome =
            parser.parse(bytes, ParseHints.ofFilename(entry.file()), ParseBounds.defaults());
        verdicts.put(entry.file(), verdict(outcome, (System.nanoTime() - begin) / 1_000_000));
      }
    }
    return verdicts;
  }

  private static Verdict verdict(ParseOutcome outcome, long millis) {
    if (outcome instanceof ParseOutcome.Rejected rejected) {
      String code = rejected.code().name();
      return new Verdict(code, rejected.message(), "", code, millis);
    }
    ParsedDocument document = ((ParseOutcome.Parsed) outcome).document();
    String digest = sha256(ParsedDocumentJson.write(document));
    return new Verdict("", "", document.text(), digest, millis);
  }

  private void summary(
      List<Entry> entries, Map<String, Verdict> verdicts, long different, int processes) {
    long text = verdicts.values().stream().filter(Verdict::hasText).count();
    long slowest = verdicts.values().stream().mapToLong(Verdict::millis).max().orElse(0);
    line(
        "| files | with text | rejected with a reason | different in two runs | slowest | parser"
            + " processes replaced in two runs |");
    line("|---|---|---|---|---|---|");
    line(
        "| %d | %d | %d | %d | %.1f s | %d |"
            .formatted(
                entries.size(),
                text,
                entries.size() - text,
                different,
                slowest / 1000.0,
                processes));
  }

  private void recall(List<Entry> entries, Map<String, Verdict> verdicts) throws IOException {
    Map<String, List<Double>> visible = new TreeMap<>();
    Map<String, List<Double>> whole = new TreeMap<>();
    List<String> weak = new ArrayList<>();
    Map<String, List<Double>> byExpectation = new TreeMap<>();
    for (Entry entry : entries) {
      if (entry.expected() == null) {
        continue;
      }
      String expected = Files.readString(directory.resolve(entry.expected()));
      String text = verdicts.get(entry.file()).text();
      double share = TokenRecall.of(TokenRecall.visible(expected), text);
      byExpectation.computeIfAbsent(expected, e -> new ArrayList<>()).add(share);
      visible.computeIfAbsent(entry.format(), f -> new ArrayList<>()).add(share);
      whole
          .computeIfAbsent(entry.format(), f -> new ArrayList<>())
          .add(TokenRecall.of(expected, text));
      if (share < 0.95) {
        weak.add(String.format(Locale.ROOT, "- %s: %.3f", entry.file(), share));
      }
    }
    line("\n## Token recall where the text is known\n");
    line("| format | files | mean | least | mean with comments and targets of links |");
    line("|---|---|---|---|---|");
    List<Double> all = new ArrayList<>();
    List<Double> allWhole = new ArrayList<>();
    visible.forEach(
        (format, shares) -> {
          all.addAll(shares);
          allWhole.addAll(whole.get(format));
          recallRow(format, shares, whole.get(format));
        });
    recallRow("**all**", all, allWhole);
    List<Double> own = byExpectation.values().stream().map(Collections::max).toList();
    line(
        String.format(
            Locale.ROOT,
            "%n%d of the %d files are given the expected text of another file (the same bytes); the"
                + " mean over the other %d is **%.3f**.",
            all.size() - own.size(),
            all.size(),
            own.size(),
            mean(own)));
    line("\nBelow 0.95:\n");
    weak.forEach(this::line);
  }

  private void recallRow(String format, List<Double> visible, List<Double> whole) {
    double least = visible.stream().mapToDouble(Double::doubleValue).min().orElse(0);
    line(
        String.format(
            Locale.ROOT,
            "| %s | %d | %.3f | %.3f | %.3f |",
            format,
            visible.size(),
            mean(visible),
            least,
            mean(whole)));
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  private void verdictTable(List<Entry> entries, Map<String, Verdict> verdicts) {
    Map<String, Map<String, Integer>> table = new TreeMap<>();
    for (Entry entry : entries) {
      Verdict verdict = verdicts.get(entry.file());
      table
          .computeIfAbsent(entry.format(), f -> new TreeMap<>())
          .merge(verdict.hasText() ? "text" : verdict.code(), 1, Integer::sum);
    }
    line("\n## Verdicts\n");
    line("| format | files | text | rejected |");
    line("|---|---|---|---|");
    table.forEach(
        (format, counts) -> {
          int all = counts.values().stream().mapToInt(Integer::intValue).sum();
          Integer text = counts.remove("text");
          StringBuilder reasons = new StringBuilder();
          counts.forEach((code, n) -> reasons.append(code).append(' ').append(n).append("  "));
          line("| %s | %d | %d | %s |".formatted(format, all, text == null ? 0 : text, reasons));
        });
  }

  private void flagged(List<Entry> entries, Map<String, Verdict> verdicts) {
    line("\n## Protected, damaged, empty and nested files\n");
    line("| file | flag | verdict | ms |");
    line("|---|---|---|---|");
    for (Entry entry : entries) {
      Verdict verdict = verdicts.get(entry.file());
      if (!entry.flags().isEmpty() || !verdict.hasText()) {
        String said = verdict.hasText() ? "text" : verdict.code();
        line(
            "| %s | %s | %s | %d |"
                .formatted(entry.file(), String.join(" ", entry.flags()), said, verdict.millis()));
      }
    }
  }

  private void slowest(
      List<Entry> entries, Map<String, Verdict> first, Map<String, Verdict> second) {
    line("\n## Slowest files\n");
    line("| file | first run, ms | second run, ms |");
    line("|---|---|---|");
    entries.stream()
        .sorted(Comparator.comparingLong((Entry e) -> -first.get(e.file()).millis()))
        .limit(10)
        .forEach(
            e ->
                line(
                    "| %s | %d | %d |"
                        .formatted(
                            e.file(),
                            first.get(e.file()).millis(),
                            second.get(e.file()).millis())));
  }

  private void write(Path texts, List<Entry> entries, Map<String, Verdict> verdicts)
      throws IOException {
    Files.createDirectories(texts);
    for (Entry entry : entries) {
      Verdict verdict = verdicts.get(entry.file());
      StringBuilder page =
          new StringBuilder(verdict.hasText() ? verdict.text() : verdict.message());
      if (entry.expected() != null) {
        String expected =
            TokenRecall.visible(Files.readString(directory.resolve(entry.expected())));
        page.append("\n\n#### MISSING ")
            .append(TokenRecall.missing(expected, verdict.text()))
            .append("\n\n#### EXPECTED\n")
            .append(expected);
      }
      Files.writeString(texts.resolve(entry.file().replace('/', '_') + ".out"), page);
    }
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private void line(String text) {
    report.append(text).append('\n');
  }
}
