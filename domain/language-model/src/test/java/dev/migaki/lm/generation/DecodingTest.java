package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.TokenListener;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DecodingTest {

  @TempDir Path directory;
  private LanguageModel model;

  @BeforeEach
  void load() {
    torch.set_num_threads(1);
    model = LanguageModel.load(TinyModel.write(directory, 3));
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static int[] prompt(int length, long seed) {
    return new Random(seed).ints(length, 3, 320).toArray();
  }

  private float[] wholePrompt(int[] tokens) {
    try (Decoding decoding = new Decoding(model, 1, tokens.length)) {
      return decoding.prompts(List.of(tokens))[0];
    }
  }

  @Test
  void shouldGiveTheNumbersOfAFullForwardPassWhenTheCacheIsUsed() {
    // Given
    int[] tokens = prompt(20, 1);

    // When
    try (Decoding decoding = new Decoding(model, 1, 30)) {
      decoding.prompts(List.of(Arrays.copyOf(tokens, 8)));
      for (int i = 8; i < tokens.length; i++) {
        float[] cached = decoding.next(new int[] {tokens[i]})[0];

        // Then
        float[] full = wholePrompt(Arrays.copyOf(tokens, i + 1));
        for (int id = 0; id < full.length; id++) {
          assertThat(cached[id]).isCloseTo(full[id], within(2e-4f));
        }
      }
    }
  }

  @Test
  void shouldNotDependOnNeighboursWhenPromptsShareABatch() {
    // Given
    List<int[]> prompts = List.of(prompt(5, 1), prompt(17, 2), prompt(11, 3));

    // When
    try (Decoding decoding = new Decoding(model, 3, 30)) {
      float[][] together = decoding.prompts(prompts);
      decoding.keepRowsInPlace(new int[] {0, 2});
      float[][] after = decoding.next(new int[] {40, 50});

      // Then
      for (int row = 0; row < 3; row++) {
        assertClose(together[row], wholePrompt(prompts.get(row)));
      }
      assertClose(after[0], wholePrompt(with(prompts.get(0), 40)));
      assertClose(after[1], wholePrompt(with(prompts.get(2), 50)));
    }
  }

  private static int[] with(int[] tokens, int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  private static void assertClose(float[] actual, float[] expected) {
    for (int id = 0; id < expected.length; id++) {
      assertThat(actual[id]).isCloseTo(expected[id], within(2e-4f));
    }
  }

  @Test
  void shouldAnswerTheSameWhenGreedyAloneOrInABatch() {
    // Given
    List<int[]> prompts = IntStream.range(0, 7).mapToObj(i -> prompt(4 + 3 * i, i)).toList();
    GenerationOptions options = GenerationOptions.greedy(20);

    // When
    List<GenerationResult> together =
        new BatchAnswers(model, 3).generate(prompts, options, finished -> {});

    // Then
    for (int i = 0; i < prompts.size(); i++) {
      GenerationResult alone =
          StreamingAnswer.generate(model, prompts.get(i), options, TokenListener.NONE);
      assertThat(together.get(i).text()).isEqualTo(alone.text());
      assertThat(together.get(i).completionTokens()).isEqualTo(alone.completionTokens());
      assertThat(together.get(i).finishReason()).isEqualTo(alone.finishReason());
    }
  }

  @Test
  void shouldRepeatItselfWhenSamplingWithTheSameSeed() {
    // Given
    int[] prompt = prompt(6, 5);
    GenerationOptions options = new GenerationOptions(24, 1.2, 0.95, List.of(), 77);
    GenerationOptions otherSeed = new GenerationOptions(24, 1.2, 0.95, List.of(), 78);

    // When
    String first = StreamingAnswer.generate(model, prompt, options, TokenListener.NONE).text();
    String second = StreamingAnswer.generate(model, prompt, options, TokenListener.NONE).text();
    String third = StreamingAnswer.generate(model, prompt, otherSeed, TokenListener.NONE).text();

    // Then
    assertThat(second).isEqualTo(first);
    assertThat(third).isNotEqualTo(first);
  }

  @Test
  void shouldAgreeWithDecodingWhenAnAnswerIsScored() {
    // Given
    List<ChatMessage> question = List.of(new ChatMessage("user", "営業時間は？"));
    String answer = "9時から";
    int[] prompt = model.chat().prompt(question);
    int[] tokens = model.tokenizer().encode(answer + "<|im_end|>");

    // When
    ReferenceLikelihood.Likelihood likelihood = new ReferenceLikelihood(model).of(question, answer);

    // Then
    double sum = 0;
    int[] context = prompt;
    for (int token : tokens) {
      sum += wholePrompt(context)[token];
      context = with(context, token);
    }
    assertThat(likelihood.tokens()).isEqualTo(tokens.length);
    assertThat(likelihood.sum()).isCloseTo(sum, within(1e-3));
  }
}
