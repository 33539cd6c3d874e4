package dev.migaki.metrics;

import java.util.List;

/**
 * What one way of answering (base, few-shot prompt, tuned, lookup) reached on a set of questions.
 *
 * @param n number of questions
 * @param exactMatch share of answers equal to the reference, 0..1
 * @param tokenF1 mean token F1, 0..1
 * @param chrF mean sentence chrF, 0..100
 * @param answeredRight share with token F1 ≥ 0.8 and the right source, 0..1
 * @param answerLogLikelihood mean log-likelihood of a reference token in nats, 0 where it was not
 *     measured
 */
public record ScoreSummary(
    int n,
    Interval exactMatch,
    Interval tokenF1,
    Interval chrF,
    Interval answeredRight,
    Interval answerLogLikelihood) {

  /** Sums up scored answers; the seed drives the bootstrap only. */
  public static ScoreSummary of(List<ScoredAnswer> answers, long seed) {
    return new ScoreSummary(
        answers.size(),
        Interval.of(answers.stream().mapToDouble(ScoredAnswer::exactMatch).toArray(), seed),
        Interval.of(answers.stream().mapToDouble(ScoredAnswer::tokenF1).toArray(), seed),
        Interval.of(answers.stream().mapToDouble(ScoredAnswer::chrF).toArray(), seed),
        Interval.of(answers.stream().mapToDouble(a -> a.answeredRight() ? 1 : 0).toArray(), seed),
        Interval.of(
            answers.stream()
                .filter(a -> !Double.isNaN(a.referenceLogLikelihood()))
                .mapToDouble(ScoredAnswer::referenceLogLikelihood)
                .toArray(),
            seed));
  }
}
