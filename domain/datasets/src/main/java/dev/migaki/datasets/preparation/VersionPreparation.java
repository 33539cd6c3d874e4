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
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Scans documents and seals those examples that are clean; a question that the scan finds when it
 * is written is not written.
 */
public final class VersionPreparation {
  private final Recipe recipe;
  private final DocumentCleanser cleanser;
  private final Path temporary;

  /**
   * @param temporary directory of the sealer's temporary files
   */
  public VersionPreparation(Recipe recipe, DocumentCleanser cleanser, Path temporary) {
    this.recipe = requireNonNull(recipe, "recipe");
    this.cleanser = requireNonNull(cleanser, "cleanser");
    this.temporary = requireNonNull(temporary, "temporary");
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
    ResidualScan scan = new ResidualScan(cleanser::hasResidue, progress);
    Set<String> dirty = scan.dirtyExamples(documents);
    SealedVersion sealed =
        new DatasetVersionSealer(recipe, TokenCounter.estimate(), temporary, scan)
            .seal(dataset, without(documents, dirty), history, progress);
    return new Prepared(sealed, dirty.size());
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
