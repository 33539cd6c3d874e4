package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.bytedeco.pytorch.global.torch.linear;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationOptions.Penalties;
import dev.migaki.lm.GenerationOptions.Sampling;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.GenerationResult.FinishReason;
import dev.migaki.lm.Generator;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.TokenListener;
import dev.migaki.lm.TokenLogprob;
import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.RotaryPositions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationEngineTest {

  @TempDir Path directory;
  private LanguageModel model;
  private Generator generator;

  @BeforeEach
  void load() {
    LanguageModel.useThreads(1);
    model = LanguageModel.load(TinyModel.write(directory, 3));
    generator = new Generator(model);
  }

  @AfterEach
  void close() {
    model.close();
  }

  private static int[] prompt(int length, long seed) {
    return new Random(seed).ints(length, 3, 320).toArray();
  }

  /** Log-probabilities after {@code tokens}, by the forward pass that training uses. */
  private float[] reference(int[] tokens) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      Tensor hidden =
          new LlamaForward(model.config(), ScalarType.Float)
              .hidden(
                  model.weights(),
                  null,
                  DeviceTensors.of(Arrays.stream(tokens).asLongStream().toArray(), tokens.length),
                  1,
                  tokens.length,
                  RotaryPositions.table(model.config(), tokens.length, ScalarType.Float),
                  Attention.fusedCausal());
      Tensor last = hidden.narrow(0, tokens.length - 1L, 1);
      return DeviceTensors.floats(linear(last, model.weights().head()).log_softmax(-1));
    }
  }

  private static int[] with(int[] tokens, int token) {
    int[] longer = Arrays.copyOf(tokens, tokens.length + 1);
    longer[tokens.length] = token;
    return longer;
  }

  private double referenceLikelihood(int[] prompt, int tokens) {
    double sum = 0;
    int[] context = prompt;
    for (int i = 0; i < tokens; i++) {
      float[] next = reference(context);
      int token = TokenChoice.likeliest(next);
      sum += next[token];
      context = with(context, token);
    }
    return sum;
  }

  @Test
  void shouldGiveTheNumbersOfTheFullForwardPassWhateverElseIsInTheBatch() {
    // Given requests that join while others decode, more than fit into one batch
    List<int[]> prompts = IntStream.range(0, 21).mapToObj(i -> prompt(2 + 3 * i, i)).toList();

    // When
    List<GenerationResult> together =
        generator.generateAll(prompts, GenerationOptions.greedy(20), finished -> {});

    // Then
    for (int i = 0; i < prompts.size(); i++) {
      assertThat(together.get(i).logLikelihood())
          .as("prompt %d", i)
          .isCloseTo(
              referenceLikelihood(prompts.get(i), together.get(i).completionTokens()),
              within(2e-3));
    }
  }

  @Test
  void shouldAnswerTheSameAloneOrInABatchWhenSampledWithASeed() {
    // Given
    List<int[]> prompts = IntStream.range(0, 12).mapToObj(i -> prompt(5 + 2 * i, i)).toList();
    GenerationOptions options =
        GenerationOptions.greedy(24).withSampling(new Sampling(1.1, 0.95, 40, 0.01)).withSeed(7);

    // When
    List<GenerationResult> together = generator.generateAll(prompts, options, finished -> {});

    // Then
    for (int i = 0; i < prompts.size(); i++) {
      GenerationResult alone =
          generator.continueText(prompts.get(i), options.withSeed(7 + i), TokenListener.NONE);
      assertThat(alone.text()).isEqualTo(together.get(i).text());
      assertThat(alone.logLikelihood()).isCloseTo(together.get(i).logLikelihood(), within(1e-3));
    }
    assertThat(generator.continueText(prompts.get(0), options.withSeed(99), TokenListener.NONE))
        .extracting(GenerationResult::text)
        .isNotEqualTo(together.get(0).text());
  }

  @Test
  void shouldTakeOtherTokensWhenRepetitionCosts() {
    // Given a model that repeats itself
    GenerationOptions options = GenerationOptions.greedy(40).withTopLogprobs(0);

    // When
    long without = distinctTokens(options);
    long with = distinctTokens(options.withPenalties(new Penalties(0, 0, 5)));

    // Then
    assertThat(with).isGreaterThan(without);
  }

  private long distinctTokens(GenerationOptions options) {
    return generator.continueText(prompt(6, 3), options, TokenListener.NONE).logprobs().stream()
        .map(TokenLogprob::bytes)
        .distinct()
        .count();
  }

  @Test
  void shouldReuseASharedBeginningWithoutChangingTheAnswer() {
    // Given
    int[] shared = prompt(40, 1);
    int[] second = with(with(shared, 17), 29);
    generator.continueText(with(shared, 5), GenerationOptions.greedy(2), TokenListener.NONE);

    // When
    GenerationResult result =
        generator.continueText(second, GenerationOptions.greedy(12), TokenListener.NONE);

    // Then
    assertThat(result.cachedTokens()).isEqualTo(40);
    assertThat(result.promptTokens()).isEqualTo(42);
    assertThat(result.logLikelihood())
        .isCloseTo(referenceLikelihood(second, result.completionTokens()), within(2e-3));
  }

  @Test
  void shouldFailOneAnswerAndGoOnWhenTheLibraryRefusesItsPrompt() {
    // Given a token that the vocabulary does not have
    GenerationResult undisturbed =
        generator.continueText(prompt(9, 1), noEnd(8), TokenListener.NONE);
    RunningAnswer refused = generator.start(new int[] {5, 320_000}, noEnd(8));
    RunningAnswer next = generator.start(prompt(9, 1), noEnd(8));

    // Then
    assertThatThrownBy(() -> refused.await(TokenListener.NONE))
        .isInstanceOf(RuntimeException.class);
    assertThat(next.await(TokenListener.NONE).text()).isEqualTo(undisturbed.text());
  }

  @Test
  void shouldFreeThePlaceWhenAnAnswerIsCancelled() {
    // Given a batch of one
    model.close();
    model = LanguageModel.load(directory).withLimits(new EngineLimits(1, 1 << 20, 0, 256));
    int[] prompt = prompt(4, 1);
    RunningAnswer first = new Generator(model).start(prompt, noEnd(90));
    RunningAnswer second = new Generator(model).start(prompt, noEnd(4));

    // When
    GenerationResult cancelled = first.await(piece -> false);

    // Then
    assertThat(cancelled.finishReason()).isEqualTo(FinishReason.CANCELLED);
    assertThat(second.await(TokenListener.NONE).completionTokens()).isEqualTo(4);
  }

  private GenerationOptions noEnd(int tokens) {
    return GenerationOptions.greedy(tokens).withLogitBias(Map.of(0, -100.0, 1, -100.0, 2, -100.0));
  }

  @Test
  void shouldReportLogprobsThatAddUpToTheLikelihood() {
    // Given
    GenerationOptions options = noEnd(12).withTopLogprobs(3);
    List<Integer> reported = new ArrayList<>();
    TokenListener listener =
        new TokenListener() {
          @Override
          public boolean onText(String piece) {
            return true;
          }

          @Override
          public boolean onPiece(String piece, List<dev.migaki.lm.TokenLogprob> logprobs) {
            reported.add(logprobs.size());
            return true;
          }
        };

    // When
    GenerationResult result = generator.continueText(prompt(9, 2), options, listener);

    // Then
    assertThat(result.logprobs()).hasSize(result.completionTokens());
    assertThat(result.logprobs().stream().mapToDouble(token -> token.logprob()).sum())
        .isCloseTo(result.logLikelihood(), within(1e-4));
    assertThat(result.logprobs()).allMatch(token -> token.top().size() == 3);
    assertThat(result.logprobs().get(0).top().get(0).logprob())
        .isGreaterThanOrEqualTo(result.logprobs().get(0).top().get(1).logprob());
    assertThat(reported.stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(result.completionTokens());
  }

  @Test
  void shouldObeyBiasAndPenaltiesWhenChoosing() {
    // Given
    int[] prompt = prompt(6, 4);
    GenerationOptions forced = GenerationOptions.greedy(6).withLogitBias(Map.of(65, 1000.0));

    // When
    GenerationResult repeated = generator.continueText(prompt, forced, TokenListener.NONE);
    GenerationResult varied =
        generator.continueText(
            prompt, noEnd(40).withPenalties(new Penalties(1000, 0, 1)), TokenListener.NONE);

    // Then
    assertThat(repeated.text())
        .isEqualTo(model.tokenizer().decode(new int[] {65, 65, 65, 65, 65, 65}));
    assertThat(varied.completionTokens()).isEqualTo(40);
    assertThat(
            generator
                .continueText(
                    prompt,
                    noEnd(40).withPenalties(new Penalties(1000, 0, 1)).withTopLogprobs(0),
                    TokenListener.NONE)
                .logprobs()
                .stream()
                .map(dev.migaki.lm.TokenLogprob::bytes)
                .distinct())
        .hasSize(40);
  }

  @Test
  void shouldRefuseWhenThePromptLeavesNoRoom() {
    // When / Then
    assertThatThrownBy(() -> generator.start(prompt(96, 1), GenerationOptions.greedy(4)))
        .isInstanceOf(PromptTooLongException.class)
        .hasMessageContaining("96");
  }

  @Test
  void shouldAgreeWithDecodingWhenAnAnswerIsScored() {
    // Given
    List<ChatMessage> question = List.of(new ChatMessage("user", "営業時間は？"));
    String answer = "9時から";
    int[] tokens = model.tokenizer().encode(answer + "<|im_end|>");

    // When
    ReferenceLikelihood.Likelihood likelihood = new ReferenceLikelihood(model).of(question, answer);

    // Then
    double sum = 0;
    int[] context = model.chat().prompt(question);
    for (int token : tokens) {
      sum += reference(context)[token];
      context = with(context, token);
    }
    assertThat(likelihood.tokens()).isEqualTo(tokens.length);
    assertThat(likelihood.sum()).isCloseTo(sum, within(1e-3));
  }
}
