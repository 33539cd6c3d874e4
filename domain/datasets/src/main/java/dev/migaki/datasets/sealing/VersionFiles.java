package dev.migaki.datasets.sealing;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.balance.BalanceReport;
import dev.migaki.datasets.jsonl.ChatJsonl;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import dev.migaki.datasets.spill.SpillFile;
import dev.migaki.datasets.spill.SpillSpace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a version, each sorted by content so that order of arrival leaves no trace,
 * and hashes them. The lineage and the contradictions describe the content and are not part of the
 * hash: a document that comes again with a new version number and the same text changes nothing.
 */
final class VersionFiles {
  private static final int SCANNED_TOGETHER = 512;

  private final String dataset;
  private final Selection selection;
  private final TokenCounter counter;
  private final SpillSpace space;
  private final QuestionScan scan;
  private final SealingProgress progress;
  private final Map<String, Lines> files = new LinkedHashMap<>();
  private final Map<String, Long> tokens = new LinkedHashMap<>();
  private final Map<String, Integer> kinds = new TreeMap<>();
  private final Map<String, Integer> languages = new TreeMap<>();
  private final Map<String, Integer> teachers = new TreeMap<>();
  private final Lines lineage;
  private int residue;

  /**
   * @param temporary directory of the files
   */
  VersionFiles(
      String dataset,
      Selection selection,
      TokenCounter counter,
      Path temporary,
      QuestionScan scan,
      SealingProgress progress) {
    this.dataset = dataset;
    this.selection = selection;
    this.counter = counter;
    this.space = new SpillSpace(temporary);
    this.scan = scan;
    this.progress = progress;
    this.lineage = new Lines(space.newFile());
  }

  /** A file of lines while it is written. */
  private static final class Lines {
    private final SpillFile file;
    private int count;

    private Lines(SpillFile file) {
      this.file = file;
    }

    private void add(String line) {
      file.append((line + '\n').getBytes(StandardCharsets.UTF_8));
      count++;
    }
  }

  SealedVersion write(SplitExamples split, List<Contradiction> contradictions) {
    try {
      return written(split, contradictions);
    } catch (RuntimeException e) {
      space.close();
      throw e;
    }
  }

  private SealedVersion written(SplitExamples split, List<Contradiction> contradictions) {
    writeTrain(split);
    writeHeldOut("validation", split.validation(), true);
    writeHeldOut("test", split.test(), false);
    writeHeldOut("edge", split.edge(), false);
    writeHeldOut("unanswerable", split.unanswerable(), false);
    writePreference(split);
    ContentHash version = ContentHash.of("migaki.version.v1").add(dataset);
    files.forEach((name, lines) -> version.add(name).add(ContentHash.ofStream(lines.file.open())));
    files.put("lineage", lineage);
    Lines reports = file("contradictions");
    contradictions.stream().map(ContradictionLine::of).sorted().forEach(reports::add);

    Map<String, SpillFile> written = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    files.forEach((name, lines) -> written.put(name, lines.file));
    files.forEach((name, lines) -> counts.put(name, lines.count));
    BalanceReport balance =
        BalanceReport.of(
            () -> split.originals().stream().map(Candidate::example).iterator(), counter);
    Lines report = new Lines(space.newFile());
    report.add(balance.toJson());
    written.put("balance", report.file);
    return new SealedVersion(
        version.hex(),
        written,
        counts,
        tokens,
        languages,
        kinds,
        teachers,
        rejects(),
        contradictions,
        split.facts(),
        balance);
  }

  /** What was left out by reason, with the lines whose questions the scan has found. */
  private Map<String, Integer> rejects() {
    Map<String, Integer> rejects = new TreeMap<>(selection.dropCounts());
    if (residue > 0) {
      rejects.merge(RejectReason.RESIDUE.label(), residue, Integer::sum);
    }
    return rejects;
  }

  private Lines file(String name) {
    Lines lines = new Lines(space.newFile());
    files.put(name, lines);
    return lines;
  }

  private void writeTrain(SplitExamples split) {
    Lines content = file("train");
    tokens.put("train", 0L);
    List<TrainingLines.Line> batch = new ArrayList<>();
    split
        .train()
        .forEach(
            line -> {
              batch.add(line);
              if (batch.size() == SCANNED_TOGETHER) {
                writeTrain(split, batch, content);
                batch.clear();
              }
            });
    writeTrain(split, batch, content);
  }

  private void writeTrain(SplitExamples split, List<TrainingLines.Line> batch, Lines content) {
    progress.at(SealingProgress.Step.FILES, content.count, split.train().count());
    Set<String> dirty =
        scan.dirty(batch.stream().flatMap(line -> line.example().userTexts().stream()).toList());
    for (TrainingLines.Line line : batch) {
      if (line.example().userTexts().stream().anyMatch(dirty::contains)) {
        residue++;
      } else {
        writeTrain(split, line, content);
      }
    }
  }

