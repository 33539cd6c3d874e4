package dev.migaki.eval.domain;

import dev.migaki.eval.domain.AnsweringModel.Answer;
import dev.migaki.eval.domain.Scorecard.LossScores;
import dev.migaki.eval.domain.Scorecard.Scores;
import dev.migaki.eval.domain.Scorecard.ShownExample;
import dev.migaki.eval.domain.Scorecard.UnanswerableScores;
import dev.migaki.metrics.Declines;
import dev.migaki.metrics.NearestQuestionLookup;
import dev.migaki.metrics.Overfitting;
import dev.migaki.metrics.PromotionGate;
import dev.migaki.metrics.PromotionGate.Comparison;
import dev.migaki.metrics.ScoreSummary;
import dev.migaki.metrics.ScoredAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Turns the answers of an exam into a scorecard. Pure: same answers, same card. */
public final class Grading {
  private static final long BOOTSTRAP_SEED = 20261122;
  private static final int SHOWN_EXAMPLES = 6;

  private final Exam exam;
  private final List<String> knownAnswers;
  private final NearestQuestionLookup lookup;

  public Grading(Exam exam) {
    this.exam = exam;
    this.knownAnswers =
        Stream.concat(
                exam.trained().stream().map(TrainedPair::answer),
                exam.questions().stream()
                    .filter(ExamQuestion::isAnswerable)
                    .map(ExamQuestion::reference))
            .distinct()
            .toList();
    this.lookup =
        new NearestQuestionLookup(
            exam.trained().stream().map(TrainedPair::question).toList(),
            exam.trained().stream().map(TrainedPair::answer).toList());
  }

  /** Answers to the exam's questions by id, from the three ways of asking. */
  public record Answers(
      Map<String, Answer> base, Map<String, Answer> fewShot, Map<String, Answer> tuned) {}

  /** Whose card it is. */
  public record Subject(String modelId, String version, int versionNumber, String baseModel) {}

  /** Grades the answers and asks the gate. */
  public Scorecard grade(
      Subject subject, Answers answers, PromotionGate.Losses losses, PromotionGate gate) {
    List<ExamQuestion> answerable =
        exam.questions().stream().filter(ExamQuestion::isAnswerable).toList();
    List<ExamQuestion> outside =
        exam.questions().stream().filter(question -> !question.isAnswerable()).toList();
    Map<String, Scores> languages = new TreeMap<>();
    for (String language : answerable.stream().map(ExamQuestion::language).distinct().toList()) {
      languages.put(
          language,
          scores(
              answerable.stream().filter(question -> question.language().equals(language)).toList(),
              answers));
    }
    UnanswerableScores tunedOutside = outside(outside, answers.tuned());
    Map<String, Comparison> comparisons = new TreeMap<>();
    languages.forEach(
        (language, scores) ->
            comparisons.put(
                language, new Comparison(scores.base(), scores.fewShot(), scores.tuned())));
    PromotionGate.Decision decision =
        gate.decide(
            comparisons,
            new PromotionGate.Unanswerable(tunedOutside.asked(), tunedOutside.declined()),
            losses);
    return new Scorecard(
        subject.modelId(),
        subject.version(),
        subject.versionNumber(),
        subject.baseModel(),
        languages,
        scores(answerable, answers),
        kinds(answerable, answers),
        Map.of("tuned", tunedOutside, "base", outside(outside, answers.base())),
        losses(losses),
        decision.verdict().label(),
        decision.reasons(),
        examples(answerable, answers));
  }

  private Scores scores(List<ExamQuestion> questions, Answers answers) {
    return new Scores(
        summary(questions, answers.base()),
        summary(questions, answers.fewShot()),
        summary(questions, answers.tuned()),
        ScoreSummary.of(
            questions.stream()
                .map(
                    question ->
                        score(question, new Answer(lookup.answer(question.question()), Double.NaN)))
                .toList(),
            BOOTSTRAP_SEED));
  }

  private ScoreSummary summary(List<ExamQuestion> questions, Map<String, Answer> answers) {
    return ScoreSummary.of(
        questions.stream().map(question -> score(question, answers)).toList(), BOOTSTRAP_SEED);
  }

  private ScoredAnswer score(ExamQuestion question, Map<String, Answer> answers) {
    return score(question, answers.getOrDefault(question.id(), new Answer("", Double.NaN)));
  }

  private ScoredAnswer score(ExamQuestion question, Answer answer) {
    return ScoredAnswer.of(
        question.id(),
        answer.text(),
        question.reference(),
        answer.referenceLogLikelihood(),
        knownAnswers);
  }

  private Map<String, Double> kinds(List<ExamQuestion> questions, Answers answers) {
    return questions.stream()
        .collect(
            Collectors.groupingBy(
                question -> question.language() + " " + question.kind(),
                TreeMap::new,
                Collectors.averagingDouble(
                    question -> score(question, answers.tuned()).answeredRight() ? 1 : 0)));
  }

  private static UnanswerableScores outside(
      List<ExamQuestion> questions, Map<String, Answer> answers) {
    int declined =
        (int)
            questions.stream()
                .filter(
                    question ->
                        answers.containsKey(question.id())
                            && Declines.isDecline(answers.get(question.id()).text()))
                .count();
    return new UnanswerableScores(
        questions.size(),
        declined,
        new PromotionGate.Unanswerable(questions.size(), declined).confidentWrong());
  }

  private static LossScores losses(PromotionGate.Losses losses) {
    return new LossScores(
        finite(losses.trainLoss()),
        finite(losses.validationLoss()),
        finite(losses.ratio()),
        Overfitting.of(losses.ratio()).name().toLowerCase(java.util.Locale.ROOT));
  }

  private static double finite(double value) {
    return Double.isFinite(value) ? value : 0;
  }

  /** The worst and the best answers of each language. */
  private List<ShownExample> examples(List<ExamQuestion> questions, Answers answers) {
    List<ShownExample> shown = new ArrayList<>();
    for (String language :
        questions.stream().map(ExamQuestion::language).distinct().sorted().toList()) {
      List<ShownExample> all =
          questions.stream()
              .filter(question -> question.language().equals(language))
              .map(question -> shown(question, answers))
              .sorted(
                  Comparator.comparingDouble(ShownExample::tokenF1)
                      .thenComparing(ShownExample::question))
              .toList();
      shown.addAll(all.subList(0, Math.min(SHOWN_EXAMPLES, all.size())));
      if (all.size() > SHOWN_EXAMPLES) {
        shown.addAll(
            all.subList(Math.max(SHOWN_EXAMPLES, all.size() - SHOWN_EXAMPLES), all.size()));
      }
    }
    return shown;
  }

  private ShownExample shown(ExamQuestion question, Answers answers) {
    ScoredAnswer tuned = score(question, answers.tuned());
    return new ShownExample(
        question.language(),
        question.kind(),
        question.question(),
        question.reference(),
        answers.base().getOrDefault(question.id(), new Answer("", Double.NaN)).text(),
        tuned.answer(),
        tuned.tokenF1(),
        tuned.answeredRight());
  }
}
