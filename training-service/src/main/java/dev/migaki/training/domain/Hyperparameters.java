package dev.migaki.training.domain;

import static java.util.Objects.requireNonNull;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a model is tuned.
 *
 * @param method {@code full} (all weights), {@code lora} (low-rank adapter, Hu et al. 2021) or
 *     {@code dpo} (pairs of a preferred and another answer, Rafailov et al. 2023)
 * @param epochs passes over the training examples, 1..1000
 * @param learningRate peak learning rate of AdamW, above 0
 * @param rank rank R of the adapter, where one is trained
 * @param alpha scale of the adapter (α/R)
 * @param dropout share of adapter inputs dropped, 0..0.9
 * @param trainEmbeddings whether embedding and head are trained along with the adapter (PEFT's
 *     {@code modules_to_save})
 * @param batchTokens most tokens of a step (one update of the weights), padding included
 * @param passTokens most tokens in work at once, all threads together: a larger step adds up the
 *     gradients of several passes, which takes the memory of one pass and gives the same update; 0
 *     for whole steps
 * @param maxSeconds time limit of a run, 0 for none; the schedule adapts so that the run ends in
 *     time
 * @param warmupRatio share of the steps in which the learning rate rises, 0..1
 * @param weightDecay decoupled weight decay
 * @param clipNorm largest norm of the gradient
 * @param promptTokenDropout share of question tokens dropped per epoch as a regulariser, 0..0.3
 * @param answerOpeningTokens of three questions with the same answer, two learn only so many tokens
 *     of it, others in every epoch; 0 to learn all answers whole. A quote counts whole answers
 * @param firstAnswerTokensWeight weight of the first answer tokens in the loss, 1 or more; the
 *     choice of the answer happens there
 * @param seed of shuffling, dropout and initialisation
 * @param threads computing threads, 0 for the machine's choice
 * @param optimizer {@code adamw} (Loshchilov and Hutter 2019) or, for {@code full} only, {@code
 *     muon}: momentum made orthogonal for the matrices (Jordan 2024), AdamW for the rest
 * @param precision {@code auto}, {@code fp32} or {@code bf16}
 * @param beta of {@code dpo}: how dear it is to leave the model before training, above 0, at most 2
 * @param allWeights whether {@code dpo} trains all weights instead of an adapter
 */
