package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.tokenizer.TextTokenizer;
import dev.migaki.lm.training.AdamW;
import dev.migaki.lm.training.LearningRateSchedule;
import dev.migaki.lm.training.OptimizerState;
import dev.migaki.lm.training.Precision;
import dev.migaki.lm.training.PrecisionProbe;
import dev.migaki.lm.training.Pretrainer;
import dev.migaki.lm.training.TokenLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.bytedeco.pytorch.global.torch;

/**
 * Pre-trains a model from nothing, or goes on from given weights.
 *
 * <p>Prints one JSON object per line. Every {@code --save-every-seconds} the output directory holds
 * a complete, loadable model, and the checkpoint from which the same command goes on after a kill.
 */
public final class PretrainWorker {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final List<String> KNOWN =
      List.of(
          "corpus",
          "tokenizer",
          "config",
          "output",
          "tokens",
          "seconds",
          "seed",
          "context",
          "batch-tokens",
          "pass-tokens",
          "lr",
          "warmup",
          "final-lr-share",
          "weight-decay",
          "clip",
          "threads",
          "precision",
          "held-out",
          "eval-every",
          "save-every-seconds",
          "log-every",
          "init",
          "context-weight",
          "course",
          "beta2",
          "optimizer");

  private final Arguments arguments;
  private final Path output;
  private final ModelConfig config;
  private final long tokenBudget;
  private final double secondsBudget;

  private PretrainWorker(Arguments arguments) {
    this.arguments = arguments;
    this.output = arguments.path("output");
    this.config = ModelConfig.read(arguments.path("config"));
    this.tokenBudget = (long) arguments.number("tokens", 0);
    this.secondsBudget = arguments.number("seconds", 0);
    if (tokenBudget <= 0 && secondsBudget <= 0) {
      throw new IllegalArgumentException("--tokens or --seconds is required");
    }
  }

  /** See the class comment; exit 0 when the budget is spent. */
  public static void main(String[] line) throws IOException {
    new PretrainWorker(new Arguments(line, KNOWN)).run();
  }

  private void run() throws IOException {
    ComputeDevice.use(System.getenv(ComputeDevice.VARIABLE));
    torch.set_num_threads(arguments.integer("threads", 1));
    Files.createDirectories(output);
    Path tokenizerFile = arguments.path("tokenizer");
    Files.copy(
        tokenizerFile,
        output.resolve(LlamaCheckpoint.TOKENIZER_FILE),
        StandardCopyOption.REPLACE_EXISTING);
    List<int[]> documents;
    List<int[]> heldOut;
    try (TextTokenizer tokenizer = TextTokenizer.load(tokenizerFile)) {
      tokenizer.requireFits(config.vocabularySize());
      documents = Corpus.encode(arguments.paths("corpus"), tokenizer);
      heldOut = Corpus.encode(arguments.paths("held-out"), tokenizer);
    }
    Precision precision = precision();
    emit(
        JSON.createObjectNode()
            .put("event", "started")
            .put("documents", documents.size())
            .put("corpusTokens", documents.stream().mapToLong(document -> document.length).sum())
            .put("parameters", config.parameterCount())
            .put("precision", precision.name().toLowerCase(Locale.ROOT)));
    try (ParameterBlock parameters = initialParameters();
        Pretrainer trainer = new Pretrainer(config, settings(precision), parameters, documents)) {
      loop(trainer, parameters, heldOut);
    }
  }

  private ParameterBlock initialParameters() {
    return arguments
        .text("init")
        .map(directory -> LlamaCheckpoint.load(Path.of(directory), config, torch.ScalarType.Float))
        .orElseGet(
            () ->
                LlamaCheckpoint.initialise(
                    config, arguments.integer("seed", 1), torch.ScalarType.Float));
  }

  private Precision precision() {
    String wanted = arguments.text("precision", "auto");
    return wanted.equals("auto")
        ? PrecisionProbe.fastest(System::nanoTime)
        : Precision.valueOf(wanted.toUpperCase(Locale.ROOT));
  }

  private Pretrainer.Settings settings(Precision precision) {
    int context = arguments.integer("context", 256);
    int rowsPerStep = Math.max(1, arguments.integer("batch-tokens", 4096) / context);
    return new Pretrainer.Settings(
        context,
        rowsPerStep,
        Math.min(rowsPerStep, Math.max(1, arguments.integer("pass-tokens", 4096) / context)),
        (float) arguments.number("context-weight", 1),
        arguments.number("clip", 1),
        new AdamW.Settings(
            0.9,
            arguments.number("beta2", 0.95),
            1e-8,
            arguments.number("weight-decay", 0.1),
            arguments.text("optimizer", "adamw").equals("muon")),
        precision,
        arguments.integer("seed", 1));
  }

