package dev.migaki.eval.domain;

import static java.util.Objects.requireNonNull;

import dev.migaki.eval.domain.AnsweringModel.Answer;
import dev.migaki.eval.domain.Scorecard.LossScores;
import dev.migaki.eval.domain.Scorecard.Scores;
import dev.migaki.eval.domain.Scorecard.ShownExample;
import dev.migaki.eval.domain.Scorecard.UnanswerableScores;
import dev.migaki.metrics.Declines;
import dev.migaki.metrics.KnownAnswers;
import dev.migaki.metrics.NearestQuestionLookup;
import dev.migaki.metrics.Overfitting;
import dev.migaki.metrics.PromotionGate;
import dev.migaki.metrics.PromotionGate.Comparison;
import dev.migaki.metrics.ScoreSummary;
import dev.migaki.metrics.ScoredAnswer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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
  private final KnownAnswers known;
  private final NearestQuestionLookup lookup;

  public Grading(Exam exam) {
    this.exam = exam;
    this.known =
        new KnownAnswers(
            Stream.concat(
                    exam.trained().stream().map(TrainedPair::answer),
                    exam.questions().stream()
                        .filter(ExamQuestion::isAnswerable)
                        .map(ExamQuestion::reference))
                .toList());
    this.lookup =
        new NearestQuestionLookup(
            exam.trained().stream().map(TrainedPair::question).toList(),
            exam.trained().stream().map(TrainedPair::answer).toList());
  }

  /** Answers to the exam's questions by id, from the three ways of asking. */
  public record Answers(
      Map<String, Answer> base, Map<String, Answer> fewShot, Map<String, Answer> tuned) {}

  /** The same questions answered in four ways, each answer graded once, by the question's id. */
  private record Graded(
      Map<String, ScoredAnswer> base,
      Map<String, ScoredAnswer> fewShot,
      Map<String, ScoredAnswer> tuned,
      Map<String, ScoredAnswer> lookup) {

    private Scores scores(List<ExamQuestion> questions) {
      return new Scores(
          summary(questions, base),
          summary(questions, fewShot),
          summary(questions, tuned),
          summary(questions, lookup));
    }

    private static ScoreSummary summary(
        List<ExamQuestion> questions, Map<String, ScoredAnswer> answers) {
      return ScoreSummary.of(
          questions.stream()
              .map(question -> requireNonNull(answers.get(question.id()), "graded"))
              .toList(),
          BOOTSTRAP_SEED);
    }

    private ScoredAnswer tunedTo(ExamQuestion question) {
      return requireNonNull(tuned.get(question.id()), "graded");
    }
  }

  /** Whose card it is. */
  public record Subject(String modelId, String version, int versionNumber, String baseModel) {}

  /** Grades the answers and asks the gate. */
  public Scorecard grade(
      Subject subject, Answers answers, PromotionGate.Losses losses, PromotionGate gate) {
    List<ExamQuestion> answerable =
        exam.questions().stream().filter(ExamQuestion::isAnswerable).toList();
    List<ExamQuestion> outside =
        exam.questions().stream().filter(question -> !question.isAnswerable()).toList();
    Graded graded = graded(answerable, answers);
    Map<String, Scores> languages = new TreeMap<>();
    for (String language : answerable.stream().map(ExamQuestion::language).distinct().toList()) {
      languages.put(
          language,
          graded.scores(
              answerable.stream()
                  .filter(question -> question.language().equals(language))
                  .toList()));
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
        graded.scores(answerable),
        kinds(answerable, graded),
        Map.of("tuned", tunedOutside, "base", outside(outside, answers.base())),
        losses(losses),
        decision.verdict().label(),
        decision.reasons(),
        examples(answerable, answers, graded));
  }

  private Graded graded(List<ExamQuestion> questions, Answers answers) {
    Map<String, Answer> found = new HashMap<>();
    questions.forEach(
        question ->
            found.put(question.id(), new Answer(lookup.answer(question.question()), Double.NaN)));
    return new Graded(
        graded(questions, answers.base()),
        graded(questions, answers.fewShot()),
        graded(questions, answers.tuned()),
        graded(questions, found));
  }

  private Map<String, ScoredAnswer> graded(
      List<ExamQuestion> questions, Map<String, Answer> answers) {
    Map<String, ScoredAnswer> graded = new HashMap<>();
    for (ExamQuestion question : questions) {
      Answer answer = answers.getOrDefault(question.id(), new Answer("", Double.NaN));
      graded.put(
          question.id(),
          ScoredAnswer.of(
              question.id(),
              answer.text(),
              question.reference(),
              answer.referenceLogLikelihood(),
              known));
    }
    return graded;
  }

  private static Map<String, Double> kinds(List<ExamQuestion> questions, Graded graded) {
    return questions.stream()
        .collect(
            Collectors.groupingBy(
                question -> question.language() + " " + question.kind(),
                TreeMap::new,
                Collectors.averagingDouble(
                    question -> graded.tunedTo(question).answeredRight() ? 1 : 0)));
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
  private static List<ShownExample> examples(
      List<ExamQuestion> questions, Answers answers, Graded graded) {
    List<ShownExample> shown = new ArrayList<>();
    for (String language :
        questions.stream().map(ExamQuestion::language).distinct().sorted().toList()) {
      List<ShownExample> all =
          questions.stream()
              .filter(question -> question.language().equals(language))
              .map(question -> shown(question, answers, graded.tunedTo(question)))
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

  private static ShownExample shown(ExamQuestion question, Answers answers, ScoredAnswer tuned) {
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
