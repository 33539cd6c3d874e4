package dev.migaki.lm.training;

/**
 * A conversation ready for training.
 *
 * @param line its line in the file, from 1
 * @param tokens ids of the whole conversation
 * @param weights loss weight of each token as a target; 0 for everything that the model does not
 *     answer
 * @param droppable whether token dropout may remove a token: it belongs to a question
 */
public record ChatExample(int line, int[] tokens, float[] weights, boolean[] droppable)
    implements TrainingExample {

  @Override
  public int rows() {
    return 1;
  }

  @Override
  public int inputLength() {
    return tokens.length - 1;
  }

  /** Number of tokens with a loss. */
  public int supervisedTokens() {
    int count = 0;
    for (int i = 1; i < weights.length; i++) {
      if (weights[i] > 0) {
        count++;
      }
    }
    return count;
  }
}
