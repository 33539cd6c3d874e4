package dev.migaki.cleansing;

/**
 * In how many documents of the dataset a surface occurs.
 *
 * <p>A "name" that stands in many unrelated documents is a product, a library or a famous term;
 * this suppression removes most false alarms on manuals.
 */
@FunctionalInterface
public interface DocumentFrequencies {

  /** Knows nothing: no suppression. */
  DocumentFrequencies NONE = surfaceKey -> 0;

  /**
   * @param surfaceKey the surface as {@link dev.migaki.cleansing.recognition.Glossary#key} spells
   *     it
   */
  int documentsWith(String surfaceKey);
}
