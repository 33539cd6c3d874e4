package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.Sha256;
import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.model.AdapterContinuation;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.training.AdamW;
import dev.migaki.lm.training.FineTuner;
import dev.migaki.lm.training.LearningRateSchedule;
import dev.migaki.lm.training.OptimizerState;
import dev.migaki.lm.training.Precision;
import dev.migaki.lm.training.PrecisionProbe;
import dev.migaki.lm.training.PreferenceLoss;
import dev.migaki.lm.training.PreferenceTuner;
import dev.migaki.lm.training.TrainingDivergedException;
import dev.migaki.lm.training.TrainingFile;
import dev.migaki.lm.training.Tuner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.global.torch;

/** One run of {@link TrainWorker}: audit, train or go on, save. */
final class TrainingRun {

  private static final double TIME_RESERVE = 0.94;
  private static final double OVERFIT = 1.2;
  private static final int TIME_CHECK_EVERY = 8;
  private static final double UNDECIDED_SHARE = 0.1;
  private final TrainJob job;
  private final LongSupplier nanoTime;
  private final ProgressFile progress;
  private final Path result;
  private final Path checkpoint;
  private final BestWeights best;

  private double lastTrainLoss;
  private double lastValidationLoss = Double.NaN;
  private long tokens;
  private long usedStep = -1;
  private long startedNanos;
  private long processStartStep;
  private double processStartSeconds;
  private final List<Double> checkedSeconds = new ArrayList<>();

  TrainingRun(TrainJob job, LongSupplier nanoTime) throws IOException {
    this.job = job;
    this.nanoTime = nanoTime;
    this.progress = new ProgressFile(job.progress());
    this.result = job.output().resolve("training-result.json");
    this.checkpoint = job.checkpoints().resolve("training.checkpoint");
    this.best = new BestWeights(job.checkpoints().resolve("best.weights"));
  }

  /** Does it, alone in its directories. */
  void run() throws IOException {
    AtomicFiles.directory(job.checkpoints());
    try (RunLock output = RunLock.take(job.output());
        RunLock checkpoints =
            Files.isSameFile(job.output(), job.checkpoints())
                ? null
                : RunLock.take(job.checkpoints())) {
      runAlone();
    }
  }

  private void runAlone() throws IOException {
    startedNanos = nanoTime.getAsLong();
    // each lane is one thread, see Lanes
    ComputeDevice.use(System.getenv(ComputeDevice.VARIABLE));
    torch.set_num_threads(1);
    ModelConfig config = ModelConfig.read(job.base().resolve(LlamaCheckpoint.CONFIG_FILE));
    String baseSha = BaseFiles.sha256(job.base());
    String course =
        Sha256.ofText(
            job.course(TrainingData.sha256(job), BaseFiles.courseSha256(job.base(), baseSha)));
    if (alreadyDone(course)) {
      progress.append(ProgressFile.event("done").put("message", "this job was finished before"));
      return;
    }
    RunJournal journal = RunJournal.open(job.checkpoints().resolve("run.json"), course);
    if (!journal.started()) {
      TrainJobChecks.checkOutput(job, result);
    }
    long expectedBytes = MemoryCheck.check(job, config);
    TrainingData data = TrainingData.read(job, config);
    Precision precision = journal.started() ? journal.precision() : choosePrecision();
    ParameterBlock base = LlamaCheckpoint.load(job.base(), config, precision.parameterType());
    try (Objective objective = objective(data, config, settings(precision), base)) {
      Tuner<?> tuner = objective.tuner();
      prepareInPlace(objective);
      long fingerprint = Long.parseUnsignedLong(course.substring(0, 16), 16);
      OptimizerState.Progress resumed =
          OptimizerState.restoreInPlace(checkpoint, fingerprint, tuner.trained(), tuner.optimizer())
              .orElse(new OptimizerState.Progress(0, 0, 0));
      // only now: a job whose checkpoint this is not must not write over the journal of the other
      if (!journal.started()) {
        journal.start(precision, tuner.steps(job.epochs(data)));
      }
      tokens = resumed.tokens();
      startedNanos -= resumed.elapsedNanos();
      reportStart(data, resumed.step(), journal, expectedBytes);
      LossWatch losses = new LossWatch(journal, config.vocabularySize());
      loop(objective, journal, losses, resumed.step(), fingerprint);
      finish(objective, journal);
      save(objective, config, base, journal, course, baseSha);
    }
    deleteCheckpoint();
  }

