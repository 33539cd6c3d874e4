package dev.migaki.datasets.preparation;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.sealing.DatasetVersionSealer;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.StreamSupport;

/** Seals documents, and again without what the last scan finds, until it finds nothing. */
public final class VersionPreparation {
  private final DatasetVersionSealer sealer;
  private final DocumentCleanser cleanser;

  /**
   * @param temporary directory of the sealer's temporary files
   */
  public VersionPreparation(Recipe recipe, DocumentCleanser cleanser, Path temporary) {
    this.sealer = new DatasetVersionSealer(recipe, TokenCounter.estimate(), temporary);
    this.cleanser = requireNonNull(cleanser, "cleanser");
  }

  /**
   * A version without residue.
   *
   * @param quarantined examples that the last scan took out
   */
  public record Prepared(SealedVersion version, int quarantined) {}

  /**
   * Seals.
   *
   * @param documents gone through several times, the same each time
   * @return the version, which the caller closes
   */
  public Prepared seal(
      String dataset,
      Iterable<DocumentExamples> documents,
      SplitHistory history,
      SealingProgress progress) {
    ResidualScan scan = new ResidualScan(cleanser, progress);
    Set<String> dirty = new HashSet<>();
    while (true) {
      SealedVersion sealed = sealer.seal(dataset, without(documents, dirty), history, progress);
      boolean again;
      try {
        again = dirty.addAll(scan.dirtyExamples(sealed, without(documents, dirty)));
      } catch (RuntimeException e) {
        sealed.close();
        throw e;
      }
      if (!again) {
        return new Prepared(sealed, dirty.size());
      }
      sealed.close();
    }
  }

  private static Iterable<DocumentExamples> without(
      Iterable<DocumentExamples> documents, Set<String> dirty) {
    return dirty.isEmpty()
        ? documents
        : () ->
            StreamSupport.stream(documents.spliterator(), false)
                .map(document -> document.without(dirty))
                .iterator();
  }
}
