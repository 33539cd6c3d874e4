package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.Sha256;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import dev.migaki.lm.training.AdamW;
import dev.migaki.lm.training.ChatExample;
import dev.migaki.lm.training.FineTuner;
import dev.migaki.lm.training.LearningRateSchedule;
import dev.migaki.lm.training.OptimizerState;
import dev.migaki.lm.training.Precision;
import dev.migaki.lm.training.PrecisionProbe;
import dev.migaki.lm.training.TokenLoss;
import dev.migaki.lm.training.TrainingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;
import org.bytedeco.pytorch.global.torch;

/** One run of {@link TrainWorker}: audit, train or go on, save. */
final class TrainingRun {

  private static final double TIME_RESERVE = 0.94;
  private static final int FIRST_TIME_CHECK = 8;
  private static final List<String> TOKENIZER_FILES =
      List.of(
          LlamaCheckpoint.TOKENIZER_FILE,
          "tokenizer_config.json",
          "generation_config.json",
          "special_tokens_map.json",
          "chat_template.jinja");

  private final TrainJob job;
  private final LongSupplier nanoTime;
  private final ProgressFile progress;
  private final Path result;
  private final Path checkpoint;

  private TokenLoss.Outcome sinceReport = new TokenLoss.Outcome(0, 0, 0, 0);
  private double lastTrainLoss;
  private double lastValidationLoss = Double.NaN;
  private long tokens;
  private long startedNanos;
  private long processStartStep;
  private double processStartSeconds;

  TrainingRun(TrainJob job, LongSupplier nanoTime) throws IOException {
    this.job = job;
    this.nanoTime = nanoTime;
    this.progress = new ProgressFile(job.progress());
    this.result = job.output().resolve("training-result.json");
    this.checkpoint = job.checkpoints().resolve("training.checkpoint");
  }

  void run() throws IOException {
    startedNanos = nanoTime.getAsLong();
    // each lane is one thread, see Lanes
    torch.set_num_threads(1);
    ModelConfig config = ModelConfig.read(job.base().resolve(LlamaCheckpoint.CONFIG_FILE));
    String baseSha =
        Sha256.of(existing(job.base().resolve(LlamaCheckpoint.WEIGHTS_FILE), "baseModelDirectory"));
    String course = job.course(Sha256.of(existing(job.train(), "trainFile")), baseSha);
    if (alreadyDone(course)) {
      progress.append(ProgressFile.event("done").put("message", "this job was finished before"));
      return;
    }
    TrainingFile.Audited train;
    List<ChatExample> validation;
    try (TextTokenizer tokenizer =
        TextTokenizer.load(job.base().resolve(LlamaCheckpoint.TOKENIZER_FILE))) {
      if (tokenizer.vocabularySize() > config.vocabularySize()) {
        throw new InvalidModelException(
            job.base()
                + ": the tokenizer has "
                + tokenizer.vocabularySize()
                + " ids, the model only "
                + config.vocabularySize());
      }
      ChatEncoding encoding = ChatEncoding.load(job.base(), tokenizer);
      train =
          TrainingFile.read(
              job.train(), encoding, config.maxPositions(), job.firstAnswerTokensWeightOrDefault());
      validation =
          job.validation().isPresent()
              ? TrainingFile.read(
                      existing(job.validation().get(), "validationFile"),
                      encoding,
                      config.maxPositions(),
                      1f)
                  .examples()
              : List.of();
    }
    RunJournal journal = RunJournal.open(job.checkpoints().resolve("run.json"));
    Precision precision = journal.started() ? journal.precision() : choosePrecision();
    ParameterBlock base = LlamaCheckpoint.load(job.base(), config, precision.parameterType());
    try (FineTuner tuner = new FineTuner(config, settings(precision), base, train.examples())) {
      if (!journal.started()) {
        journal.start(precision, tuner.steps(job.epochsOrDefault()));
      }
      long fingerprint = Long.parseUnsignedLong(Sha256.ofText(course).substring(0, 16), 16);
      OptimizerState.Progress resumed =
          OptimizerState.restoreInPlace(checkpoint, fingerprint, tuner.trained(), tuner.optimizer())
              .orElse(new OptimizerState.Progress(0, 0, 0));
      tokens = resumed.tokens();
      startedNanos -= resumed.elapsedNanos();
      reportStart(train, validation, resumed.step(), journal, precision);
      loop(tuner, journal, validation, resumed.step(), fingerprint);
      if (!validation.isEmpty()) {
        validate(tuner, journal, validation, journal.totalSteps(Long.MAX_VALUE));
      }
      save(tuner, config, base, journal, course, baseSha);
    }
    deleteCheckpoint();
  }

