package dev.migaki.eval.domain;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is asked of a model: held-out questions, questions without an answer, and the training pairs
 * that the few-shot prompt and the lookup may use.
 */
public record Exam(List<ExamQuestion> questions, List<TrainedPair> trained) {

  public Exam {
    questions = List.copyOf(questions);
    trained = List.copyOf(trained);
  }

  /**
   * At most {@code limit} questions of each language and group (answerable or not), chosen by the
   * seed, so that an exam's length does not grow with the dataset.
   */
  public Exam atMost(int limit, long seed) {
    List<ExamQuestion> chosen = new ArrayList<>();
    questions.stream()
        .map(question -> question.language() + question.isAnswerable())
        .distinct()
        .sorted()
        .forEach(
            group -> {
              List<ExamQuestion> members =
                  new ArrayList<>(
                      questions.stream()
                          .filter(
                              question ->
                                  group.equals(question.language() + question.isAnswerable()))
                          .sorted(java.util.Comparator.comparing(ExamQuestion::id))
                          .toList());
              SplittableRandom random = new SplittableRandom(seed);
              for (int i = members.size() - 1; i > 0; i--) {
                java.util.Collections.swap(members, i, random.nextInt(i + 1));
              }
              chosen.addAll(members.subList(0, Math.min(limit, members.size())));
            });
    return new Exam(chosen, trained);
  }

  @Override
  public String toString() {
    return "Exam[questions=" + questions.size() + ", trained=" + trained.size() + "]";
  }
}