  private Objective objective(
      TrainingData data, ModelConfig config, FineTuner.Settings settings, ParameterBlock base) {
    return job.preference()
        ? new PreferenceObjective(
            job,
            data,
            new PreferenceTuner(
                config, settings, new PreferenceLoss(job.betaOrDefault()), base, data.pairs()))
        : new AnswerObjective(job, data, new FineTuner(config, settings, base, data.trained()));
  }

  /** What a run that is started again must do again before its checkpoint is restored. */
  private void prepareInPlace(Objective objective) {
    if (job.initialAdapter().isPresent()) {
      AdapterContinuation.open(job.initialAdapter().get(), 0)
          .restoreInPlace(objective.tuner().adapter().orElseThrow());
    }
    objective.prepareInPlace();
  }

  /** The last validation, the choice between the last and the best weights, losses by example. */
  private void finish(Objective objective, RunJournal journal) throws IOException {
    if (objective.validates()) {
      validate(objective, journal, journal.totalSteps(Long.MAX_VALUE));
      // a final loss this far above the best is an overfit model, a small rise is not
      boolean overfit = lastValidationLoss > OVERFIT * journal.bestValidationLoss();
      if ((overfit || journal.stoppedEarly()) && best.restoreInPlace(objective.tuner().trained())) {
        ObjectNode line = ProgressFile.event("restored").put("step", journal.bestValidationStep());
        lastValidationLoss = objective.validate(line);
        progress.append(line);
        usedStep = journal.bestValidationStep();
      }
    }
    if (job.exampleLossesOrDefault()) {
      StringBuilder lines = new StringBuilder();
      objective.exampleLosses().forEach(line -> lines.append(line).append('\n'));
      AtomicFiles.replaceText(job.output().resolve("example-losses.jsonl"), lines.toString());
    }
  }

  private boolean alreadyDone(String course) throws IOException {
    return Files.exists(result) && Files.readString(result).contains(course);
  }

  private Precision choosePrecision() {
    return job.precisionOrDefault().equals("auto")
        ? PrecisionProbe.fastest(nanoTime)
        : Precision.valueOf(job.precisionOrDefault().toUpperCase(Locale.ROOT));
  }

  private FineTuner.Settings settings(Precision precision) {
    return new FineTuner.Settings(
        job.lora().orElse(null),
        job.batchTokensOrDefault(),
        job.passTokensOrDefault(),
        job.promptTokenDropoutOrDefault(),
        job.answerOpeningOrDefault(),
        job.clipNormOrDefault(),
        new AdamW.Settings(0.9, 0.95, 1e-8, job.weightDecayOrDefault(), job.orthogonal()),
        precision,
        job.threadsOrDefault(),
        job.seedOrDefault());
  }

  private double seconds() {
    return (nanoTime.getAsLong() - startedNanos) / 1e9;
  }

  private void reportStart(TrainingData data, long step, RunJournal journal, long expectedBytes)
      throws IOException {
    TrainingFile.Audited train = data.train();
    progress.append(
        ProgressFile.event("started")
            .put("step", step)
            .put("totalSteps", journal.totalSteps(step))
            .put("trainExamples", data.trainExamples())
            .put("replayedExamples", data.replayed().size())
            .put("validationExamples", data.validationExamples())
            .put("tokens", train.tokens())
            .put("supervisedTokens", train.supervisedTokens())
            .put("supervisedShare", ProgressFile.rounded(train.supervisedShare()))
            .put("truncatedRows", train.truncatedRows())
            .put("openEndedRows", train.openEndedRows())
            .put("alteredRows", train.alteredRows())
            .put("expectedMemoryBytes", expectedBytes)
            .put("precision", journal.precision().name().toLowerCase(Locale.ROOT))
            .put("elapsedSeconds", ProgressFile.rounded(seconds())));
  }

