package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.Generator;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.TokenListener;
import dev.migaki.lm.generation.ProductUpdates.Product;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManyAdaptersTest {

  private static final GenerationOptions OPTIONS =
      GenerationOptions.greedy(16).withLogitBias(Map.of(0, -100.0, 1, -100.0, 2, -100.0));

  @TempDir Path directory;
  private LanguageModel model;

  @BeforeEach
  void load() {
    LanguageModel.useThreads(1);
    model = LanguageModel.load(TinyModel.write(directory.resolve("base"), 3));
  }

  @AfterEach
  void close() {
    model.close();
  }

  private Path adapter(int rank, long seed) throws IOException {
    Path target = directory.resolve("adapter-" + rank + "-" + seed);
    ModelConfig config = model.config();
    try (ParameterBlock base =
            LlamaCheckpoint.load(directory.resolve("base"), config, ScalarType.Float);
        LoraAdapter adapter =
            LoraAdapter.initialise(
                config,
                new LoraSettings(rank, 2.0 * rank, 0, false),
                base,
                seed,
                ScalarType.Float)) {
      Random random = new Random(seed);
      for (ParameterBlock.Slice slice : adapter.parameters().slices().values()) {
        float[] values = new float[(int) slice.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.08f * (float) random.nextGaussian();
        }
        adapter.parameters().setInPlace(slice.name(), values);
      }
      AdapterFiles.save(adapter, "base", target);
    }
    return target;
  }

  private static int[] prompt(int length, long seed) {
    return new Random(seed).ints(length, 3, 320).toArray();
  }

  @Test
  void shouldAnswerLikeMergedWeightsWhenAdaptersOfAnyRankShareABatch() throws IOException {
    // Given a wide block, whose product is added piece by piece
    model.close();
    model =
        LanguageModel.load(
            TinyModel.write(
                directory.resolve("base"),
                new ModelConfig(320, 32, 480, 2, 4, 2, 8, 1e-5, 10_000, 96, true),
                3));
    assertThat(Product.GATE_UP.pieces(model.config())).hasSize(4);
    List<Path> files = List.of(adapter(4, 1), adapter(8, 2), adapter(2, 3));
    List<LoadedAdapter> adapters = new ArrayList<>();
    List<RunningAnswer> running = new ArrayList<>();

    // When rows of three adapters and of the base decode together
    for (Path file : files) {
      adapters.add(model.engine().load(file).orElseThrow());
    }
    for (int i = 0; i < 8; i++) {
      LoadedAdapter adapter = i % 4 == 3 ? null : adapters.get(i % 4);
      running.add(new Generator(model, adapter).start(prompt(6 + i, i), OPTIONS));
    }
    List<GenerationResult> results =
        running.stream().map(answer -> answer.await(TokenListener.NONE)).toList();

    // Then
    for (int i = 0; i < 8; i++) {
      if (i % 4 == 3) {
        assertSame(results.get(i), new Generator(model), prompt(6 + i, i));
      } else {
        try (LanguageModel merged = model.withAdapter(files.get(i % 4))) {
          assertSame(results.get(i), new Generator(merged), prompt(6 + i, i));
        }
      }
    }
    assertThat(results.get(0).text()).isNotEqualTo(results.get(4 + 3).text());
  }

  private static void assertSame(GenerationResult actual, Generator expected, int[] prompt) {
    GenerationResult alone = expected.continueText(prompt, OPTIONS, TokenListener.NONE);
    assertThat(actual.text()).isEqualTo(alone.text());
    assertThat(actual.logLikelihood()).isCloseTo(alone.logLikelihood(), within(5e-3));
  }

  @Test
  void shouldKeepRunningAnswersWhenAdaptersComeAndGo() throws IOException {
    // Given
    LoadedAdapter first = model.engine().load(adapter(4, 1)).orElseThrow();
    GenerationResult undisturbed =
        new Generator(model, first).continueText(prompt(9, 1), OPTIONS, TokenListener.NONE);

    // When an adapter is closed while it answers, and others are added and removed
    RunningAnswer running = new Generator(model, first).start(prompt(9, 1), OPTIONS);
    first.close();
    for (int i = 0; i < 5; i++) {
      try (LoadedAdapter other = model.engine().load(adapter(3 + i, 10 + i)).orElseThrow()) {
        new Generator(model, other).continueText(prompt(5, i), OPTIONS, TokenListener.NONE);
      }
    }

    // Then
    GenerationResult result = running.await(TokenListener.NONE);
    assertThat(result.text()).isEqualTo(undisturbed.text());
    assertThat(result.logLikelihood()).isCloseTo(undisturbed.logLikelihood(), within(5e-3));
    assertThatThrownBy(() -> new Generator(model, first).start(prompt(9, 1), OPTIONS))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }
}
