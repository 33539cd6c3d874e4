package dev.migaki.datasets.preparation;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.sealing.DatasetVersionSealer;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SplitHistory;
import java.util.List;

/** Seals documents, and again without what the last scan finds, until it finds nothing. */
public final class VersionPreparation {
  private final DatasetVersionSealer sealer;
  private final DocumentCleanser cleanser;

  public VersionPreparation(Recipe recipe, DocumentCleanser cleanser) {
    this.sealer = new DatasetVersionSealer(recipe, TokenCounter.estimate());
    this.cleanser = requireNonNull(cleanser, "cleanser");
  }

  /**
   * A version without residue.
   *
   * @param quarantined examples that the last scan took out
   */
  public record Prepared(SealedVersion version, int quarantined) {}

  /** Seals. */
  public Prepared seal(String dataset, List<DocumentExamples> documents, SplitHistory history) {
    ResidualScan scan = new ResidualScan(cleanser);
    List<DocumentExamples> tried = documents;
    SealedVersion sealed = sealer.seal(dataset, tried, history);
    List<DocumentExamples> clean = scan.withoutResidue(sealed, tried);
    while (!clean.equals(tried)) {
      tried = clean;
      sealed = sealer.seal(dataset, tried, history);
      clean = scan.withoutResidue(sealed, tried);
    }
    return new Prepared(sealed, count(documents) - count(tried));
  }

  private static int count(List<DocumentExamples> documents) {
    return documents.stream().mapToInt(document -> document.examples().size()).sum();
  }
}
