package dev.migaki.lm.generation;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationOptions.Penalties;
import dev.migaki.lm.GenerationOptions.Sampling;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Picks one answer's next tokens. Scores pass bias, penalties, format, temperature, top-k, top-p
 * and min-p in this order (the order of transformers' processors and warpers).
 *
 * <p>All chance comes from the answer's own seed, so the choice depends on nothing but the answer's
 * own scores, whatever else is in the batch.
 */
final class TokenChoice {

  /** Below this distance to the best score a token's share is under 1e-13: it is left out. */
  private static final double NEGLIGIBLE = -30;

  private final GenerationOptions options;
  private final SplittableRandom random;
  private final @Nullable JsonConstraint constraint;
  private final Map<Integer, Integer> made = new HashMap<>();
  private final Set<Integer> prompt = new HashSet<>();

  /**
   * @param promptTokens matter only to the repetition penalty
   * @param constraint of the answer's format, or none
   */
  TokenChoice(GenerationOptions options, int[] promptTokens, @Nullable JsonConstraint constraint) {
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.constraint = constraint;
    if (options.penalties().repetition() != 1) {
      Arrays.stream(promptTokens).forEach(prompt::add);
    }
  }

  /** Whether the choice is simply the likeliest token. */
  boolean takesTheLikeliest() {
    return options.sampling().temperature() == 0
        && options.penalties().equals(Penalties.NONE)
        && options.logitBias().isEmpty()
        && constraint == null;
  }

  /**
   * @param scores {@code [V]} logits, changed in place; not log-probabilities, on which a
   *     repetition penalty would have next to no effect: the likeliest token's is about 0
   * @return the token, or -1 when the format allows none
   */
  int pickInPlace(float[] scores) {
    options
        .logitBias()
        .forEach(
            (token, bias) -> {
              if (token >= 0 && token < scores.length) {
                scores[token] += bias.floatValue();
              }
            });
    penaliseInPlace(scores);
    if (constraint != null && !constraint.maskInPlace(scores)) {
      return -1;
    }
    return options.sampling().temperature() == 0 ? likeliest(scores) : sampled(scores);
  }

  /** Notes what was chosen. */
  void take(int token) {
    made.merge(token, 1, Integer::sum);
    if (constraint != null) {
      constraint.take(token);
    }
  }

  /** Whether the format leaves nothing to add. */
  boolean complete() {
    return constraint != null && constraint.complete();
  }

  private void penaliseInPlace(float[] scores) {
    Penalties penalties = options.penalties();
    if (penalties.repetition() != 1) {
      Set<Integer> seen = new HashSet<>(prompt);
      seen.addAll(made.keySet());
      for (int token : seen) {
        double score = scores[token];
        scores[token] =
            (float) (score > 0 ? score / penalties.repetition() : score * penalties.repetition());
      }
    }
    if (penalties.presence() != 0 || penalties.frequency() != 0) {
      made.forEach(
          (token, count) ->
              scores[token] -= (float) (penalties.presence() + count * penalties.frequency()));
    }
  }

  static int likeliest(float[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    return best;
  }

  private int sampled(float[] scores) {
    Sampling sampling = options.sampling();
    Candidates candidates = Candidates.of(scores, sampling.temperature(), NEGLIGIBLE);
    if (sampling.topK() > 0 || sampling.topP() < 1) {
      candidates = candidates.best(sampling.topK(), sampling.topP());
    }
    if (sampling.minP() > 0) {
      candidates = candidates.atLeast(sampling.minP());
    }
    return candidates.draw(random.nextDouble());
  }
}
