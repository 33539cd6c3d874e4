package dev.migaki.lm.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.model.AdapterContinuation;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.training.AdamW;
import dev.migaki.lm.training.ChatExample;
import dev.migaki.lm.training.FineTuner;
import dev.migaki.lm.training.Precision;
import dev.migaki.lm.training.PreferenceLoss;
import dev.migaki.lm.training.PreferencePair;
import dev.migaki.lm.training.PreferenceTuner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Direct preference optimisation against torch and PEFT; {@code
 * benchmarks/python/preference_goldens.py} makes the reference values.
 */
class PreferenceParityTest {

  private static final double MEAN_DECAY = 0.9;

  @ParameterizedTest
  @ValueSource(strings = {"smollm2", "qwen3"})
  void shouldGiveTorchsLossAndGradientsWhenPairsAreCompared(String family) throws IOException {
    // Given
    Path directory = GoldenModel.ROOT.resolve(family);
    JsonNode golden =
        new ObjectMapper().readTree(Files.readAllBytes(directory.resolve("preference.json")));
    List<PreferencePair> pairs = pairs(golden);
    AdapterContinuation trained = AdapterContinuation.open(directory.resolve("adapter"), 0);
    ModelConfig config = ModelConfig.read(directory.resolve("config.json"));
    FineTuner.Settings settings =
        new FineTuner.Settings(
            trained.settings(),
            1024,
            0,
            0,
            0,
            0,
            new AdamW.Settings(MEAN_DECAY, 0.95, 1e-8, 0),
            Precision.FP32,
            2,
            1);
    try (PreferenceTuner tuner =
        new PreferenceTuner(
            config,
            settings,
            new PreferenceLoss(golden.path("beta").asDouble()),
            LlamaCheckpoint.load(directory, config, ScalarType.Float),
            pairs)) {
      LoraAdapter adapter = tuner.adapter().orElseThrow();
      // the fresh adapter changes nothing: the reference is the base
      tuner.rememberReference(List.of());
      trained.restoreInPlace(adapter);
      List<PreferenceLoss.Outcome> single = tuner.evaluateEach(pairs);

      // When
      double loss = tuner.stepInPlace(0, 1e-3).outcome().loss();

      // Then
      assertThat(loss).isCloseTo(golden.path("loss").asDouble(), within(1e-5));
      for (int i = 0; i < single.size(); i++) {
        double margin = golden.path("margins").path(i).asDouble();
        assertThat(single.get(i).margin()).isCloseTo(margin, within(1e-4 * Math.abs(margin)));
      }
      float[] expected =
          Objects.requireNonNull(
                  SafetensorsReader.read(directory.resolve("preference.safetensors"))
                      .get("gradients"))
              .toFloats();
      assertThat(GoldenModel.relativeDifference(gradients(tuner, adapter), expected))
          .isLessThanOrEqualTo(1e-4);
    }
  }

  /** After one step, AdamW's mean is a share of the gradient. */
  private static float[] gradients(PreferenceTuner tuner, LoraAdapter adapter) {
    float[] gradients = GoldenModel.packed(adapter, tuner.optimizer().mean());
    for (int i = 0; i < gradients.length; i++) {
      gradients[i] /= (float) (1 - MEAN_DECAY);
    }
    return gradients;
  }

  private static List<PreferencePair> pairs(JsonNode golden) {
    List<PreferencePair> pairs = new ArrayList<>();
    for (JsonNode pair : golden.path("pairs")) {
      int line = pairs.size() + 1;
      pairs.add(
          new PreferencePair(
              line, answered(line, pair, "preferred"), answered(line, pair, "rejected")));
    }
    return pairs;
  }

  private static ChatExample answered(int line, JsonNode pair, String answer) {
    int prompt = pair.path("prompt").size();
    int[] tokens = new int[prompt + pair.path(answer).size()];
    float[] weights = new float[tokens.length];
    for (int i = 0; i < tokens.length; i++) {
      tokens[i] =
          i < prompt
              ? pair.path("prompt").path(i).asInt()
              : pair.path(answer).path(i - prompt).asInt();
      weights[i] = i < prompt ? 0 : 1;
    }
    return new ChatExample(line, tokens, weights, new boolean[tokens.length]);
  }
}