  private void writeTrain(SplitExamples split, TrainingLines.Line line, Lines content) {
    Example example = line.example();
    content.add(ChatJsonl.line(example.messages()));
    tokens.merge("train", tokensOf(example.messages()), Long::sum);
    languages.merge(example.language(), 1, Integer::sum);
    String kind = example.kind().name().toLowerCase(Locale.ROOT);
    kinds.merge("train-" + kind, 1, Integer::sum);
    Candidate origin = line.origin();
    Fact fact = origin == null ? null : split.factOf()[origin.rank()];
    @Nullable String teacher = origin == null ? null : teacher(origin);
    if (teacher != null) {
      teachers.merge(teacher, 1, Integer::sum);
    }
    lineage.add(
        new LineageLine(
                "train",
                content.count,
                example,
                example.extractor(),
                kind,
                fact == null ? null : fact.id(),
                sources(example, origin),
                teacher)
            .json());
  }

  private static @Nullable String teacher(Candidate origin) {
    return origin.isTaught() ? origin.example().teacher().orElse(null) : null;
  }

  private void writeHeldOut(String file, List<HeldOutQuestion> questions, boolean chatOnly) {
    Lines content = file(file);
    long total = 0;
    Set<String> dirty = scan.dirty(questions.stream().map(HeldOutQuestion::question).toList());
    for (Identified identified : sorted(file, questions)) {
      HeldOutQuestion question = identified.question();
      if (dirty.contains(question.question())) {
        residue++;
        continue;
      }
      Example original = question.original().get();
      List<Message> messages =
          List.of(Message.user(question.question()), Message.assistant(original.answer()));
      content.add(
          chatOnly ? ChatJsonl.line(messages) : testLine(identified.id(), question, original));
      total += tokensOf(messages);
      String kind = question.kind().label();
      kinds.merge(file + "-" + kind, 1, Integer::sum);
      String template = question.template() == null ? original.extractor() : question.template();
      lineage.add(
          new LineageLine(
                  file,
                  content.count,
                  original,
                  template,
                  kind,
                  question.group(),
                  sources(original, question.origin()),
                  original.teacher().orElse(null))
              .json());
    }
    tokens.put(file, total);
  }

  /**
   * The pairs of what is trained: a question that is held out, and an answer that lost to another,
   * is in no pair. Without pairs there is no file.
   */
  private void writePreference(SplitExamples split) {
    for (Candidate original : split.originals()) {
      Map<String, List<Example>> byAnswer = new TreeMap<>();
      for (Candidate candidate : selection.pairsOf(original)) {
        Example example = candidate.example();
        byAnswer
            .computeIfAbsent(requireNonNull(example.nonPreferred()), answer -> new ArrayList<>())
            .add(example);
      }
      Fact fact = split.factOf()[original.rank()];
      byAnswer.values().forEach(same -> writePair(same, fact));
    }
  }

  /**
   * @param same one pair as several documents have it, the best first
   */
  private void writePair(List<Example> same, @Nullable Fact fact) {
    Lines content = files.containsKey("preference") ? files.get("preference") : file("preference");
    Example pair = same.get(0);
    Message other = Message.assistant(requireNonNull(pair.nonPreferred()));
    List<Message> messages = pair.messages();
    content.add(ChatJsonl.preferenceLine(pair.prompt(), messages.get(messages.size() - 1), other));
    long total = tokensOf(messages) + tokensOf(pair.prompt()) + counter.count(other.content());
    tokens.merge("preference", total, Long::sum);
    lineage.add(
        new LineageLine(
                "preference",
                content.count,
                pair,
                pair.extractor(),
                "pair",
                fact == null ? null : fact.id(),
                same.stream().map(Example::source).filter(Objects::nonNull).toList(),
                pair.teacher().orElse(null))
            .json());
  }

  /** A question and its id. */
  private record Identified(String id, HeldOutQuestion question) {}

  private static List<Identified> sorted(String file, List<HeldOutQuestion> questions) {
    return questions.stream()
        .map(question -> new Identified(id(file, question), question))
        .sorted(
            Comparator.comparing(Identified::id)
                .thenComparing(identified -> identified.question().question()))
        .toList();
  }

  private static String testLine(String id, HeldOutQuestion question, Example original) {
    return ChatJsonl.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("id", id);
          ChatJsonl.messages(json, List.of(Message.user(question.question())));
          json.writeStringField("reference", original.answer());
          json.writeStringField("language", original.language());
          json.writeStringField("kind", question.kind().label());
          if (question.edge() != null) {
            json.writeStringField("edge", question.edge());
          }
          json.writeStringField("group", question.group());
          json.writeFieldName("source");
          ExampleJsonl.source(json, original.source(), false);
          json.writeEndObject();
        });
  }

  private static String id(String file, HeldOutQuestion question) {
    ContentHash hash = ContentHash.of(file).add(question.group()).add(question.question());
    return hash.hex().substring(0, 32);
  }

  /** Its own source, and those of the copies that were collapsed into it or its original. */
  private List<Source> sources(Example example, @Nullable Candidate origin) {
    List<Source> sources = new ArrayList<>();
    if (example.source() != null) {
      sources.add(example.source());
    }
    List<Example> copies = origin == null ? List.of() : selection.mergedInto(origin);
    copies.stream()
        .map(Example::source)
        .filter(Objects::nonNull)
        .sorted(
            Comparator.comparing(Source::documentId)
                .thenComparing(Source::start)
                .thenComparing(Source::end))
        .forEach(sources::add);
    return sources;
  }

  private long tokensOf(List<Message> messages) {
    long total = 0;
    for (Message message : messages) {
      total += counter.count(message.content());
    }
    return total;
  }
}
