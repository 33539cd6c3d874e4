package dev.migaki.datasets.sealing;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.TokenCounter;
import java.util.Collection;
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

  public DatasetVersionSealer(Recipe recipe, TokenCounter tokens) {
    this.recipe = recipe;
    this.tokens = tokens;
  }

  /**
   * Seals the documents of a dataset.
   *
   * @param documents each once, in its newest version; order does not matter
   * @param history what the previous version trained and held out
   */
  public SealedVersion seal(
      String dataset, Collection<DocumentExamples> documents, SplitHistory history) {
    Selection selection = new Selection(documents);
    Decontamination.dropProtected(selection, recipe.protectedQuestions());
    Duplicates.collapseCopies(selection);
    Fluency.dropUnreadable(selection);
    List<Contradiction> contradictions = Conflicts.resolve(selection);
    Duplicates.collapseNearCopies(selection);
    List<Example> conversations =
        selection.kept().stream()
            .map(Selection.Candidate::example)
            .filter(example -> !example.isSingleTurn())
            .toList();
    SplitExamples split = LeakFreeSplit.of(Facts.of(selection), conversations, recipe, history);
    return new VersionFiles(dataset, selection, tokens).write(split, contradictions);
  }
}
