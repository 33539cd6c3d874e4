package dev.migaki.lm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.WeightFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
        "\"rope_theta\" : 10000.0|\"rope_scaling\" : {\"type\":\"dynamic\",\"factor\":2.0}|rope_scaling",
        "\"rope_theta\" : 10000.0|\"rope_theta\" : 1e999|rope_theta is not",
        "\"rope_theta\" : 10000.0|\"rope_scaling\" : \"linear\"|rope_scaling is not an object",
        "\"rope_theta\" : 10000.0|\"rope_parameters\" : [1]|rope_parameters is not an object",
        "\"rope_theta\" : 10000.0|\"rope_scaling\" : {\"rope_type\":\"linear\",\"factor\":4.0}, \"rope_parameters\" : {\"rope_type\":\"default\"}|rope_scaling and rope_parameters differ",
        "\"rope_theta\" : 10000.0|\"rope_scaling\" : {\"rope_type\":\"linear\",\"factor\":4.0}, \"rope_parameters\" : {\"rope_type\":\"linear\",\"factor\":4.0,\"rope_theta\":500.0}|rope_scaling and rope_parameters differ",
        "\"num_hidden_layers\" : 2|\"num_hidden_layers\" : 1000000|num_hidden_layers is 1000000",
        "\"vocab_size\" : 300|\"vocab_size\" : 2147483647|vocab_size is 2147483647",
        "\"max_position_embeddings\" : 96|\"max_position_embeddings\" : 2000000000|max_position_embeddings is 2000000000",
        "\"rms_norm_eps\" : 1.0E-5|\"rms_norm_eps\" : -1|rms_norm_eps is -1",
        "\"rms_norm_eps\" : 1.0E-5|\"rms_norm_eps\" : 1e999|rms_norm_eps is Infinity",
        "\"mlp_bias\" : false|\"quantization_config\" : {\"bits\":4}|quantised weights are not read",
        "\"mlp_bias\" : false|\"eos_token_id\" : \"two\"|eos_token_id' is no token id",
        "\"mlp_bias\" : false|\"mlp_bias\" : fals|not valid JSON (line 17)"
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

  /** Frequencies of transformers 5.24.0, {@code LlamaRotaryEmbedding(config).inv_freq}. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"rope_type\":\"linear\",\"factor\":4.0}|null|0.0528685599565506|0.0023643539752811193",
        "{\"rope_type\":\"linear\",\"factor\":4.0}|{}|0.0528685599565506|0.0023643539752811193",
        "null|{\"rope_type\":\"linear\",\"factor\":4.0}|0.0528685599565506|0.0023643539752811193",
        "{}|{\"rope_type\":\"linear\",\"factor\":4.0,\"rope_theta\":10000.0}|0.02500000037252903|0.0002500000118743628",
        "{\"type\":\"linear\",\"factor\":4.0,\"rope_theta\":10000.0}|{\"rope_type\":\"linear\",\"factor\":4.0,\"rope_theta\":10000.0}|0.02500000037252903|0.0002500000118743628"
      })
  void shouldTakePositionsFromWhereTransformersDoes(
      String scaling, String parameters, float second, float last) throws IOException {
    // Given
    String json =
        TinyModel.config(300)
            .toJson()
            .replace(
                "\"rope_theta\" : 10000.0",
                "\"rope_theta\":500.0,\"rope_scaling\":"
                    + scaling
                    + ",\"rope_parameters\":"
                    + parameters);
    Path file = Files.writeString(directory.resolve("config.json"), json);

    // When
    ModelConfig config = ModelConfig.read(file);

    // Then
    float[] frequencies = config.variant().ropeScaling().frequencies(8, config.ropeTheta());
    assertThat(frequencies[1]).isEqualTo(second);
    assertThat(frequencies[3]).isEqualTo(last);
  }

  @Test
  void shouldKeepTokenIdsAndNameTheTypeWhenWritten() throws IOException {
    // Given
    String json =
        TinyModel.config(300)
            .toJson()
            .replace(
                "\"mlp_bias\" : false",
                "\"bos_token_id\":1,\"eos_token_id\":[2,77],\"pad_token_id\":null");
    ModelConfig config =
        ModelConfig.read(Files.writeString(directory.resolve("config.json"), json));

    // When
    JsonNode written = new ObjectMapper().readTree(config.toJson(ElementType.BF16));

    // Then
    assertThat(written.path("bos_token_id").intValue()).isEqualTo(1);
    assertThat(written.path("eos_token_id")).hasToString("[2,77]");
    assertThat(written.path("pad_token_id").isNull()).isTrue();
    assertThat(written.path("torch_dtype").textValue()).isEqualTo("bfloat16");
    assertThat(new ObjectMapper().readTree(TinyModel.config(300).toJson()).has("eos_token_id"))
        .isFalse();
  }

  @Test
  void shouldSayWhatAModelDirectoryHoldsWhenTheConfigurationIsMissing() {
    // When / Then
    assertThatThrownBy(() -> ModelConfig.read(directory.resolve("config.json")))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("config.json is missing")
        .hasMessageContaining("tokenizer.json and model.safetensors");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\\u0000.safetensors", "../other.safetensors", "a/b", "", "x\\ny"})
  void shouldRefuseAShardThatIsNoFileName(String name) throws IOException {
    // Given
    Files.writeString(
        directory.resolve("model.safetensors.index.json"),
        "{\"weight_map\":{\"w\":\"" + name + "\"}}");

    // When / Then
    assertThatThrownBy(() -> WeightFiles.read(directory))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("no file name");
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

  @ParameterizedTest
  @CsvSource({
    "F32, NaN",
    "F32, Infinity",
    "F32, -Infinity",
    "F64, NaN",
    "F16, Infinity",
    "BF16, NaN"
  })
  void shouldNameTheTensorThatIsNotFinite(ElementType type, float value) throws IOException {
    // Given
    ModelConfig config = TinyModel.config(300);
    try (ParameterBlock block = TinyModel.spread(config, 1, ScalarType.Float)) {
      float[] values = block.get("model.layers.1.mlp.up_proj.weight");
      values[values.length - 1] = value;
      block.setInPlace("model.layers.1.mlp.up_proj.weight", values);
      LlamaCheckpoint.save(block, config, directory, type);
    }

    // When / Then
    assertThatThrownBy(() -> LlamaCheckpoint.load(directory, config, ScalarType.Float).close())
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.safetensors")
        .hasMessageContaining("model.layers.1.mlp.up_proj.weight");
  }

  @Test
  void shouldLoadFiniteValuesWhoseSumIsNot() throws IOException {
    // Given
    ModelConfig config = TinyModel.config(300);
    try (ParameterBlock block = TinyModel.spread(config, 1, ScalarType.Float)) {
      float[] values = block.get("model.norm.weight");
      Arrays.fill(values, Float.MAX_VALUE);
      block.setInPlace("model.norm.weight", values);
      LlamaCheckpoint.save(block, config, directory, ElementType.F32);

      // When
      try (ParameterBlock loaded = LlamaCheckpoint.load(directory, config, ScalarType.Float)) {
        // Then
        assertThat(loaded.get("model.norm.weight")).containsExactly(values);
      }
    }
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
