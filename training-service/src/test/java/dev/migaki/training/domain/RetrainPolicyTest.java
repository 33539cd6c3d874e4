package dev.migaki.training.domain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.training.domain.RetrainPolicy.Candidate;
import dev.migaki.training.domain.RetrainPolicy.Decision;
import dev.migaki.training.domain.RetrainPolicy.LastRun;
import dev.migaki.training.domain.TrainingRecipe.RetrainRules;
import dev.migaki.training.domain.TrainingRecipe.StartFrom;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetrainPolicyTest {
  private static final RetrainRules RULES =
      new RetrainRules(10, Duration.ofMinutes(5), StartFrom.PREVIOUS, 0, 0, Map.of());

  @Test
  void shouldTrainWhenVersionIsTheFirst() {
    assertThat(RetrainPolicy.decide(new Candidate("v1", 10, false), null, RULES))
        .isInstanceOf(Decision.Train.class);
  }

  @Test
  void shouldSkipWhenVersionHasTooFewExamples() {
    assertThat(RetrainPolicy.decide(new Candidate("v1", 9, false), null, RULES))
        .isEqualTo(new Decision.Skip("the version has 9 training examples, 10 are needed"));
  }

  @Test
  void shouldRefuseAndSayWhatToDoWhenVersionHasTooFewPairs() {
    RetrainRules noLeast = new RetrainRules(0, Duration.ZERO, StartFrom.PREVIOUS, 0, 0, Map.of());

    assertThat(RetrainPolicy.decide(new Candidate("v1", 9, true), null, RULES))
        .isInstanceOfSatisfying(
            Decision.Refuse.class,
            refusal ->
                assertThat(refusal.reason())
                    .startsWith("the version has 9 preference pairs, 10 are needed; ")
                    .contains("non_preferred_output", "choose method full or lora"));
    assertThat(RetrainPolicy.decide(new Candidate("v1", 0, true), null, noLeast))
        .isInstanceOf(Decision.Refuse.class);
    assertThat(RetrainPolicy.decide(new Candidate("v1", 1, true), null, noLeast))
        .isInstanceOf(Decision.Train.class);
  }

  @Test
  void shouldSkipWhenVersionHasARunAlready() {
    assertThat(
            RetrainPolicy.decide(
                new Candidate("v1", 50, false), new LastRun("v1", Duration.ofHours(1)), RULES))
        .isInstanceOf(Decision.Skip.class);
  }

  @Test
  void shouldTrainWhenVersionIsNewAndTheIntervalHasPassed() {
    assertThat(
            RetrainPolicy.decide(
                new Candidate("v2", 50, false), new LastRun("v1", Duration.ofMinutes(5)), RULES))
        .isInstanceOf(Decision.Train.class);
  }

  @Test
  void shouldWaitForTheRestOfTheIntervalWhenTheLastRunIsYoung() {
    Decision decision =
        RetrainPolicy.decide(
            new Candidate("v2", 50, false), new LastRun("v1", Duration.ofMinutes(2)), RULES);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.Later.class,
            later -> assertThat(later.delay()).isEqualTo(Duration.ofMinutes(3)));
  }
}
