package dev.migaki.lm;

import java.util.List;

/**
 * How an answer is made.
 *
 * @param maxTokens most tokens of the answer
 * @param temperature 0 takes the likeliest token each time; 1 samples from the model's distribution
 * @param topP samples from the smallest set of tokens whose probabilities reach this sum (nucleus
 *     sampling, arXiv:1904.09751), in {@code (0, 1]}
 * @param stop texts that end the answer; not part of it
 * @param seed same seed, prompt and options, same answer
 */
public record GenerationOptions(
    int maxTokens, double temperature, double topP, List<String> stop, long seed) {

  public GenerationOptions {
    stop = List.copyOf(stop);
    if (maxTokens < 1) {
      throw new IllegalArgumentException("maxTokens is " + maxTokens + ", must be at least 1");
    }
    if (!(temperature >= 0) || !(topP > 0) || !(topP <= 1)) {
      throw new IllegalArgumentException(
          "temperature must not be negative and topP must be in (0, 1]: "
              + temperature
              + ", "
              + topP);
    }
    if (stop.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("a stop text is empty");
    }
  }

  /** The likeliest token each time. */
  public static GenerationOptions greedy(int maxTokens) {
    return new GenerationOptions(maxTokens, 0, 1, List.of(), 0);
  }
}
