package dev.migaki.cleansing;

/** What happens to a finding. */
public enum RedactionAction {
  /** {@code <PERSON_1>}, numbered per document; the same value has the same number. */
  REPLACE,
  /** {@code <PERSON_3fa91c02b7d4>}: HMAC of the value, the same through the whole dataset. */
  PSEUDONYM,
  /**
   * Made coarser where the type allows it ({@code <AGE_30s>}, {@code <DATE_OF_BIRTH_1985>}), else
   * replaced.
   */
  GENERALISE,
  /** Asterisks. */
  MASK,
  /** Nothing is left. */
  DROP,
  /** Stays; only reported. */
  KEEP
}
