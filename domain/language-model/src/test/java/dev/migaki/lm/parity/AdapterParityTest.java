package dev.migaki.lm.parity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.PeftAdapter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that PEFT wrote, in every form that changes the numbers. */
class AdapterParityTest {

  private static final Path ADAPTERS = GoldenModel.ROOT.resolve("adapters");

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"rslora", "patterns", "regex", "layers", "saved-head", "saved-norm"})
  void shouldGivePeftsNumbersWhenAdapterUsesItsOptions(String name) {
    // Given
    Path adapter = ADAPTERS.resolve(name);
    StoredTensor expected =
        Objects.requireNonNull(
            SafetensorsReader.read(adapter.resolve("expected.safetensors")).get("logits"));
    try (GoldenModel golden = new GoldenModel("qwen3")) {
      float[] base =
          golden.logits(golden.parameters(), golden.ids(), golden.batch(), ScalarType.Float);

      // When
      AdapterFiles.mergeInPlace(adapter, golden.config(), golden.parameters());
      float[] logits =
          golden.logits(golden.parameters(), golden.ids(), golden.batch(), ScalarType.Float);

      // Then
      assertThat(GoldenModel.largestDifference(logits, expected.toFloats()))
          .isLessThanOrEqualTo(1e-4);
      assertThat(GoldenModel.largestDifference(logits, base)).isGreaterThan(0.01);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"use_dora\": false|\"use_dora\": true|use_dora",
        "\"bias\": \"none\"|\"bias\": \"all\"|bias",
        "\"init_lora_weights\": true|\"init_lora_weights\": \"pissa\"|pissa",
        "\"lora_bias\": false|\"lora_bias\": true|lora_bias",
        "\"trainable_token_indices\": null|\"trainable_token_indices\": [1]|trainable_token_indices",
        "\"peft_type\": \"LORA\"|\"peft_type\": \"IA3\"|peft_type",
        "\"velora_config\": null|\"some_new_field\": 3|some_new_field",
        "\"k_proj\"|\"o_proj\"|self_attn.k_proj",
        "\"use_rslora\": false|\"rank_pattern\": {\"k_proj\": 3}|self_attn.k_proj"
      })
  void shouldNameTheOptionWhenItIsNotSupported(String from, String to, String named)
      throws IOException {
    // Given
    Path source = ADAPTERS.resolve("layers");
    String json = Files.readString(source.resolve(AdapterFiles.CONFIG_FILE));
    assertThat(json).contains(from);
    if (to.contains("rank_pattern")) {
      json = json.replace("\"rank_pattern\": {},", "");
    }
    Files.writeString(directory.resolve(AdapterFiles.CONFIG_FILE), json.replace(from, to));
    Files.copy(
        source.resolve(AdapterFiles.WEIGHTS_FILE), directory.resolve(AdapterFiles.WEIGHTS_FILE));
    ModelConfig config = ModelConfig.read(GoldenModel.ROOT.resolve("qwen3/config.json"));

    // When / Then
    assertThatThrownBy(() -> PeftAdapter.read(directory, config))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(named);
  }

  /**
   * Same names, shapes and values as in PEFT's file. The written adapters stay in {@code target},
   * where {@code benchmarks/python/check_adapter.py} loads them with PEFT itself.
   */
  @ParameterizedTest
  @ValueSource(strings = {"llama2", "llama3", "llama-bias", "mistral", "qwen2", "qwen3", "smollm3"})
  void shouldWriteWhatPeftWroteWhenAnAdapterIsSaved(String family) throws IOException {
    // Given
    Path written = Path.of("target/parity/adapters").resolve(family);
    try (GoldenModel golden = new GoldenModel(family)) {
      Path theirs = golden.directory().resolve("adapter");
      try (LoraAdapter adapter =
          AdapterFiles.load(theirs, golden.config(), golden.parameters(), 0, ScalarType.Float)) {
        // When
        AdapterFiles.save(adapter, family, written);
      }

      // Then
      Map<String, StoredTensor> ours =
          SafetensorsReader.read(written.resolve(AdapterFiles.WEIGHTS_FILE));
      Map<String, StoredTensor> reference =
          SafetensorsReader.read(theirs.resolve(AdapterFiles.WEIGHTS_FILE));
      assertThat(ours.keySet()).isEqualTo(reference.keySet());
      reference.forEach(
          (name, tensor) -> {
            StoredTensor same = Objects.requireNonNull(ours.get(name));
            assertThat(same.shape()).isEqualTo(tensor.shape());
            assertThat(same.toFloats()).isEqualTo(tensor.toFloats());
          });
    }
  }

  @Test
  void shouldAskForItsBaseWhenAdapterBelongsToAnotherModel() {
    // Given
    ModelConfig other = ModelConfig.read(GoldenModel.ROOT.resolve("smollm3/config.json"));

    // When / Then
    assertThatThrownBy(() -> PeftAdapter.read(ADAPTERS.resolve("rslora"), other))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("was the adapter made for");
  }

  @Test
  void shouldRefuseToGoOnWhenAdapterHasAShapeThatIsNotTrained() {
    // Given
    try (GoldenModel golden = new GoldenModel("qwen3")) {
      // When / Then
      assertThatThrownBy(
              () ->
                  AdapterFiles.load(
                      ADAPTERS.resolve("regex"),
                      golden.config(),
                      golden.parameters(),
                      0,
                      ScalarType.Float))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("merge it into the base model first");
    }
  }
}