  private static Path existing(Path file, String field) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("job field '" + field + "': there is no file " + file);
    }
    return file;
  }

  private boolean alreadyDone(String course) throws IOException {
    return Files.exists(result) && Files.readString(result).contains(Sha256.ofText(course));
  }

  private Precision choosePrecision() {
    return switch (job.precisionOrDefault()) {
      case "auto" -> PrecisionProbe.fastest(nanoTime);
      case "fp32" -> Precision.FP32;
      case "bf16" -> Precision.BF16;
      default ->
          throw new IllegalArgumentException(
              "job field 'precision' is '"
                  + job.precisionOrDefault()
                  + "'; supported: auto, fp32, bf16");
    };
  }

  private FineTuner.Settings settings(Precision precision) {
    return new FineTuner.Settings(
        job.lora().orElse(null),
        job.batchTokensOrDefault(),
        job.promptTokenDropoutOrDefault(),
        job.clipNormOrDefault(),
        new AdamW.Settings(0.9, 0.95, 1e-8, job.weightDecayOrDefault(), job.orthogonal()),
        precision,
        job.threadsOrDefault(),
        job.seedOrDefault());
  }

  private double seconds() {
    return (nanoTime.getAsLong() - startedNanos) / 1e9;
  }

  private void reportStart(
      TrainingFile.Audited train,
      List<ChatExample> validation,
      long step,
      RunJournal journal,
      Precision precision)
      throws IOException {
    progress.append(
        ProgressFile.event("started")
            .put("step", step)
            .put("totalSteps", journal.totalSteps(step))
            .put("trainExamples", train.examples().size())
            .put("validationExamples", validation.size())
            .put("supervisedTokens", train.supervisedTokens())
            .put("truncatedRows", train.truncatedRows())
            .put("precision", precision.name().toLowerCase(Locale.ROOT))
            .put("elapsedSeconds", ProgressFile.rounded(seconds())));
  }

  private void loop(
      FineTuner tuner,
      RunJournal journal,
      List<ChatExample> validation,
      long firstStep,
      long fingerprint)
      throws IOException {
    LearningRateSchedule schedule =
        new LearningRateSchedule(
            job.learningRateOrDefault(), job.warmupOrDefault(), job.course(), 0.02);
    processStartStep = firstStep;
    processStartSeconds = seconds();
    for (long step = firstStep; step < journal.totalSteps(step); step++) {
      keepTimeLimit(journal, step);
      long total = journal.totalSteps(step);
      FineTuner.StepResult done = tuner.stepInPlace(step, schedule.at((double) step / total));
      tokens += done.tokens();
      sinceReport = sinceReport.plus(done.outcome());
      long completed = step + 1;
      if (completed % Math.max(1, total / 150) == 0 || completed == total) {
        reportStep(completed, total, tuner.epochs(completed));
      }
      if (!validation.isEmpty() && completed % Math.max(1, total / 6) == 0 && completed < total) {
        validate(tuner, journal, validation, completed);
      }
      if (completed % job.checkpointEveryOrDefault() == 0 || completed == total) {
        saveCheckpoint(tuner, completed, fingerprint);
      }
    }
  }

  /** Shortens the run when at its present speed it would end too late. */
  private void keepTimeLimit(RunJournal journal, long step) throws IOException {
    long doneHere = step - processStartStep;
    if (job.maxSecondsOrDefault() <= 0
        || doneHere < FIRST_TIME_CHECK
        || doneHere % FIRST_TIME_CHECK != 0
        || journal.decidedAfter(step)) {
      return;
    }
    double perStep = (seconds() - processStartSeconds) / doneHere;
    double left = job.maxSecondsOrDefault() * TIME_RESERVE - seconds();
    long affordable = step + Math.max(1, (long) (left / perStep));
    if (affordable < journal.totalSteps(step) * 0.98) {
      journal.shorten(step, affordable);
    }
  }

  private void reportStep(long step, long total, double epochs) throws IOException {
    lastTrainLoss = sinceReport.mean();
    double elapsed = seconds();
    progress.append(
        ProgressFile.event("step")
            .put("step", step)
            .put("totalSteps", total)
            .put("epoch", ProgressFile.rounded(epochs))
            .put("trainLoss", ProgressFile.rounded(lastTrainLoss))
            .put(
                "tokenAccuracy",
                ProgressFile.rounded(
                    (double) sinceReport.correct() / Math.max(1, sinceReport.rows())))
            .put("trainedTokens", tokens)
            .put("tokensPerSecond", Math.round(tokens / Math.max(1e-3, elapsed)))
            .put("elapsedSeconds", ProgressFile.rounded(elapsed)));
    sinceReport = new TokenLoss.Outcome(0, 0, 0, 0);
  }

  private void validate(
      FineTuner tuner, RunJournal journal, List<ChatExample> validation, long step)
      throws IOException {
    TokenLoss.Outcome outcome = tuner.evaluate(validation);
    lastValidationLoss = outcome.mean();
    journal.validated(outcome.mean());
    progress.append(
        ProgressFile.event("validation")
            .put("step", step)
            .put("epoch", ProgressFile.rounded(tuner.epochs(step)))
            .put("validationLoss", ProgressFile.rounded(outcome.mean()))
            .put(
                "validationTokenAccuracy",
                ProgressFile.rounded((double) outcome.correct() / Math.max(1, outcome.rows())))
            .put("elapsedSeconds", ProgressFile.rounded(seconds())));
  }

  private void saveCheckpoint(FineTuner tuner, long step, long fingerprint) throws IOException {
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
      FineTuner tuner,
      ModelConfig config,
      ParameterBlock base,
      RunJournal journal,
      String course,
      String baseSha)
      throws IOException {
    Files.createDirectories(job.output());
    if (tuner.adapter().isPresent()) {
      Path name = job.base().toAbsolutePath().getFileName();
      AdapterFiles.save(
          tuner.adapter().get(), name == null ? "base" : name.toString(), job.output());
    } else {
      for (String name : TOKENIZER_FILES) {
        if (Files.exists(job.base().resolve(name))) {
          Files.copy(
              job.base().resolve(name),
              job.output().resolve(name),
              StandardCopyOption.REPLACE_EXISTING);
        }
      }
      LlamaCheckpoint.save(base, config, job.output(), ElementType.F32);
    }
    long steps = journal.totalSteps(Long.MAX_VALUE);
    ObjectNode json = ProgressFile.event("done");
    json.remove("event");
    json.put("method", job.methodOrDefault()).put("steps", steps).put("trainedTokens", tokens);
    json.put("finalTrainLoss", ProgressFile.rounded(lastTrainLoss));
    if (Double.isFinite(lastValidationLoss)) {
      json.put("finalValidationLoss", ProgressFile.rounded(lastValidationLoss));
      json.put("bestValidationLoss", ProgressFile.rounded(journal.bestValidationLoss()));
    }
    json.put("trainedParameters", tuner.trained().size()).put("baseParameters", base.size());
    json.put("seconds", ProgressFile.rounded(seconds())).put("peakMemoryBytes", peakMemoryBytes());
    json.put("baseModelSha256", baseSha)
        .put("seed", job.seedOrDefault())
        .put("courseSha256", Sha256.ofText(course));
    json.put("precision", journal.precision().name().toLowerCase(Locale.ROOT))
        .put("threads", job.threadsOrDefault());
    json.putObject("versions")
        .put("libtorch", pytorchVersion())
        .put("java", System.getProperty("java.version"))
        .put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    AtomicFiles.replaceText(result, json.toPrettyString() + "\n");
    progress.append(
        ProgressFile.event("done")
            .put("step", steps)
            .put("totalSteps", steps)
            .put("trainLoss", ProgressFile.rounded(lastTrainLoss))
            .put("trainedTokens", tokens)
            .put("elapsedSeconds", ProgressFile.rounded(seconds())));
  }

  private static String pytorchVersion() {
    try {
      return org.bytedeco.javacpp.Loader.getVersion("org.bytedeco", "pytorch");
    } catch (IOException e) {
      // a repackaged jar without Maven's properties; the number is for people only
      return "unknown";
    }
  }

  /**
   * The checkpoint is three times the trained weights; nobody needs it after the result is on disk.
   */
  private void deleteCheckpoint() throws IOException {
    Files.deleteIfExists(checkpoint);
    Files.deleteIfExists(job.checkpoints().resolve("run.json"));
  }

  /** Highest resident memory of this process so far, 0 where the system does not tell. */
  private static long peakMemoryBytes() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (java.util.stream.Stream<String> lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
          .findFirst()
          .orElse(0);
    }
  }
}