public record Hyperparameters(
    String method,
    int epochs,
    double learningRate,
    int rank,
    double alpha,
    double dropout,
    boolean trainEmbeddings,
    int batchTokens,
    int passTokens,
    int maxSeconds,
    double warmupRatio,
    double weightDecay,
    double clipNorm,
    double promptTokenDropout,
    int answerOpeningTokens,
    double firstAnswerTokensWeight,
    long seed,
    int threads,
    String optimizer,
    String precision,
    double beta,
    boolean allWeights) {

  /** What to do when there are no pairs, as the end of a sentence. */
  public static final String NEEDS_PAIRS =
      "the recipe's method dpo learns from lines with input, preferred_output and"
          + " non_preferred_output: give such data, or choose method full or lora";

  private static final String PREFERENCE = "dpo";
  private static final List<String> METHODS = List.of("full", "lora", PREFERENCE);
  private static final List<String> OPTIMIZERS = List.of("adamw", "muon");
  private static final List<String> PRECISIONS = List.of("auto", "fp32", "bf16");

  /** Their names, as a recipe has them. */
  public static final List<String> KEYS =
      Stream.of(Hyperparameters.class.getRecordComponents()).map(RecordComponent::getName).toList();

  private static final List<String> ADAPTER_KEYS =
      List.of("rank", "alpha", "dropout", "trainEmbeddings");
  private static final List<String> ANSWER_KEYS =
      List.of("promptTokenDropout", "answerOpeningTokens", "firstAnswerTokensWeight");
  private static final List<String> PREFERENCE_KEYS = List.of("beta", "allWeights");

  /** What is used when a recipe says nothing. */
  public static final Hyperparameters DEFAULTS =
      new Hyperparameters(
          "full", 12, 1.5e-3, 32, 32, 0, true, 1024, 0, 200, 0.05, 0.01, 1.0, 0.1, 0, 2.0, 17, 2,
          "adamw", "auto", 0.1, false);

  public Hyperparameters {
    requireNonNull(method, "method");
    requireNonNull(optimizer, "optimizer");
    requireNonNull(precision, "precision");
    require(METHODS.contains(method), "method", "one of " + METHODS, method);
    require(epochs >= 1 && epochs <= 1000, "epochs", "1 to 1000", epochs);
    require(
        learningRate > 0 && learningRate < 1, "learningRate", "above 0 and below 1", learningRate);
    require(rank >= 1 && rank <= 1024, "rank", "1 to 1024", rank);
    require(alpha > 0, "alpha", "above 0", alpha);
    require(dropout >= 0 && dropout <= 0.9, "dropout", "0 to 0.9", dropout);
    require(batchTokens >= 16, "batchTokens", "16 or more", batchTokens);
    require(passTokens >= 0, "passTokens", "0 or more", passTokens);
    require(maxSeconds >= 0, "maxSeconds", "0 or more", maxSeconds);
    require(warmupRatio >= 0 && warmupRatio < 1, "warmupRatio", "0 to below 1", warmupRatio);
    require(weightDecay >= 0, "weightDecay", "0 or more", weightDecay);
    require(clipNorm > 0, "clipNorm", "above 0", clipNorm);
    require(
        promptTokenDropout >= 0 && promptTokenDropout <= 0.3,
        "promptTokenDropout",
        "0 to 0.3",
        promptTokenDropout);
    require(answerOpeningTokens >= 0, "answerOpeningTokens", "0 or more", answerOpeningTokens);
    require(
        firstAnswerTokensWeight >= 1,
        "firstAnswerTokensWeight",
        "1 or more",
        firstAnswerTokensWeight);
    require(threads >= 0, "threads", "0 or more", threads);
    require(
        OPTIMIZERS.contains(optimizer)
            && (optimizer.equals("adamw") || trainsAllWeights(method, allWeights)),
        "optimizer",
        "adamw, or muon where all weights are trained,",
        optimizer);
    // runs stored before there was a beta have none
    require(
        !method.equals(PREFERENCE) || (beta > 0 && beta <= 2), "beta", "above 0, at most 2", beta);
    require(PRECISIONS.contains(precision), "precision", "one of " + PRECISIONS, precision);
  }

  /** What is used when a recipe names only the method. */
  public static Hyperparameters defaultsOf(String method) {
    Map<String, String> changes =
        method.equals(PREFERENCE)
            ? Map.of(
                "method",
                method,
                "promptTokenDropout",
                "0",
                "answerOpeningTokens",
                "0",
                "firstAnswerTokensWeight",
                "1")
            : Map.of("method", method);
    return DEFAULTS.with(changes);
  }

  /** Whether the data are pairs of answers. */
  public boolean prefers() {
    return method.equals(PREFERENCE);
  }

  /** Name of the file of a sealed version that is learned from. */
  public String learnedFile() {
    return prefers() ? "preference" : "train";
  }

  /** Whether all weights are trained, and not an adapter. */
  public boolean trainsAllWeights() {
    return trainsAllWeights(method, allWeights);
  }

  private static boolean trainsAllWeights(String method, boolean allWeights) {
    return method.equals("full") || (method.equals(PREFERENCE) && allWeights);
  }

  /** Whether a run with these can start from the result of a run with {@code earlier}. */
  public boolean canGoOnFrom(Hyperparameters earlier) {
    boolean sameShape =
        rank == earlier.rank
            && alpha == earlier.alpha
            && trainEmbeddings == earlier.trainEmbeddings;
    return trainsAllWeights() == earlier.trainsAllWeights() && (trainsAllWeights() || sameShape);
  }

  /** The keys that mean nothing to the method, with the reason and what to do. */
  public Map<String, String> meaningless() {
    Map<String, String> reasons = new TreeMap<>();
    if (trainsAllWeights()) {
      ADAPTER_KEYS.forEach(
          key -> reasons.put(key, "belongs to an adapter, but all weights are trained"));
    }
    if (prefers()) {
      ANSWER_KEYS.forEach(
          key -> reasons.put(key, "is not possible with method dpo, which compares whole answers"));
    } else {
      PREFERENCE_KEYS.forEach(key -> reasons.put(key, "needs method dpo"));
    }
    return reasons;
  }

  /**
   * These hyperparameters with some replaced by their text form, as a recipe or a retrain request
   * brings them.
   *
   * @throws IllegalArgumentException naming the key when it is unknown or its value is not usable
   */
  public Hyperparameters with(Map<String, String> overrides) {
    Set<String> unknown = new java.util.TreeSet<>(overrides.keySet());
    Reader read = new Reader(overrides, unknown);
    Hyperparameters result =
        new Hyperparameters(
            read.text("method", method),
            read.whole("epochs", epochs),
            read.number("learningRate", learningRate),
            read.whole("rank", rank),
            read.number("alpha", alpha),
            read.number("dropout", dropout),
            read.flag("trainEmbeddings", trainEmbeddings),
            read.whole("batchTokens", batchTokens),
            read.whole("passTokens", passTokens),
            read.whole("maxSeconds", maxSeconds),
            read.number("warmupRatio", warmupRatio),
            read.number("weightDecay", weightDecay),
            read.number("clipNorm", clipNorm),
            read.number("promptTokenDropout", promptTokenDropout),
            read.whole("answerOpeningTokens", answerOpeningTokens),
            read.number("firstAnswerTokensWeight", firstAnswerTokensWeight),
            read.longWhole("seed", seed),
            read.whole("threads", threads),
            read.text("optimizer", optimizer),
            read.text("precision", precision),
            read.number("beta", beta),
            read.flag("allWeights", allWeights));
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(
          "unknown hyperparameters: " + unknown + "; known are " + KEYS);
    }
    return result;
  }

  private record Reader(Map<String, String> values, Set<String> unread) {
    String text(String key, String otherwise) {
      unread.remove(key);
      return values.getOrDefault(key, otherwise);
    }

    boolean flag(String key, boolean otherwise) {
      String value = text(key, Boolean.toString(otherwise));
      require(value.equals("true") || value.equals("false"), key, "true or false", value);
      return value.equals("true");
    }

    double number(String key, double otherwise) {
      unread.remove(key);
      String value = values.get(key);
      if (value == null) {
        return otherwise;
      }
      try {
        double number = Double.parseDouble(value);
        if (Double.isFinite(number)) {
          return number;
        }
      } catch (NumberFormatException e) {
        // said below
      }
      throw wrong(key, "a number", value);
    }

    int whole(String key, int otherwise) {
      long number = longWhole(key, otherwise);
      if (number != (int) number) {
        throw wrong(key, "a whole number of at most " + Integer.MAX_VALUE, values.get(key));
      }
      return (int) number;
    }

    long longWhole(String key, long otherwise) {
      unread.remove(key);
      String value = values.get(key);
      try {
        return value == null ? otherwise : new BigDecimal(value).longValueExact();
      } catch (ArithmeticException | NumberFormatException e) {
        throw wrong(key, "a whole number", value);
      }
    }

    private static IllegalArgumentException wrong(
        String key, String expected, @Nullable String value) {
      return new IllegalArgumentException(key + " must be " + expected + " but is '" + value + "'");
    }
  }

  private static void require(boolean holds, String name, String expected, Object value) {
    if (!holds) {
      throw new IllegalArgumentException(name + " must be " + expected + " but is " + value);
    }
  }
}
