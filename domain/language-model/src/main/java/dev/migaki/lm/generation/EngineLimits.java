package dev.migaki.lm.generation;

/**
 * What an engine may use.
 *
 * @param batch most answers decoded together; 8 to 32 suit a small model
 * @param cacheBytes most memory for keys and values of running answers; a request that does not fit
 *     beside the running ones waits, one alone always runs
 * @param prefixBytes memory for keys and values of earlier prompts
 * @param promptTokens most prompt tokens computed between two tokens of the running answers
 */
public record EngineLimits(int batch, long cacheBytes, long prefixBytes, int promptTokens) {

  /** For small models on a machine that does other things too. */
  public static final EngineLimits DEFAULT = new EngineLimits(16, 512L << 20, 64L << 20, 256);

  public EngineLimits {
    if (batch < 1 || cacheBytes < 0 || prefixBytes < 0 || promptTokens < 1) {
      throw new IllegalArgumentException(
          "batch and promptTokens must be positive, bytes not negative");
    }
  }
}
