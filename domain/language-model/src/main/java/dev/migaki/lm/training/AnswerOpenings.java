package dev.migaki.lm.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Shortens answers that many questions share. The first tokens decide which answer it is; how it
 * goes on is the same for all its questions, so a third of them, others in every epoch, teaches
 * that. Less is computed for the same number of questions.
 *
 * <p>Same examples, seed and epoch, same result.
 */
final class AnswerOpenings {

  /** Of so many questions with one answer, one keeps it whole. */
  private static final int SHARED_BY = 3;

  private final List<ChatExample> examples;
  private final List<List<Integer>> sharing;
  private final int opening;
  private final long seed;

  /**
   * @param opening tokens that a shortened answer keeps, 0 to shorten none
   */
  AnswerOpenings(List<ChatExample> examples, int opening, long seed) {
    this.examples = examples;
    this.opening = opening;
    this.seed = seed;
    Map<List<Integer>, List<Integer>> byAnswer = new HashMap<>();
    if (opening > 0) {
      for (int i = 0; i < examples.size(); i++) {
        byAnswer.computeIfAbsent(answer(examples.get(i)), key -> new ArrayList<>()).add(i);
      }
    }
    this.sharing =
        byAnswer.values().stream()
            .filter(indices -> indices.size() >= SHARED_BY)
            .sorted((a, b) -> Integer.compare(a.get(0), b.get(0)))
            .toList();
  }

  /** The examples of one epoch, in their order. */
  List<ChatExample> of(int epoch) {
    if (sharing.isEmpty()) {
      return examples;
    }
    List<ChatExample> shortened = new ArrayList<>(examples);
    Random random = new Random(BatchPlan.mix(seed, 500_009L + epoch));
    for (List<Integer> indices : sharing) {
      int whole = random.nextInt(SHARED_BY);
      for (int i = 0; i < indices.size(); i++) {
        if (i % SHARED_BY != whole) {
          shortened.set(indices.get(i), shortened(examples.get(indices.get(i))));
        }
      }
    }
    return shortened;
  }

  private ChatExample shortened(ChatExample example) {
    if (example.supervisedTokens() <= opening) {
      return example;
    }
    int end = answerStart(example) + opening;
    return new ChatExample(
        example.line(),
        Arrays.copyOf(example.tokens(), end),
        Arrays.copyOf(example.weights(), end),
        Arrays.copyOf(example.droppable(), end));
  }

  /**
   * What is supervised last: in a longer conversation, earlier answers are part of the question.
   */
  private static List<Integer> answer(ChatExample example) {
    return Arrays.stream(example.tokens(), answerStart(example), example.tokens().length)
        .boxed()
        .toList();
  }

  private static int answerStart(ChatExample example) {
    int at = example.tokens().length;
    // behind the answer the template may close the turn
    while (at > 0 && example.weights()[at - 1] == 0) {
      at--;
    }
    while (at > 0 && example.weights()[at - 1] > 0) {
      at--;
    }
    return at;
  }
}
