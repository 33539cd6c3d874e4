package dev.migaki.eval.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.eval.domain.AnsweringModel.Answer;
import dev.migaki.metrics.PromotionGate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class GradingTest {
  private static final PromotionGate.Losses LOSSES = new PromotionGate.Losses(0.1, 0.2, 0.2);
  private static final Grading.Subject MODEL =
      new Grading.Subject("ft:quick-start:migaki:boxes:1", "v1", 1, "quick-start");

  private static final List<TrainedPair> TRAINED =
      IntStream.range(0, 20)
          .mapToObj(box -> new TrainedPair("What lies in box " + box + "?", inside(box)))
          .toList();

  private static String inside(int box) {
    return "Box number %d holds %d blue pens for the school office".formatted(box, 300 + box);
  }

  private static Exam exam() {
    List<ExamQuestion> questions =
        IntStream.range(0, 20)
            .mapToObj(
                box ->
                    new ExamQuestion(
                        "q" + box,
                        "en",
                        box < 10 ? "paraphrase" : "edge",
                        "box %d: contents?".formatted(box),
                        inside(box)))
            .toList();
    List<ExamQuestion> all = new java.util.ArrayList<>(questions);
    all.add(new ExamQuestion("u1", "en", ExamQuestion.UNANSWERABLE, "Will it rain?", "No idea."));
    all.add(new ExamQuestion("u2", "en", ExamQuestion.UNANSWERABLE, "Who won?", "No idea."));
    return new Exam(all, TRAINED);
  }

  private static Scorecard graded(Map<String, Answer> tuned) {
    Map<String, Answer> nothing = Map.of();
    return new Grading(exam())
        .grade(
            MODEL,
            new Grading.Answers(nothing, nothing, tuned),
            LOSSES,
            new PromotionGate(GateSettings.DEFAULTS.thresholds()));
  }

  private static Map<String, Answer> tuned(int right) {
    Map<String, Answer> answers = new HashMap<>();
    for (int box = 0; box < 20; box++) {
      // a wrong answer is that of the next box: nearly the same words, another source
      answers.put("q" + box, new Answer(inside(box < right ? box : (box + 1) % 20), -0.5));
    }
    answers.put("u1", new Answer("I don't have information about that.", Double.NaN));
    answers.put("u2", new Answer("Our team won by 3 to 1.", Double.NaN));
    return answers;
  }

  @Test
  void shouldCountAnAnswerFromAnotherSourceAsWrong() {
    Scorecard card = graded(tuned(15));

    assertThat(card.overall().tuned().answeredRight().mean()).isCloseTo(0.75, within(1e-9));
    assertThat(card.kinds()).containsEntry("en paraphrase", 1.0).containsEntry("en edge", 0.5);
    assertThat(card.overall().tuned().tokenF1().mean()).isBetween(0.75, 1.0);
    assertThat(card.overall().tuned().answerLogLikelihood().mean()).isCloseTo(-0.5, within(1e-9));
    assertThat(card.overall().base().tokenF1().mean()).isZero();
  }

  @Test
  void shouldShowWhatALookupWithoutAModelReaches() {
    Scorecard card = graded(tuned(20));

    assertThat(card.languages().get("en").lookup().answeredRight().mean()).isEqualTo(1);
  }

  @Test
  void shouldTellQuestionsOutsideTheDataApart() {
    Scorecard card = graded(tuned(20));

    assertThat(card.unanswerable().get("tuned"))
        .isEqualTo(new Scorecard.UnanswerableScores(2, 1, 0.5));
    assertThat(card.overall().tuned().n()).isEqualTo(20);
  }

  @Test
  void shouldGiveTheSameCardAgain() {
    assertThat(graded(tuned(12))).isEqualTo(graded(tuned(12)));
  }

  @Test
  void shouldShowTheWorstAndTheBestAnswers() {
    Scorecard card = graded(tuned(15));

    assertThat(card.examples()).hasSize(12);
    assertThat(card.examples().get(0).answeredRight()).isFalse();
    assertThat(card.examples().get(11).answeredRight()).isTrue();
  }
}
