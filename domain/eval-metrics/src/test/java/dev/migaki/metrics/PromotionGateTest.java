package dev.migaki.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.metrics.PromotionGate.Comparison;
import dev.migaki.metrics.PromotionGate.Decision;
import dev.migaki.metrics.PromotionGate.Losses;
import dev.migaki.metrics.PromotionGate.Thresholds;
import dev.migaki.metrics.PromotionGate.Unanswerable;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromotionGateTest {
  private static final Losses LEARNED = new Losses(0.05, 0.4, 0.4);
  private static final Losses STILL_HIGH = new Losses(1.9, 2.0, 2.0);
  private static final Unanswerable HONEST = new Unanswerable(20, 18);

  private final PromotionGate gate = new PromotionGate(new Thresholds(0.6, 0.5, 5));

  @Test
  void shouldPromoteWhenEveryLanguageIsBetterThanBaseAndPrompt() {
    Decision decision =
        gate.decide(
            Map.of("en", comparison(0.1, 0.2, 0.9), "ja", comparison(0.1, 0.2, 0.8)),
            HONEST,
            LEARNED);

    assertThat(decision.verdict()).isEqualTo(Verdict.PROMOTE);
    assertThat(decision.reasons()).anyMatch(reason -> reason.startsWith("ja: 80 % answered right"));
  }

  @Test
  void shouldHoldWhenOneLanguageFails() {
    Decision decision =
        gate.decide(
            Map.of("en", comparison(0.1, 0.2, 0.9), "ja", comparison(0.1, 0.1, 0.3)),
            HONEST,
            LEARNED);

    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.reasons()).contains("ja: 30 % answered right (needed 60 %)");
  }

  @Test
  void shouldAskForAnotherRunWhenLearningHadNotFinished() {
    Decision decision = gate.decide(Map.of("en", comparison(0.1, 0.1, 0.2)), HONEST, STILL_HIGH);

    assertThat(decision.verdict()).isEqualTo(Verdict.RETRAIN);
  }

  @Test
  void shouldAdvisePromptingWhenAFewShotPromptDoesAsWell() {
    Decision decision = gate.decide(Map.of("en", comparison(0.2, 0.9, 0.9)), HONEST, LEARNED);

    assertThat(decision.verdict()).isEqualTo(Verdict.PROMPT_INSTEAD);
  }

  @Test
  void shouldNotPromoteWhenTooManyUnanswerableQuestionsAreAnswered() {
    Decision decision =
        gate.decide(Map.of("en", comparison(0.1, 0.2, 0.9)), new Unanswerable(20, 3), LEARNED);

    assertThat(decision.verdict()).isEqualTo(Verdict.HOLD);
    assertThat(decision.reasons()).anyMatch(reason -> reason.contains("85 %"));
  }

  @Test
  void shouldNotPromoteWithoutHeldOutQuestions() {
    assertThat(gate.decide(Map.of(), HONEST, LEARNED).verdict()).isEqualTo(Verdict.HOLD);
    assertThat(
            gate.decide(
                    Map.of("en", new Comparison(scores(0, 3), scores(0, 3), scores(1, 3))),
                    HONEST,
                    LEARNED)
                .verdict())
        .isEqualTo(Verdict.HOLD);
  }

  @Test
  void shouldNameTheBandOfTheLossRatio() {
    assertThat(Overfitting.of(1.1)).isEqualTo(Overfitting.HEALTHY);
    assertThat(Overfitting.of(1.3)).isEqualTo(Overfitting.MILD);
    assertThat(Overfitting.of(1.7)).isEqualTo(Overfitting.MODERATE);
    assertThat(Overfitting.of(2.5)).isEqualTo(Overfitting.SEVERE);
    assertThat(Overfitting.of(Double.NaN)).isEqualTo(Overfitting.UNKNOWN);
  }

  private static Comparison comparison(double base, double fewShot, double tuned) {
    return new Comparison(scores(base, 50), scores(fewShot, 50), scores(tuned, 50));
  }

  /** A summary in which this share of the answers is fully right and the rest fully wrong. */
  private static ScoreSummary scores(double share, int n) {
    double[] values = new double[n];
    for (int i = 0; i < Math.round(share * n); i++) {
      values[i] = 1;
    }
    Interval interval = Interval.of(values, 3);
    return new ScoreSummary(n, interval, interval, interval, interval, interval);
  }
}
