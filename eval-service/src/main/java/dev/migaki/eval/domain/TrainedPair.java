package dev.migaki.eval.domain;

/** A question and its answer from the training file. */
public record TrainedPair(String question, String answer) {
  @Override
  public String toString() {
    return "TrainedPair[…]";
  }
}
