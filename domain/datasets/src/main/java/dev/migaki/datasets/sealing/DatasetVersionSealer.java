package dev.migaki.datasets.sealing;

import static java.util.Objects.requireNonNull;

import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.spill.SpillSpace;
import java.nio.file.Path;
import java.util.List;

/**
 * Makes one version of a dataset from all of its documents: copies collapse, contradictions are
 * settled, facts are split without leakage, questions are varied, honest refusals are added.
 *
 * <p>Pure: same documents, recipe and history give the same bytes and the same version, in whatever
 * order the documents come, however they were partitioned, and however often each was delivered.
 */
public final class DatasetVersionSealer {
  private final Recipe recipe;
  private final TokenCounter tokens;
  private final Path temporary;
  private final QuestionScan scan;

  /**
   * @param temporary directory of temporary files, about 8 KB per example; must not lie in memory
   * @param scan of the questions that are written
   */
  public DatasetVersionSealer(
      Recipe recipe, TokenCounter tokens, Path temporary, QuestionScan scan) {
    this.recipe = requireNonNull(recipe, "recipe");
    this.tokens = requireNonNull(tokens, "tokens");
    this.temporary = requireNonNull(temporary, "temporary");
    this.scan = requireNonNull(scan, "scan");
  }

  /**
   * Seals the documents of a dataset.
   *
   * @param documents each once, in its newest version; order does not matter; gone through once, so
   *     they may come from a disk one by one
   * @param history what the previous version trained and held out
   * @return the version; the caller closes it
   * @throws java.io.UncheckedIOException when temporary files cannot be written; nothing is left of
   *     them, and to try again may help
   */
  public SealedVersion seal(
      String dataset,
      Iterable<DocumentExamples> documents,
      SplitHistory history,
      SealingProgress progress) {
    try (SpillSpace space = new SpillSpace(temporary)) {
      progress.at(SealingProgress.Step.READING, 0, 0);
      Selection selection = new Selection(documents, space);
      Decontamination.dropProtected(selection, recipe.protectedQuestions(), space);
      progress.at(SealingProgress.Step.DUPLICATES, 0, 0);
      Duplicates.collapseCopies(selection);
      progress.at(SealingProgress.Step.FLUENCY, 0, 0);
      Fluency.dropUnreadable(selection);
      progress.at(SealingProgress.Step.CONTRADICTIONS, 0, 0);
      List<Contradiction> contradictions = Conflicts.resolve(selection);
      progress.at(SealingProgress.Step.NEAR_DUPLICATES, 0, 0);
      Duplicates.collapseNearCopies(selection);
      SplitExamples split = LeakFreeSplit.of(selection, recipe, history, space, progress);
      return new VersionFiles(dataset, selection, tokens, temporary, scan, progress)
          .write(split, contradictions);
    }
  }
}
