package dev.migaki.lm.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerOpeningsTest {

  @Test
  void shouldKeepOneOfThreeAnswersWholeWhenTheyAreTheSame() {
    // Given
    List<ChatExample> examples = IntStream.range(0, 9).mapToObj(i -> example(i, 8, 7)).toList();
    AnswerOpenings openings = new AnswerOpenings(examples, 3, 1);

    // When
    List<ChatExample> epoch = openings.of(0);

    // Then
    assertThat(epoch).hasSize(9);
    List<ChatExample> whole = epoch.stream().filter(examples::contains).toList();
    assertThat(whole).hasSize(3);
    assertThat(epoch)
        .filteredOn(example -> !whole.contains(example))
        .allSatisfy(
            example -> {
              ChatExample original = examples.get(example.line());
              assertThat(example.tokens()).hasSize(2 + 3).isEqualTo(start(original.tokens(), 5));
              assertThat(example.supervisedTokens()).isEqualTo(3);
            });
  }

  @Test
  void shouldKeepOtherAnswersWholeInOtherEpochs() {
    // Given
    List<ChatExample> examples = IntStream.range(0, 9).mapToObj(i -> example(i, 8, 7)).toList();
    AnswerOpenings openings = new AnswerOpenings(examples, 3, 1);

    // When
    List<ChatExample> whole = new ArrayList<>();
    for (int epoch = 0; epoch < 12; epoch++) {
      openings.of(epoch).stream().filter(examples::contains).forEach(whole::add);
    }

    // Then
    assertThat(whole).contains(examples.get(0), examples.get(1), examples.get(2));
    assertThat(openings.of(4)).usingRecursiveComparison().isEqualTo(openings.of(4));
  }

  @Test
  void shouldShortenNothingWhenAnswersAreRareShortOrTheOptionIsOff() {
    // Given
    List<ChatExample> pair = List.of(example(0, 8, 7), example(1, 8, 7), example(2, 8, 9));
    List<ChatExample> brief = IntStream.range(0, 6).mapToObj(i -> example(i, 3, 7)).toList();
    List<ChatExample> many = IntStream.range(0, 6).mapToObj(i -> example(i, 8, 7)).toList();

    // When / Then
    assertThat(new AnswerOpenings(pair, 3, 1).of(0)).isEqualTo(pair);
    assertThat(new AnswerOpenings(brief, 3, 1).of(0)).isEqualTo(brief);
    assertThat(new AnswerOpenings(many, 0, 1).of(0)).isEqualTo(many);
  }

  /** A question of two tokens, an answer of {@code length} and a closing token. */
  private static ChatExample example(int line, int length, int answer) {
    int[] tokens = new int[2 + length + 1];
    float[] weights = new float[tokens.length];
    boolean[] droppable = new boolean[tokens.length];
    tokens[0] = 100 + line;
    tokens[1] = 2;
    for (int i = 0; i < length; i++) {
      tokens[2 + i] = answer + i;
      weights[2 + i] = 1;
    }
    tokens[2 + length] = 3;
    return new ChatExample(line, tokens, weights, droppable);
  }

  private static int[] start(int[] tokens, int length) {
    return java.util.Arrays.copyOf(tokens, length);
  }
}
