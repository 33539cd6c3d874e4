package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.similarity.TextFold;
import dev.migaki.datasets.spill.Key128;
import org.jspecify.annotations.Nullable;

/** An original and the age of its document. Its text is in a file; there are millions of these. */
final class Candidate {
  private final Originals originals;
  private final int number;
  private final Key128 id;
  private final int generation;
  private final int documentVersion;
  private final boolean taught;
  private int rank;
  private @Nullable RejectReason dropped;

  /**
   * @param number of the original
   * @param taught whether a teacher proposed it
   */
  Candidate(
      Originals originals,
      int number,
      Key128 id,
      int generation,
      int documentVersion,
      boolean taught) {
    this.originals = originals;
    this.number = number;
    this.id = id;
    this.generation = generation;
    this.documentVersion = documentVersion;
    this.taught = taught;
  }

  Example example() {
    return originals.get(number);
  }

  /** The example's id. */
  Key128 id() {
    return id;
  }

  int number() {
    return number;
  }

  int generation() {
    return generation;
  }

  int documentVersion() {
    return documentVersion;
  }

  /** Whether a teacher proposed it: it takes nothing away from what documents say themselves. */
  boolean isTaught() {
    return taught;
  }

  /** Place among all that there were, the best first, from 0. */
  int rank() {
    return rank;
  }

  void rank(int place) {
    rank = place;
  }

  boolean isKept() {
    return dropped == null;
  }

  /** Why it went; null while it is in. */
  @Nullable RejectReason dropped() {
    return dropped;
  }

  /** Takes it out; the first reason stays. */
  void drop(RejectReason reason) {
    if (dropped == null) {
      dropped = reason;
    }
  }

  /** Whether its document is newer; false for documents of the same delivery and version. */
  boolean isNewerThan(Candidate other) {
    return generation != other.generation
        ? generation > other.generation
        : documentVersion > other.documentVersion;
  }

  /** Question and answer folded; equal for copies. */
  String foldedText() {
    Example example = example();
    StringBuilder text = new StringBuilder(example.language());
    example
        .messages()
        .forEach(m -> text.append('\n').append(m.role()).append(TextFold.fold(m.content())));
    return text.toString();
  }
}
