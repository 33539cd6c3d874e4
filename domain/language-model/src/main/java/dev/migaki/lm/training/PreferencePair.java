package dev.migaki.lm.training;

/**
 * One prompt with a preferred answer and one that is not, ready for training.
 *
 * @param line its line in the file, from 1
 * @param preferred the conversation with the preferred answer, which alone is supervised
 * @param rejected the same with the other answer
 */
public record PreferencePair(int line, ChatExample preferred, ChatExample rejected)
    implements TrainingExample {

  @Override
  public int rows() {
    return 2;
  }

  @Override
  public int inputLength() {
    return Math.max(preferred.inputLength(), rejected.inputLength());
  }

  /** Tokens of both conversations. */
  public long tokens() {
    return (long) preferred.tokens().length + rejected.tokens().length;
  }
}
