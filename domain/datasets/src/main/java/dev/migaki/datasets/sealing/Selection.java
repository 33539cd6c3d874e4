package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.spill.Key128;
import dev.migaki.datasets.spill.SpillSpace;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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

  private final List<Candidate> candidates;
  private final Map<Candidate, List<Candidate>> merged = new HashMap<>();

  /** Numbers of the originals that have an answer that is not preferred. */
  private final BitSet pairs = new BitSet();

  /** A candidate as it arrives, with what most of its order depends on. */
  private record Arrival(Candidate candidate, int surest, String question) {}

  /**
   * The best of several that say the same: what a document says before what a teacher made of it,
   * newest, then surest extractor, then by content.
   */
  private static final Comparator<Arrival> BEST_FIRST =
      Comparator.comparing((Arrival a) -> a.candidate().isTaught())
          .thenComparing(a -> a.candidate().generation(), Comparator.reverseOrder())
          .thenComparing(a -> a.candidate().documentVersion(), Comparator.reverseOrder())
          .thenComparing(Arrival::surest)
          .thenComparing(Arrival::question)
          .thenComparing(a -> a.candidate().example().answer())
          .thenComparing(a -> documentId(a.candidate().example()))
          .thenComparing(a -> a.candidate().id());

  /**
   * @param documents each once
   * @param space of the file that keeps the texts
   */
  Selection(Iterable<DocumentExamples> documents, SpillSpace space) {
    Originals originals = new Originals(space);
    List<Arrival> arrivals = new ArrayList<>();
    for (DocumentExamples document : documents) {
      for (Example example : document.examples()) {
        Candidate candidate =
            new Candidate(
                originals,
                originals.add(example),
                Key128.of(example.id()),
                document.generation(),
                document.version(),
                example.teacher().isPresent());
        pairs.set(candidate.number(), example.nonPreferred() != null);
        arrivals.add(new Arrival(candidate, surest(example.extractor()), example.question()));
      }
    }
    dropRepeated(arrivals);
    arrivals.sort(BEST_FIRST);
    candidates = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      arrival.candidate().rank(candidates.size());
      candidates.add(arrival.candidate());
    }
  }

  /** Of examples with one id the last one counts. */
  private static void dropRepeated(List<Arrival> arrivals) {
    arrivals.sort(
        Comparator.comparing((Arrival a) -> a.candidate().id())
            .thenComparing(a -> a.candidate().number(), Comparator.reverseOrder()));
    @Nullable Key128 last = null;
    List<Arrival> kept = new ArrayList<>(arrivals.size());
    for (Arrival arrival : arrivals) {
      if (!arrival.candidate().id().equals(last)) {
        kept.add(arrival);
      }
      last = arrival.candidate().id();
    }
    if (kept.size() < arrivals.size()) {
      arrivals.clear();
      arrivals.addAll(kept);
    }
  }

  /** How many there were at first. */
  int size() {
    return candidates.size();
  }

  /** The candidate of a rank. */
  Candidate get(int rank) {
    return candidates.get(rank);
  }

  /** What is still in, the best first. */
  List<Candidate> kept() {
    return candidates.stream().filter(Candidate::isKept).toList();
  }

  /** Drops a copy; the lineage of what stays names its source too. */
  void merge(Candidate copy, Candidate into, RejectReason reason) {
    copy.drop(reason);
    merged.computeIfAbsent(into, candidate -> new ArrayList<>()).add(copy);
  }

  /** Examples of other documents that say the same as this one. */
  List<Example> mergedInto(Candidate candidate) {
    return merged.getOrDefault(candidate, List.of()).stream().map(Candidate::example).toList();
  }

  /**
   * The preference pairs that stand or fall with an original: its own, and those of its exact
   * copies, which have the same question and preferred answer; the best first.
   */
  List<Candidate> pairsOf(Candidate original) {
    if (pairs.isEmpty()) {
      return List.of();
    }
    Stream<Candidate> copies =
        merged.getOrDefault(original, List.of()).stream()
            .filter(copy -> copy.dropped() == RejectReason.EXACT_DUPLICATE);
    return Stream.concat(Stream.of(original), copies)
        .filter(candidate -> pairs.get(candidate.number()))
        .sorted(Comparator.comparing(Candidate::rank))
        .toList();
  }

  /** How many went, by reason. */
  Map<String, Integer> dropCounts() {
    Map<String, Integer> counts = new TreeMap<>();
    for (Candidate candidate : candidates) {
      RejectReason reason = candidate.dropped();
      if (reason != null) {
        counts.merge(reason.label(), 1, Integer::sum);
      }
    }
    return counts;
  }

  private static String documentId(Example example) {
    Source source = example.source();
    return source == null ? "" : source.documentId();
  }

  private static int surest(String extractor) {
    int rank = SUREST_FIRST.indexOf(extractor);
    return rank < 0 ? SUREST_FIRST.size() : rank;
  }
}
