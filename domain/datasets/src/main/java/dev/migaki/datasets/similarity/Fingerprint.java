package dev.migaki.datasets.similarity;

import dev.migaki.datasets.ContentHash;

/** What {@link SignatureIndex} keeps of a text and looks it up by. */
final class Fingerprint {
  private final boolean empty;
  private final long exact;
  private final long[] signature;
  private final long[] bands;

  private Fingerprint(boolean empty, long exact, long[] signature) {
    this.empty = empty;
    this.exact = exact;
    this.signature = signature;
    this.bands = MinHash.bandKeys(signature);
  }

  static Fingerprint of(String text) {
    String folded = TextFold.fold(text);
    Shingles shingles = Shingles.ofFolded(folded);
    long exact = Shingles.mix(ContentHash.of("text").add(folded).number());
    return new Fingerprint(folded.isEmpty(), exact, MinHash.signature(shingles));
  }

  /** Whether the text has neither letters nor digits; such a text is like no other. */
  boolean isEmpty() {
    return empty;
  }

  long exact() {
    return exact;
  }

  long[] bands() {
    return bands;
  }

  /** The lowest 16 bits of the {@code i}-th minimum. */
  short value(int i) {
    return (short) signature[i];
  }
}
