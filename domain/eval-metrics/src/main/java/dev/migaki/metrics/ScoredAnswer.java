package dev.migaki.metrics;

/**
 * One answer with its scores.
 *
 * @param id of the question
 * @param answer as generated
 * @param reference what the documents say
 * @param exactMatch 0 or 1
 * @param tokenF1 0..1
 * @param chrF 0..100
 * @param answeredRight token F1 ≥ {@value #RIGHT_TOKEN_F1} and no other known answer is nearer than
 *     the reference
 * @param referenceLogLikelihood mean log-likelihood of a reference token in nats, NaN where not
 *     measured
 */
public record ScoredAnswer(
    String id,
    String answer,
    String reference,
    double exactMatch,
    double tokenF1,
    double chrF,
    boolean answeredRight,
    double referenceLogLikelihood) {

  /** Token F1 from which an answer counts as right. */
  public static final double RIGHT_TOKEN_F1 = 0.8;

  /**
   * Scores an answer.
   *
   * @param known every answer of the dataset; the right source is the one whose answer is nearest
   *     to what was generated
   */
  public static ScoredAnswer of(
      String id,
      String answer,
      String reference,
      double referenceLogLikelihood,
      KnownAnswers known) {
    double f1 = AnswerScores.tokenF1(answer, reference);
    boolean right = f1 >= RIGHT_TOKEN_F1 && !known.isAnyNearer(answer, reference, f1);
    return new ScoredAnswer(
        id,
        answer,
        reference,
        AnswerScores.exactMatch(answer, reference),
        f1,
        Chrf.score(answer, reference),
        right,
        referenceLogLikelihood);
  }
}
