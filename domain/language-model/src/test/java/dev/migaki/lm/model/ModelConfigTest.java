package dev.migaki.lm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.TinyModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelConfigTest {

  @TempDir Path directory;

  @Test
  void shouldReadBackWhatItWrote() throws IOException {
    // Given
    ModelConfig config = TinyModel.config(300);
    Path file = Files.writeString(directory.resolve("config.json"), config.toJson());

    // When
    ModelConfig read = ModelConfig.read(file);

    // Then
    assertThat(read).isEqualTo(config);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"model_type\" : \"llama\"|\"model_type\" : \"mamba\"|mamba",
        "\"mlp_bias\" : false|\"logit_softcap\" : 30.0|logit_softcap",
        "\"hidden_act\" : \"silu\"|\"hidden_act\" : \"gelu\"|gelu",
        "\"hidden_size\" : 32|\"hidden_size\" : \"wide\"|hidden_size",
        "\"num_key_value_heads\" : 2|\"num_key_value_heads\" : 3|num_key_value_heads",
        "\"rope_theta\" : 10000.0|\"rope_scaling\" : {\"type\":\"dynamic\",\"factor\":2.0}|rope_scaling"
      })
  void shouldNameTheFieldWhenItCannotBeHonoured(String from, String to, String named)
      throws IOException {
    // Given
    String json = TinyModel.config(300).toJson();
    assertThat(json).contains(from);
    Path file = Files.writeString(directory.resolve("config.json"), json.replace(from, to));

    // When / Then
    assertThatThrownBy(() -> ModelConfig.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(named);
  }

  @Test
  void shouldNameTheTensorWhenWeightsHaveAnotherShape() {
    // Given
    TinyModel.write(directory, 1);
    ModelConfig other = new ModelConfig(320, 32, 64, 2, 4, 2, 8, 1e-5, 10_000, 96, true);

    // When / Then
    assertThatThrownBy(() -> LlamaCheckpoint.load(directory, other, ScalarType.Float))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("mlp.gate_proj");
  }

  @Test
  void shouldCountItsParametersWhenAsked() {
    // Given
    ModelConfig config = TinyModel.config(300);

    // When
    try (ParameterBlock block = LlamaCheckpoint.initialise(config, 1, ScalarType.Float)) {
      // Then
      assertThat(config.parameterCount()).isEqualTo(block.size());
    }
  }
}
