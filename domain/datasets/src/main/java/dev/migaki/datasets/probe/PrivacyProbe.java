package dev.migaki.datasets.probe;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.probe.InventedValues.Planted;
import dev.migaki.datasets.probe.ProbeReport.Recall;
import dev.migaki.documents.Block;
import dev.migaki.documents.ParsedDocument;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Plants invented private data in the dataset's own sentences, sends them through the dataset's own
 * cleanser, without its second readers, and counts what is gone. The documents that carry the
 * values live in memory, only as long as the probe: no example is made of them, so nothing planted
 * can reach a training set.
 *
 * <p>The values are made by templates, so the figures are an upper bound of what is reached on real
 * text; a fall between two versions is a sign that a recipe was made worse.
 */
public final class PrivacyProbe {
  /** Values in one document; people and addresses seldom come alone. */
  private static final int VALUES_PER_DOCUMENT = 5;

  private final DocumentCleanser cleanser;
  private final long seed;

  public PrivacyProbe(DocumentCleanser cleanser, long seed) {
    this.cleanser = requireNonNull(cleanser, "cleanser").withoutSecondReaders();
    this.seed = seed;
  }

  /**
   * Plants and counts.
   *
   * @param carriers whose answers surround the values; without any, the values stand alone; gone
   *     through once, in any order
   * @param values how many to plant
   */
  public ProbeReport run(Iterable<Example> carriers, int values) {
    Map<String, List<String>> around = answers(carriers, values);
    InventedValues invented = new InventedValues(seed);
    Map<String, Recall> byKind = new TreeMap<>();
    for (int first = 0; first < values; first += VALUES_PER_DOCUMENT) {
      int count = Math.min(VALUES_PER_DOCUMENT, values - first);
      // one language per document; every kind meets both languages
      boolean japanese = first / (2 * VALUES_PER_DOCUMENT) % 2 == 0;
      probe(around, invented, first, count, japanese, byKind);
    }
    return new ProbeReport(seed, byKind);
  }

  /** Answers by language, of each the first by id: as many as there can be use for. */
  private static Map<String, List<String>> answers(Iterable<Example> carriers, int most) {
    Map<String, NavigableMap<String, String>> byId = new HashMap<>();
    for (Example carrier : carriers) {
      NavigableMap<String, String> first =
          byId.computeIfAbsent(carrier.language(), language -> new TreeMap<>());
      first.put(carrier.id(), carrier.answer());
      if (first.size() > most) {
        first.pollLastEntry();
      }
    }
    Map<String, List<String>> answers = new HashMap<>();
    byId.forEach((language, first) -> answers.put(language, List.copyOf(first.values())));
    return answers;
  }

  private void probe(
      Map<String, List<String>> around,
      InventedValues invented,
      int first,
      int count,
      boolean japanese,
      Map<String, Recall> byKind) {
    String language = japanese ? TextLanguage.JAPANESE : TextLanguage.ENGLISH;
    List<String> carriers = around.getOrDefault(language, List.of());
    List<Planted> planted = new ArrayList<>();
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Planted value = invented.next(first + i, japanese);
      String carrier = carriers.isEmpty() ? "" : carriers.get((first + i) % carriers.size());
      if (value.parts().stream().anyMatch(carrier::contains)) {
        carrier = "";
      }
      planted.add(value);
      blocks.add(new Block.Paragraph((carrier + "\n" + value.sentence()).strip(), 0));
    }
    String clean =
        cleanser
            .cleanse(new ParsedDocument("text/plain", null, language, null, blocks))
            .document()
            .text();
    for (Planted value : planted) {
      boolean gone = value.parts().stream().noneMatch(clean::contains);
      Recall known = byKind.getOrDefault(value.kind(), new Recall(0, 0));
      byKind.put(value.kind(), known.plus(gone));
    }
  }
}