  private void loop(
      Objective objective, RunJournal journal, LossWatch losses, long firstStep, long fingerprint)
      throws IOException {
    Tuner<?> tuner = objective.tuner();
    LearningRateSchedule schedule =
        new LearningRateSchedule(
            job.learningRateOrDefault(), job.warmupOrDefault(), job.course(), 0.02);
    processStartStep = firstStep;
    processStartSeconds = seconds();
    for (long step = firstStep; step < journal.totalSteps(step); step++) {
      keepTimeLimit(journal, step);
      long total = journal.totalSteps(step);
      tokens += objective.stepInPlace(step, schedule.at((double) step / total));
      long completed = step + 1;
      if (completed % Math.max(1, total / 150) == 0 || completed == total) {
        reportStep(objective, losses, completed, total);
      }
      if (objective.validates() && completed % Math.max(1, total / 6) == 0 && completed < total) {
        validate(objective, journal, completed);
        stopWhenNothingImproves(journal, completed);
      }
      if (completed % job.checkpointEveryOrDefault() == 0 || completed == total) {
        saveCheckpoint(tuner, completed, fingerprint);
      }
    }
  }

  /** Ends the run here when the last validations brought nothing. */
  private void stopWhenNothingImproves(RunJournal journal, long completed) throws IOException {
    if (job.patienceOrDefault() > 0
        && journal.validationsSinceBest() >= job.patienceOrDefault()
        && !journal.decidedAfter(completed)) {
      journal.stop(completed);
      progress.append(
          ProgressFile.event("stopped")
              .put("step", completed)
              .put(
                  "message",
                  "no better validation loss in "
                      + journal.validationsSinceBest()
                      + " validations; the best was at step "
                      + journal.bestValidationStep()));
    }
  }

  /**
   * Shortens the run when at its speed it would end too late. The speed is that of the younger half
   * of the steps: the first ones are slow, and a machine that gets busy on the way must not end the
   * run late. A run is never lengthened again, so nothing is decided in the first tenth of the
   * time.
   */
  private void keepTimeLimit(RunJournal journal, long step) throws IOException {
    long doneHere = step - processStartStep;
    if (job.maxSecondsOrDefault() <= 0 || doneHere % TIME_CHECK_EVERY != 0) {
      return;
    }
    double now = seconds();
    checkedSeconds.add(now);
    int last = checkedSeconds.size() - 1;
    if (last == 0
        || now - processStartSeconds < job.maxSecondsOrDefault() * UNDECIDED_SHARE
        || journal.decidedAfter(step)) {
      return;
    }
    double perStep = (now - checkedSeconds.get(last / 2)) / ((last - last / 2) * TIME_CHECK_EVERY);
    double left = job.maxSecondsOrDefault() * TIME_RESERVE - now;
    long affordable = step + Math.max(1, (long) (left / perStep));
    if (affordable < journal.totalSteps(step) * 0.98) {
      journal.shorten(step, affordable);
    }
  }

  private void reportStep(Objective objective, LossWatch losses, long step, long total)
      throws IOException {
    double elapsed = seconds();
    ObjectNode line =
        ProgressFile.event("step")
            .put("step", step)
            .put("totalSteps", total)
            .put("epoch", ProgressFile.rounded(objective.tuner().epochs(step)));
    lastTrainLoss = objective.report(line);
    progress.append(
        line.put("trainedTokens", tokens)
            .put("tokensPerSecond", Math.round(tokens / Math.max(1e-3, elapsed)))
            .put("elapsedSeconds", ProgressFile.rounded(elapsed)));
    try {
      losses.reported(step, lastTrainLoss);
    } catch (TrainingDivergedException e) {
      // started again, the run must not go on from ruined weights and end before it is seen again
      deleteCheckpoint();
      throw e;
    }
  }

