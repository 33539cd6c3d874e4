package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.similarity.TextFold;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The originals that are still in, while the sealer sorts out the rest; remembers why each of the
 * others went and which example stands for it.
 */
final class Selection {
  private static final List<String> SUREST_FIRST =
      List.of(
          "chat-line",
          "declared-pair",
          "table-pair",
          "labelled-pair",
          "faq-heading",
          "faq-line",
          "code-table",
          "mail-thread",
          "dialogue",
          "chat-line-opening",
          "mail-thread-opening",
          "dialogue-opening",
          Example.SECTION_RULE);

  private final Map<String, Candidate> byId = new TreeMap<>();
  private final Map<String, RejectReason> dropped = new TreeMap<>();
  private final Map<String, List<Example>> merged = new TreeMap<>();

  /** An original and the age of its document. */
  record Candidate(Example example, int generation, int documentVersion) {
    /** Whether its document is newer; false for documents of the same delivery and version. */
    boolean isNewerThan(Candidate other) {
      return generation != other.generation
          ? generation > other.generation
          : documentVersion > other.documentVersion;
    }

    /** Question and answer folded; equal for copies. */
    String foldedText() {
      StringBuilder text = new StringBuilder(example.language());
      example
          .messages()
          .forEach(m -> text.append('\n').append(m.role()).append(TextFold.fold(m.content())));
      return text.toString();
    }
  }

  /** The best of several that say the same: newest, then surest extractor, then by content. */
  static final Comparator<Candidate> BEST_FIRST =
      Comparator.comparing(Candidate::generation, Comparator.reverseOrder())
          .thenComparing(Candidate::documentVersion, Comparator.reverseOrder())
          .thenComparing(c -> rank(c.example().extractor()))
          .thenComparing(c -> c.example().question())
          .thenComparing(c -> c.example().answer())
          .thenComparing(Selection::documentId)
          .thenComparing(c -> c.example().id());

  Selection(Collection<DocumentExamples> documents) {
    for (DocumentExamples document : documents) {
      for (Example example : document.examples()) {
        byId.put(example.id(), new Candidate(example, document.generation(), document.version()));
      }
    }
  }

  /** What is still in, by id. */
  List<Candidate> kept() {
    return byId.values().stream().filter(c -> !dropped.containsKey(c.example().id())).toList();
  }

  boolean isKept(Candidate candidate) {
    return !dropped.containsKey(candidate.example().id());
  }

  void drop(Candidate candidate, RejectReason reason) {
    dropped.putIfAbsent(candidate.example().id(), reason);
  }

  /** Drops a copy; the lineage of what stays names its source too. */
  void merge(Candidate copy, Candidate into, RejectReason reason) {
    drop(copy, reason);
    merged.computeIfAbsent(into.example().id(), id -> new ArrayList<>()).add(copy.example());
  }

  /** Examples of other documents that say the same as this one. */
  List<Example> mergedInto(String exampleId) {
    return merged.getOrDefault(exampleId, List.of());
  }

  /** How many went, by reason. */
  Map<String, Integer> dropCounts() {
    Map<String, Integer> counts = new TreeMap<>();
    dropped.values().forEach(reason -> counts.merge(reason.label(), 1, Integer::sum));
    return counts;
  }

  private static String documentId(Candidate candidate) {
    Source source = candidate.example().source();
    return source == null ? "" : source.documentId();
  }

  private static int rank(String extractor) {
    int rank = SUREST_FIRST.indexOf(extractor);
    return rank < 0 ? SUREST_FIRST.size() : rank;
  }
}
