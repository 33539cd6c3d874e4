package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.training.ChatExample;
import dev.migaki.lm.training.FineTuner;
import dev.migaki.lm.training.Replay;
import dev.migaki.lm.training.TokenLoss;
import java.util.List;

/**
 * How much of what the model knew of earlier versions is left after a run: loss and token accuracy
 * on a sample of each version's examples, before the first step and after the last.
 */
final class Retention {

  private static final int SAMPLE = 200;

  private final TrainJob job;
  private final List<List<ChatExample>> samples;
  private final List<TokenLoss.Outcome> before;

  private Retention(TrainJob job, List<List<ChatExample>> samples, List<TokenLoss.Outcome> before) {
    this.job = job;
    this.samples = samples;
    this.before = before;
  }

  /** Measures the state before the first step. */
  static Retention start(TrainJob job, TrainingData data, FineTuner tuner) {
    List<List<ChatExample>> samples =
        data.earlier().stream()
            .map(
                examples ->
                    Replay.sample(
                        examples,
                        Math.min(1.0, (double) SAMPLE / examples.size()),
                        job.seedOrDefault()))
            .toList();
    return new Retention(job, samples, samples.stream().map(tuner::evaluate).toList());
  }

  /** Adds {@code earlierVersions} with one entry per earlier file; nothing without such files. */
  void describe(ObjectNode result, FineTuner tuner) {
    if (samples.isEmpty()) {
      return;
    }
    ArrayNode versions = result.putArray("earlierVersions");
    for (int i = 0; i < samples.size(); i++) {
      TokenLoss.Outcome after = tuner.evaluate(samples.get(i));
      double accuracyBefore = accuracy(before.get(i));
      double accuracyAfter = accuracy(after);
      versions
          .addObject()
          .put("file", String.valueOf(job.earlier().get(i).getFileName()))
          .put("examples", samples.get(i).size())
          .put("lossBefore", ProgressFile.rounded(before.get(i).mean()))
          .put("lossAfter", ProgressFile.rounded(after.mean()))
          .put("tokenAccuracyBefore", ProgressFile.rounded(accuracyBefore))
          .put("tokenAccuracyAfter", ProgressFile.rounded(accuracyAfter))
          .put("keptShare", ProgressFile.rounded(accuracyAfter / Math.max(1e-9, accuracyBefore)));
    }
  }

  private static double accuracy(TokenLoss.Outcome outcome) {
    return (double) outcome.correct() / Math.max(1, outcome.rows());
  }
}
