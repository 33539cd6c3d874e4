package dev.migaki.eval.domain;

import dev.migaki.contracts.ArtifactRef;
import java.nio.file.Path;

/** What an evaluation reads and writes. */
public interface EvaluationFiles {

  /** The held-out questions and training pairs of a sealed version. */
  Exam exam(ArtifactRef manifest);

  /** The losses of the run by step. */
  LossCurve lossCurve(ArtifactRef metrics);

  /** Unpacks a model into a directory. */
  void unpack(ArtifactRef model, Path directory);

  /** Deletes a directory with everything in it, if it is there. */
  void clear(Path directory);

  /** Stores the scorecard as JSON. */
  ArtifactRef store(Scorecard scorecard);

  /** Stores the report page. */
  ArtifactRef storeReport(String html);

  /** Deletes a scorecard or report; nothing happens when it is gone already. */
  void forget(ArtifactRef artifact);
}
