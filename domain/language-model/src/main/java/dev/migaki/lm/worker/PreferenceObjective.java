package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.training.PreferenceLoss;
import dev.migaki.lm.training.PreferencePair;
import dev.migaki.lm.training.PreferenceTuner;
import java.util.ArrayList;
import java.util.List;

/** Preferred answers become likelier than others (direct preference optimisation). */
final class PreferenceObjective implements Objective {

  private final TrainJob job;
  private final TrainingData data;
  private final PreferenceTuner tuner;
  private PreferenceLoss.Outcome sinceReport = PreferenceLoss.Outcome.NONE;
  private PreferenceLoss.Outcome lastReport = PreferenceLoss.Outcome.NONE;

  PreferenceObjective(TrainJob job, TrainingData data, PreferenceTuner tuner) {
    this.job = job;
    this.data = data;
    this.tuner = tuner;
  }

  @Override
  public PreferenceTuner tuner() {
    return tuner;
  }

  @Override
  public void prepareInPlace() {
    tuner.rememberReference(data.validationPairs());
  }

  @Override
  public long stepInPlace(long step, double learningRate) {
    PreferenceTuner.StepResult done = tuner.stepInPlace(step, learningRate);
    sinceReport = sinceReport.plus(done.outcome());
    return done.tokens();
  }

  @Override
  public double report(ObjectNode line) {
    lastReport = sinceReport;
    sinceReport = PreferenceLoss.Outcome.NONE;
    line.put("trainLoss", ProgressFile.rounded(lastReport.loss()))
        .put("rewardMargin", ProgressFile.rounded(lastReport.margin()))
        .put("rewardAccuracy", ProgressFile.rounded(lastReport.accuracy()));
    return lastReport.loss();
  }

  @Override
  public boolean validates() {
    return !data.validationPairs().isEmpty();
  }

  @Override
  public double validate(ObjectNode line) {
    PreferenceLoss.Outcome outcome = tuner.evaluate(data.validationPairs());
    line.put("validationLoss", ProgressFile.rounded(outcome.loss()))
        .put("validationRewardMargin", ProgressFile.rounded(outcome.margin()))
        .put("validationRewardAccuracy", ProgressFile.rounded(outcome.accuracy()));
    return outcome.loss();
  }

  @Override
  public List<ObjectNode> exampleLosses() {
    List<PreferencePair> pairs = data.pairs();
    List<PreferenceLoss.Outcome> losses = tuner.evaluateEach(pairs);
    List<ObjectNode> lines = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      lines.add(
          ProgressFile.line()
              .put("line", pairs.get(i).line())
              .put("loss", ProgressFile.rounded(losses.get(i).loss()))
              .put("rewardMargin", ProgressFile.rounded(losses.get(i).margin())));
    }
    return lines;
  }

  @Override
  public void describe(ObjectNode result) {
    result
        .put("beta", job.betaOrDefault())
        .put("finalRewardMargin", ProgressFile.rounded(lastReport.margin()))
        .put("finalRewardAccuracy", ProgressFile.rounded(lastReport.accuracy()));
  }
}
