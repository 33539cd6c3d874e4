package dev.migaki.lm;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;

/**
 * How an answer is made. Start from {@link #greedy} or {@link #sampling} and change what differs.
 *
 * @param maxTokens most tokens of the answer
 * @param sampling how a token is drawn from the model's distribution
 * @param penalties what makes tokens less likely that have been there
 * @param logitBias added to a token's score before anything else, by token id
 * @param stop texts that end the answer; not part of it
 * @param seed same seed, prompt and options, same answer
 * @param topLogprobs how many likeliest alternatives are reported beside each chosen token: 0 for
 *     the chosen token alone, {@link #NO_LOGPROBS} for no report
 * @param format what the answer must look like
 */
public record GenerationOptions(
    int maxTokens,
    Sampling sampling,
    Penalties penalties,
    Map<Integer, Double> logitBias,
    List<String> stop,
    long seed,
    int topLogprobs,
    Format format) {

  /** No report of log-probabilities. */
  public static final int NO_LOGPROBS = -1;

  /** What an answer must look like. */
  public enum Format {
    /** Anything. */
    TEXT,
    /** One JSON object; cut off only by the token limit. */
    JSON_OBJECT
  }

  /**
   * Which tokens may be drawn, and how.
   *
   * @param temperature 0 takes the likeliest token each time; 1 samples from the model's
   *     distribution
   * @param topP samples from the smallest set of tokens whose probabilities reach this sum (nucleus
   *     sampling, arXiv:1904.09751), in {@code (0, 1]}
   * @param topK samples from that many likeliest tokens; 0 for all
   * @param minP leaves out tokens less likely than this share of the likeliest one's probability
   *     (arXiv:2407.01082), in {@code [0, 1)}
   */
  public record Sampling(double temperature, double topP, int topK, double minP) {

    /** The likeliest token each time. */
    public static final Sampling GREEDY = new Sampling(0, 1, 0, 0);

    public Sampling {
      if (!(temperature >= 0) || !(topP > 0) || !(topP <= 1)) {
        throw new IllegalArgumentException(
            "temperature must not be negative and topP must be in (0, 1]: "
                + temperature
                + ", "
                + topP);
      }
      if (topK < 0 || !(minP >= 0) || !(minP < 1)) {
        throw new IllegalArgumentException(
            "topK must not be negative and minP must be in [0, 1): " + topK + ", " + minP);
      }
    }
  }

  /**
   * What makes tokens less likely that have been there.
   *
   * @param presence taken from the score of each token that the answer has already (OpenAI), in
   *     {@code [-2, 2]}
   * @param frequency taken from it as often as the answer has the token (OpenAI), in {@code [-2,
   *     2]}
   * @param repetition positive scores of tokens of prompt and answer are divided by it, negative
   *     ones multiplied (CTRL, arXiv:1909.05858); 1 for none
   */
  public record Penalties(double presence, double frequency, double repetition) {

    /** Nothing is less likely. */
    public static final Penalties NONE = new Penalties(0, 0, 1);

    public Penalties {
      if (!(repetition > 0) || !Double.isFinite(presence) || !Double.isFinite(frequency)) {
        throw new IllegalArgumentException(
            "repetition must be positive and the others finite: "
                + repetition
                + ", "
                + presence
                + ", "
                + frequency);
      }
    }
  }

  public GenerationOptions {
    requireNonNull(sampling, "sampling");
    requireNonNull(penalties, "penalties");
    requireNonNull(format, "format");
    logitBias = Map.copyOf(logitBias);
    stop = List.copyOf(stop);
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens is " + maxTokens + ", must be at least 1");
    }
    if (stop.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a stop text is empty");
    }
    if (topLogprobs < NO_LOGPROBS) {
      throw new IllegalArgumentException("topLogprobs is " + topLogprobs);
    }
  }

  /** The likeliest token each time. */
  public static GenerationOptions greedy(int maxTokens) {
    return new GenerationOptions(
        maxTokens,
        Sampling.GREEDY,
        Penalties.NONE,
        Map.of(),
        List.of(),
        0,
        NO_LOGPROBS,
        Format.TEXT);
  }

  /** Drawn with temperature from the nucleus. */
  public static GenerationOptions sampling(
      int maxTokens, double temperature, double topP, long seed) {
    return greedy(maxTokens).withSampling(new Sampling(temperature, topP, 0, 0)).withSeed(seed);
  }

  public GenerationOptions withSampling(Sampling changed) {
    return new GenerationOptions(
        maxTokens, changed, penalties, logitBias, stop, seed, topLogprobs, format);
  }

  public GenerationOptions withPenalties(Penalties changed) {
    return new GenerationOptions(
        maxTokens, sampling, changed, logitBias, stop, seed, topLogprobs, format);
  }

  public GenerationOptions withLogitBias(Map<Integer, Double> changed) {
    return new GenerationOptions(
        maxTokens, sampling, penalties, changed, stop, seed, topLogprobs, format);
  }

  public GenerationOptions withStop(List<String> changed) {
    return new GenerationOptions(
        maxTokens, sampling, penalties, logitBias, changed, seed, topLogprobs, format);
  }

  public GenerationOptions withSeed(long changed) {
    return new GenerationOptions(
        maxTokens, sampling, penalties, logitBias, stop, changed, topLogprobs, format);
  }

  public GenerationOptions withTopLogprobs(int changed) {
    return new GenerationOptions(
        maxTokens, sampling, penalties, logitBias, stop, seed, changed, format);
  }

  public GenerationOptions withFormat(Format changed) {
    return new GenerationOptions(
        maxTokens, sampling, penalties, logitBias, stop, seed, topLogprobs, changed);
  }
}
