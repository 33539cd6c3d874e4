package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationOptions.Penalties;
import dev.migaki.lm.GenerationOptions.Sampling;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TokenChoiceTest {

  // probabilities 0.5, 0.25, 0.15, 0.07, 0.03
  private static float[] scores() {
    float[] scores = new float[5];
    double[] shares = {0.5, 0.25, 0.15, 0.07, 0.03};
    for (int i = 0; i < 5; i++) {
      scores[i] = (float) Math.log(shares[i]);
    }
    return scores;
  }

  private static TreeSet<Integer> drawn(Sampling sampling) {
    TokenChoice choice =
        new TokenChoice(GenerationOptions.greedy(1).withSampling(sampling), new int[0], null);
    TreeSet<Integer> tokens = new TreeSet<>();
    for (int i = 0; i < 2000; i++) {
      tokens.add(choice.pickInPlace(scores()));
    }
    return tokens;
  }

  @Test
  void shouldDrawOnlyFromWhatTheFiltersLeave() {
    // When / Then
    assertThat(drawn(new Sampling(1, 1, 0, 0))).containsExactly(0, 1, 2, 3, 4);
    assertThat(drawn(new Sampling(1, 1, 2, 0))).containsExactly(0, 1);
    assertThat(drawn(new Sampling(1, 0.76, 0, 0))).containsExactly(0, 1, 2);
    assertThat(drawn(new Sampling(1, 0.6, 3, 0))).containsExactly(0, 1);
    assertThat(drawn(new Sampling(1, 1, 0, 0.2))).containsExactly(0, 1, 2);
    assertThat(drawn(new Sampling(1, 1e-9, 0, 0))).containsExactly(0);
  }

  @Test
  void shouldDrawInProportionWhenNothingIsFiltered() {
    // Given
    TokenChoice choice = new TokenChoice(GenerationOptions.sampling(1, 1, 1, 5), new int[0], null);
    int[] counts = new int[5];

    // When
    for (int i = 0; i < 20_000; i++) {
      counts[choice.pickInPlace(scores())]++;
    }

    // Then
    assertThat(counts[0] / 20_000.0).isCloseTo(0.5, within(0.015));
    assertThat(counts[3] / 20_000.0).isCloseTo(0.07, within(0.01));
  }

  @Test
  void shouldChangeScoresAsTheFormulasSay() {
    // Given
    GenerationOptions options =
        GenerationOptions.greedy(4)
            .withPenalties(new Penalties(0.5, 0.25, 2))
            .withLogitBias(Map.of(4, 3.0));
    TokenChoice choice = new TokenChoice(options, new int[] {0}, null);
    choice.take(1);
    choice.take(1);
    float[] scores = {4, -1, 2, 1, 0};

    // When
    choice.pickInPlace(scores);

    // Then
    assertThat(scores[0]).isEqualTo(2f);
    assertThat(scores[1]).isEqualTo(-1f * 2 - 0.5f - 2 * 0.25f);
    assertThat(scores[2]).isEqualTo(2f);
    assertThat(scores[4]).isEqualTo(3f);
  }
}
