package dev.migaki.datasets.sealing;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.balance.BalanceReport;
import dev.migaki.datasets.jsonl.ChatJsonl;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes the files of a version, each sorted by content so that order of arrival leaves no trace,
 * and hashes them. The lineage and the contradictions describe the content and are not part of the
 * hash: a document that comes again with a new version number and the same text changes nothing.
 */
final class VersionFiles {
  private final String dataset;
  private final Selection selection;
  private final TokenCounter counter;
  private final Map<String, List<String>> lines = new LinkedHashMap<>();
  private final Map<String, Long> tokens = new LinkedHashMap<>();
  private final Map<String, Integer> kinds = new TreeMap<>();
  private final List<String> lineage = new ArrayList<>();

  VersionFiles(String dataset, Selection selection, TokenCounter counter) {
    this.dataset = dataset;
    this.selection = selection;
    this.counter = counter;
  }

  SealedVersion write(SplitExamples split, List<Contradiction> contradictions) {
    writeTrain(split);
    writeHeldOut("validation", split.validation(), true);
    writeHeldOut("test", split.test(), false);
    writeHeldOut("edge", split.edge(), false);
    writeHeldOut("unanswerable", split.unanswerable(), false);
    ContentHash version = ContentHash.of("migaki.version.v1").add(dataset);
    lines.forEach((name, content) -> version.add(name).add(ContentHash.ofBytes(bytes(content))));
    lines.put("lineage", lineage);
    lines.put(
        "contradictions", contradictions.stream().map(VersionFiles::report).sorted().toList());

    Map<String, byte[]> files = new LinkedHashMap<>();
    Map<String, Integer> counts = new LinkedHashMap<>();
    lines.forEach((name, content) -> files.put(name, bytes(content)));
    lines.forEach((name, content) -> counts.put(name, content.size()));
    BalanceReport balance =
        BalanceReport.of(
            split.train().stream().filter(e -> e.kind() == Example.Kind.ORIGINAL).toList(),
            counter);
    files.put("balance", bytes(List.of(balance.toJson())));
    Map<String, Integer> languages = new TreeMap<>();
    split.train().forEach(example -> languages.merge(example.language(), 1, Integer::sum));
    return new SealedVersion(
        version.hex(),
        files,
        counts,
        tokens,
        languages,
        kinds,
        selection.dropCounts(),
        contradictions,
        split.facts(),
        balance);
  }

  private void writeTrain(SplitExamples split) {
    List<String> content = new ArrayList<>();
    long total = 0;
    for (Example example : split.train()) {
      content.add(ChatJsonl.line(example.messages()));
      total += tokensOf(example.messages());
      String kind = example.kind().name().toLowerCase(java.util.Locale.ROOT);
      kinds.merge("train-" + kind, 1, Integer::sum);
      String group = split.groups().get(example.id());
      lineage.add(trace("train", content.size(), example, example.extractor(), kind, group));
    }
    lines.put("train", content);
    tokens.put("train", total);
  }

  private void writeHeldOut(String file, List<HeldOutQuestion> questions, boolean chatOnly) {
    List<String> content = new ArrayList<>();
    long total = 0;
    List<HeldOutQuestion> sorted =
        questions.stream()
            .sorted(
                Comparator.comparing((HeldOutQuestion q) -> id(file, q))
                    .thenComparing(HeldOutQuestion::question))
            .toList();
    for (HeldOutQuestion question : sorted) {
      List<Message> messages =
          List.of(
              Message.user(question.question()), Message.assistant(question.original().answer()));
      content.add(chatOnly ? ChatJsonl.line(messages) : testLine(file, question));
      total += tokensOf(messages);
      String kind = question.kind().label();
      kinds.merge(file + "-" + kind, 1, Integer::sum);
      String template =
          question.template() == null ? question.original().extractor() : question.template();
      lineage.add(
          trace(file, content.size(), question.original(), template, kind, question.group()));
    }
    lines.put(file, content);
    tokens.put(file, total);
  }

  private static String testLine(String file, HeldOutQuestion question) {
    return ChatJsonl.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("id", id(file, question));
          ChatJsonl.messages(json, List.of(Message.user(question.question())));
          json.writeStringField("reference", question.original().answer());
          json.writeStringField("language", question.original().language());
          json.writeStringField("kind", question.kind().label());
          if (question.edge() != null) {
            json.writeStringField("edge", question.edge());
          }
          json.writeStringField("group", question.group());
          json.writeFieldName("source");
          source(json, question.original().source(), false);
          json.writeEndObject();
        });
  }

  private static String id(String file, HeldOutQuestion question) {
    ContentHash hash = ContentHash.of(file).add(question.group()).add(question.question());
    return hash.hex().substring(0, 32);
  }

  private String trace(
      String file,
      int line,
      Example example,
      String template,
      String kind,
      @Nullable String group) {
    return ChatJsonl.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("file", file);
          json.writeNumberField("line", line);
          json.writeStringField("example", example.id());
          json.writeStringField("kind", kind);
          json.writeStringField("template", template);
          if (example.derivedFrom() != null) {
            json.writeStringField("derivedFrom", example.derivedFrom());
          }
          if (group != null && !group.isEmpty()) {
            json.writeStringField("group", group);
          }
          json.writeArrayFieldStart("sources");
          for (Source source : sources(example)) {
            source(json, source, true);
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }

  /** Its own source, and those of the copies that were collapsed into it or its original. */
  private List<Source> sources(Example example) {
    List<Source> sources = new ArrayList<>();
    if (example.source() != null) {
      sources.add(example.source());
    }
    String original = example.derivedFrom() == null ? example.id() : example.derivedFrom();
    selection.mergedInto(original).stream()
        .map(Example::source)
        .filter(java.util.Objects::nonNull)
        .sorted(
            Comparator.comparing(Source::documentId)
                .thenComparing(Source::start)
                .thenComparing(Source::end))
        .forEach(sources::add);
    return sources;
  }

  private static void source(JsonGenerator json, @Nullable Source source, boolean versioned)
      throws IOException {
    if (source == null) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("document", source.documentId());
    if (versioned) {
      json.writeNumberField("version", source.documentVersion());
    }
    json.writeStringField("filename", source.filename());
    json.writeNumberField("page", source.page());
    json.writeNumberField("start", source.start());
    json.writeNumberField("end", source.end());
    json.writeArrayFieldStart("headings");
    for (String heading : source.headingPath()) {
      json.writeString(heading);
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static String report(Contradiction contradiction) {
    return ChatJsonl.write(
        json -> {
          json.writeStartObject();
          json.writeStringField("language", contradiction.kept().language());
          json.writeStringField("kind", contradiction.kind());
          json.writeStringField(
              "resolution",
              contradiction.resolution() == Contradiction.Resolution.NEWER_KEPT
                  ? "newer-kept"
                  : "neither-kept");
          side(json, "first", contradiction.kept());
          side(json, "second", contradiction.dropped());
          json.writeEndObject();
        });
  }

  private static void side(JsonGenerator json, String name, Example example) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeStringField("example", example.id());
    json.writeStringField("question", example.question());
    json.writeStringField("answer", example.answer());
    json.writeFieldName("source");
    source(json, example.source(), true);
    json.writeEndObject();
  }

  private long tokensOf(List<Message> messages) {
    long total = 0;
    for (Message message : messages) {
      total += counter.count(message.content());
    }
    return total;
  }

  private static byte[] bytes(List<String> lines) {
    StringBuilder text = new StringBuilder();
    lines.forEach(line -> text.append(line).append('\n'));
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