  private void loop(Pretrainer trainer, ParameterBlock parameters, List<int[]> heldOut)
      throws IOException {
    Path checkpoint = output.resolve("pretraining.checkpoint");
    LearningRateSchedule schedule =
        new LearningRateSchedule(
            arguments.number("lr", 3e-3),
            arguments.number("warmup", 0.02),
            LearningRateSchedule.Course.valueOf(
                arguments.text("course", "cosine").toUpperCase(Locale.ROOT)),
            arguments.number("final-lr-share", 0.05));
    OptimizerState.Progress resumed =
        OptimizerState.restoreInPlace(checkpoint, fingerprint(), parameters, trainer.optimizer())
            .orElse(new OptimizerState.Progress(0, 0, 0));
    trainer.resumeInPlace(resumed.step());
    long tokens = resumed.tokens();
    long started = System.nanoTime() - resumed.elapsedNanos();
    double saveEvery = arguments.number("save-every-seconds", 300);
    int logEvery = arguments.integer("log-every", 20);
    int evalEvery = arguments.integer("eval-every", 500);
    double lastSave = seconds(started);
    double lastLog = seconds(started);
    long tokensAtLog = tokens;
    TokenLoss.Outcome sinceLog = new TokenLoss.Outcome(0, 0, 0, 0);
    while (progress(tokens, seconds(started)) < 1) {
      double learningRate = schedule.at(progress(tokens, seconds(started)));
      Pretrainer.StepResult result = trainer.stepInPlace(learningRate);
      tokens += result.tokens();
      sinceLog = sinceLog.plus(result.outcome());
      if (trainer.step() % logEvery == 0) {
        double now = seconds(started);
        emit(
            JSON.createObjectNode()
                .put("event", "step")
                .put("step", trainer.step())
                .put("trainLoss", rounded(sinceLog.mean()))
                .put("gradientNorm", rounded(result.gradientNorm()))
                .put("learningRate", learningRate)
                .put("trainedTokens", tokens)
                .put("epoch", rounded(trainer.epochs()))
                .put("tokensPerSecond", Math.round((tokens - tokensAtLog) / (now - lastLog)))
                .put("elapsedSeconds", Math.round(now)));
        sinceLog = new TokenLoss.Outcome(0, 0, 0, 0);
        lastLog = now;
        tokensAtLog = tokens;
      }
      if (!heldOut.isEmpty() && trainer.step() % evalEvery == 0) {
        validate(trainer, heldOut);
      }
      if (seconds(started) - lastSave >= saveEvery) {
        save(checkpoint, trainer, parameters, tokens, started);
        lastSave = seconds(started);
      }
    }
    save(checkpoint, trainer, parameters, tokens, started);
    if (!heldOut.isEmpty()) {
      validate(trainer, heldOut);
    }
    emit(
        JSON.createObjectNode()
            .put("event", "done")
            .put("step", trainer.step())
            .put("trainedTokens", tokens)
            .put("elapsedSeconds", Math.round(seconds(started))));
  }

  private void validate(Pretrainer trainer, List<int[]> heldOut) {
    TokenLoss.Outcome outcome = trainer.evaluate(heldOut);
    emit(
        JSON.createObjectNode()
            .put("event", "validation")
            .put("step", trainer.step())
            .put("validationLoss", rounded(outcome.mean()))
            .put(
                "validationTokenAccuracy",
                rounded((double) outcome.correct() / Math.max(1, outcome.rows()))));
  }

  private void save(
      Path checkpoint, Pretrainer trainer, ParameterBlock parameters, long tokens, long started)
      throws IOException {
    long elapsed = System.nanoTime() - started;
    OptimizerState.save(
        checkpoint,
        fingerprint(),
        new OptimizerState.Progress(trainer.step(), elapsed, tokens),
        parameters,
        trainer.optimizer());
    LlamaCheckpoint.save(parameters, config, output, ElementType.F32);
    emit(JSON.createObjectNode().put("event", "checkpoint").put("step", trainer.step()));
  }

  /**
   * The architecture only: budgets, rates and even data may be changed on purpose between restarts
   * of a long run.
   */
  private long fingerprint() {
    return config.toJson().hashCode();
  }

  private double progress(long tokens, double seconds) {
    double byTokens = tokenBudget > 0 ? (double) tokens / tokenBudget : 0;
    double bySeconds = secondsBudget > 0 ? seconds / secondsBudget : 0;
    return Math.max(byTokens, bySeconds);
  }

  private static double seconds(long started) {
    return (System.nanoTime() - started) / 1e9;
  }

  private static double rounded(double value) {
    return Math.round(value * 10_000) / 10_000.0;
  }

  private static void emit(ObjectNode line) {
    System.out.println(line);
    System.out.flush();
  }
}