  private void validate(Objective objective, RunJournal journal, long step) throws IOException {
    Tuner<?> tuner = objective.tuner();
    ObjectNode line =
        ProgressFile.event("validation")
            .put("step", step)
            .put("totalSteps", journal.totalSteps(step))
            .put("trainedTokens", tokens)
            .put("epoch", ProgressFile.rounded(tuner.epochs(step)));
    lastValidationLoss = objective.validate(line);
    if (journal.validated(step, lastValidationLoss)) {
      best.save(tuner.trained());
    }
    progress.append(line.put("elapsedSeconds", ProgressFile.rounded(seconds())));
  }

  private void saveCheckpoint(Tuner<?> tuner, long step, long fingerprint) throws IOException {
    OptimizerState.save(
        checkpoint,
        fingerprint,
        new OptimizerState.Progress(step, nanoTime.getAsLong() - startedNanos, tokens),
        tuner.trained(),
        tuner.optimizer());
    progress.append(
        ProgressFile.event("checkpoint")
            .put("step", step)
            .put("elapsedSeconds", ProgressFile.rounded(seconds())));
  }

  private void save(
      Objective objective,
      ModelConfig config,
      ParameterBlock base,
      RunJournal journal,
      String course,
      String baseSha)
      throws IOException {
    Tuner<?> tuner = objective.tuner();
    Files.createDirectories(job.output());
    if (tuner.adapter().isPresent()) {
      Path name = job.base().toAbsolutePath().getFileName();
      AdapterFiles.save(
          tuner.adapter().get(), name == null ? "base" : name.toString(), job.output());
    } else {
      BaseFiles.copyTokenizer(job.base(), job.output());
      LlamaCheckpoint.save(base, config, job.output(), ElementType.F32);
    }
    long steps = journal.totalSteps(Long.MAX_VALUE);
    ObjectNode json = summary(tuner, base, journal, steps);
    objective.describe(json);
    json.put("baseModelSha256", baseSha)
        .put("seed", job.seedOrDefault())
        .put("courseSha256", course);
    AtomicFiles.replaceText(result, json.toPrettyString() + "\n");
    progress.append(
        ProgressFile.event("done")
            .put("step", steps)
            .put("totalSteps", steps)
            .put("trainLoss", ProgressFile.rounded(lastTrainLoss))
            .put("trainedTokens", tokens)
            .put("elapsedSeconds", ProgressFile.rounded(seconds())));
  }

  private ObjectNode summary(Tuner<?> tuner, ParameterBlock base, RunJournal journal, long steps)
      throws IOException {
    ObjectNode json = ProgressFile.line();
    json.put("method", job.methodOrDefault()).put("steps", steps).put("trainedTokens", tokens);
    json.put("finalTrainLoss", ProgressFile.rounded(lastTrainLoss));
    if (Double.isFinite(lastValidationLoss)) {
      json.put("finalValidationLoss", ProgressFile.rounded(lastValidationLoss));
      json.put("bestValidationLoss", ProgressFile.rounded(journal.bestValidationLoss()));
    }
    json.put("weightsOfStep", usedStep < 0 ? steps : usedStep);
    json.put("trainedParameters", tuner.trained().size()).put("baseParameters", base.size());
    json.put("seconds", ProgressFile.rounded(seconds()))
        .put("peakMemoryBytes", ProcessFacts.peakMemoryBytes());
    json.put("precision", journal.precision().name().toLowerCase(Locale.ROOT))
        .put("threads", job.threadsOrDefault());
    json.putObject("versions")
        .put("libtorch", ProcessFacts.libtorchVersion())
        .put("java", System.getProperty("java.version"))
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    return json;
  }

  /**
   * The checkpoint is three times the trained weights; nobody needs it after the result is on disk.
   */
  private void deleteCheckpoint() throws IOException {
    Files.deleteIfExists(checkpoint);
    best.delete();
    Files.deleteIfExists(job.checkpoints().resolve("run.json"));
  }
}
