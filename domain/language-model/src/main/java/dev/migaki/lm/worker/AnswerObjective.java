package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.training.ChatExample;
import dev.migaki.lm.training.FineTuner;
import dev.migaki.lm.training.TokenLoss;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers become likelier, token by token; earlier versions' examples are protected. */
final class AnswerObjective implements Objective {

  private final TrainJob job;
  private final TrainingData data;
  private final FineTuner tuner;
  private TokenLoss.Outcome sinceReport = TokenLoss.Outcome.NONE;
  private @Nullable Retention retention;

  AnswerObjective(TrainJob job, TrainingData data, FineTuner tuner) {
    this.job = job;
    this.data = data;
    this.tuner = tuner;
  }

  @Override
  public FineTuner tuner() {
    return tuner;
  }

  @Override
  public void prepareInPlace() {
    if (job.elasticStrengthOrDefault() > 0) {
      tuner.consolidateInPlace(
          data.earlierSample(job.fisherExamples(), job.seedOrDefault()),
          job.elasticStrengthOrDefault());
    }
    retention = Retention.start(job, data, tuner);
  }

  @Override
  public long stepInPlace(long step, double learningRate) {
    FineTuner.StepResult done = tuner.stepInPlace(step, learningRate);
    sinceReport = sinceReport.plus(done.outcome());
    return done.tokens();
  }

  @Override
  public double report(ObjectNode line) {
    double loss = sinceReport.mean();
    line.put("trainLoss", ProgressFile.rounded(loss))
        .put("tokenAccuracy", ProgressFile.rounded(accuracy(sinceReport)));
    sinceReport = TokenLoss.Outcome.NONE;
    return loss;
  }

  @Override
  public boolean validates() {
    return !data.validation().isEmpty();
  }

  @Override
  public double validate(ObjectNode line) {
    TokenLoss.Outcome outcome = tuner.evaluate(data.validation());
    line.put("validationLoss", ProgressFile.rounded(outcome.mean()))
        .put("validationTokenAccuracy", ProgressFile.rounded(accuracy(outcome)));
    return outcome.mean();
  }

  private static double accuracy(TokenLoss.Outcome outcome) {
    return (double) outcome.correct() / Math.max(1, outcome.rows());
  }

  @Override
  public List<ObjectNode> exampleLosses() {
    List<ChatExample> examples = data.train().examples();
    List<TokenLoss.Outcome> losses = tuner.evaluateEach(examples);
    List<ObjectNode> lines = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      lines.add(
          ProgressFile.line()
              .put("line", examples.get(i).line())
              .put("loss", ProgressFile.rounded(losses.get(i).mean()))
              .put("supervisedTokens", losses.get(i).rows()));
    }
    return lines;
  }

  @Override
  public void describe(ObjectNode result) {
    if (retention != null) {
      retention.describe(result, tuner);
    }
  }
}
