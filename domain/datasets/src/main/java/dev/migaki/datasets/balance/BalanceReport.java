package dev.migaki.datasets.balance;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.jsonl.ChatJsonl;
import dev.migaki.datasets.similarity.ContentTerms;
import java.io.IOException;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * What a dataset is made of, and where it leans to one side. Computed from the originals that are
 * trained; variations and honest refusals follow them.
 *
 * @param examples originals that were looked at
 * @param sources by document
 * @param topics by the content word that a question shares with most others
 * @param questionTypes by the interrogative: how, when, whether, …
 * @param diversity Vendi score of order 2 of the questions, 1 to {@code diversitySample}
 * @param diversitySample questions that it was computed from
 */
public record BalanceReport(
    int examples,
    Spread sources,
    Spread topics,
    Spread languages,
    Spread questionTypes,
    Lengths questionCharacters,
    Lengths answerCharacters,
    Lengths tokens,
    double diversity,
    int diversitySample,
    List<BalanceWarning> warnings) {
  private static final String NO_TOPIC = "(none)";

  public BalanceReport {
    requireNonNull(sources, "sources");
    requireNonNull(topics, "topics");
    requireNonNull(languages, "languages");
    requireNonNull(questionTypes, "questionTypes");
    requireNonNull(questionCharacters, "questionCharacters");
    requireNonNull(answerCharacters, "answerCharacters");
    requireNonNull(tokens, "tokens");
    warnings = List.copyOf(warnings);
  }

  /** The report on some examples, which are gone through twice; their order does not matter. */
  public static BalanceReport of(Iterable<Example> examples, TokenCounter counter) {
    SourceCounts sources = new SourceCounts();
    Map<String, Integer> languages = new TreeMap<>();
    Map<String, Integer> types = new TreeMap<>();
    Map<String, Integer> terms = new HashMap<>();
    IntStream.Builder questions = IntStream.builder();
    IntStream.Builder answers = IntStream.builder();
    IntStream.Builder tokens = IntStream.builder();
    Diversity diversity = new Diversity();
    int count = 0;
    for (Example example : examples) {
      sources.add(example.source());
      languages.merge(example.language(), 1, Integer::sum);
      types.merge(type(example), 1, Integer::sum);
      ContentTerms.of(example.question()).forEach(term -> terms.merge(term, 1, Integer::sum));
      questions.add(codePoints(example.question()));
      answers.add(codePoints(example.answer()));
      tokens.add(tokens(example, counter));
      diversity.add(example.question());
      count++;
    }
    Spread bySource = Spread.of(sources.byName());
    Spread byTopic = Spread.of(topics(examples, terms));
    Spread byLanguage = Spread.of(languages);
    Spread byType = Spread.of(types);
    return new BalanceReport(
        count,
        bySource,
        byTopic,
        byLanguage,
        byType,
        Lengths.of(questions.build().toArray()),
        Lengths.of(answers.build().toArray()),
        Lengths.of(tokens.build().toArray()),
        diversity.score(),
        Math.min(count, Diversity.MOST_SAMPLED),
        BalanceWarning.of(bySource, byTopic, byLanguage, byType));
  }

  private static String type(Example example) {
    return ContentTerms.interrogative(example.question())
        .name()
        .toLowerCase(Locale.ROOT)
        .replace('_', '-');
  }

  /**
   * Each question counts for the one of its words that most questions share.
   *
   * @param frequency questions that have a word
   */
  private static Map<String, Integer> topics(
      Iterable<Example> examples, Map<String, Integer> frequency) {
    Map<String, Integer> topics = new TreeMap<>();
    for (Example example : examples) {
      String topic =
          ContentTerms.of(example.question()).stream()
              .max(
                  // a single character seldom names a topic
                  Comparator.comparing((String term) -> term.length() > 1)
                      .thenComparing(term -> frequency.getOrDefault(term, 0))
                      .thenComparing(Comparator.reverseOrder()))
              .orElse(NO_TOPIC);
      topics.merge(topic, 1, Integer::sum);
    }
    return topics;
  }

  private static int codePoints(String text) {
    return text.codePointCount(0, text.length());
  }

  private static int tokens(Example example, TokenCounter counter) {
    return example.messages().stream().mapToInt(m -> counter.count(m.content())).sum();
  }

  /** UTF-8 JSON on one line with its fields in a fixed order. */
  public String toJson() {
    return ChatJsonl.write(this::write);
  }

  private void write(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeStringField("schema", "migaki.balance.v1");
    json.writeNumberField("examples", examples);
    write(json, "sources", sources);
    write(json, "topics", topics);
    write(json, "languages", languages);
    write(json, "questionTypes", questionTypes);
    write(json, "questionCharacters", questionCharacters);
    write(json, "answerCharacters", answerCharacters);
    write(json, "tokens", tokens);
    json.writeNumberField("diversity", diversity);
    json.writeNumberField("diversitySample", diversitySample);
    json.writeArrayFieldStart("warnings");
    for (BalanceWarning warning : warnings) {
      json.writeStartObject();
      json.writeStringField("kind", warning.kind());
      json.writeStringField("name", warning.name());
      json.writeNumberField("share", warning.share());
      json.writeStringField("message", warning.message());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Spread spread) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("distinct", spread.counts().size());
    json.writeNumberField("entropyBits", spread.entropyBits());
    json.writeNumberField("evenness", spread.evenness());
    json.writeObjectFieldStart("counts");
    for (Map.Entry<String, Integer> count : spread.counts().entrySet()) {
      json.writeNumberField(count.getKey(), count.getValue());
    }
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void write(JsonGenerator json, String name, Lengths lengths) throws IOException {
    json.writeObjectFieldStart(name);
    json.writeNumberField("minimum", lengths.minimum());
    json.writeNumberField("median", lengths.median());
    json.writeNumberField("percentile95", lengths.percentile95());
    json.writeNumberField("maximum", lengths.maximum());
    json.writeNumberField("mean", lengths.mean());
    json.writeArrayFieldStart("histogram");
    for (Lengths.Bin bin : lengths.bins()) {
      json.writeStartObject();
      json.writeNumberField("from", bin.from());
      json.writeNumberField("to", bin.to());
      json.writeNumberField("count", bin.count());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }
}
