package dev.migaki.lm.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.SafetensorsReader;
import dev.migaki.lm.checkpoint.SafetensorsWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Adapters that other tools wrote, with something in them that this engine must not pass over. */
class PeftAdapterTest {

  private static final ModelConfig CONFIG = TinyModel.config(320);
  private static final String BROKEN =
      "base_model.model.model.layers.1.mlp.down_proj.lora_B.weight";
  private static final String EMBEDDING = "base_model.model.model.embed_tokens.weight";

  @TempDir Path directory;
  private Path settings;
  private Path weights;

  @BeforeEach
  void write() throws IOException {
    settings = directory.resolve("adapter_config.json");
    weights = directory.resolve("adapter_model.safetensors");
    try (ParameterBlock block = LlamaCheckpoint.initialise(CONFIG, 1, ScalarType.Float);
        LoraAdapter adapter =
            LoraAdapter.initialise(
                CONFIG, new LoraSettings(4, 8, 0, false), block, 1, ScalarType.Float)) {
      AdapterFiles.save(adapter, "base", directory);
    }
  }

  private void change(String from, String to) throws IOException {
    String json = Files.readString(settings);
    assertThat(json).contains(from);
    Files.writeString(settings, json.replace(from, to));
  }

  private void addTensor(String name, long... shape) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    SafetensorsReader.read(weights)
        .forEach((known, tensor) -> writer.add(known, tensor.shape(), tensor.toFloats()));
    writer.add(name, shape, new float[(int) (shape[0] * shape[1])]);
    writer.write(weights, ElementType.F32);
  }

  private PeftAdapter read() {
    return PeftAdapter.read(directory, CONFIG);
  }

  @ParameterizedTest
  @CsvSource({
    "norm, model.layers.0.input_layernorm.weight",
    "embed_tokens, model.embed_tokens.weight"
  })
  void shouldNameASavedModuleThatIsMissing(String module, String parameter) throws IOException {
    // Given
    change("\"modules_to_save\" : null", "\"modules_to_save\" : [\"" + module + "\"]");

    // When / Then
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(parameter.contains("layernorm") ? "norm.weight" : parameter)
        .hasMessageContaining("is missing, modules_to_save");
  }

  @Test
  void shouldTakeASavedModuleThatIsThere() throws IOException {
    // Given
    change(
        "\"modules_to_save\" : null",
        "\"modules_to_save\" : [\"embed_tokens\"], \"ensure_weight_tying\": true");
    addTensor(EMBEDDING, 320, 32);

    // When / Then
    assertThat(read().replacements()).containsOnlyKeys("model.embed_tokens.weight");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "base_model.model.lm_head.lora_A.weight",
        "base_model.model.model.embed_tokens.lora_embedding_A"
      })
  void shouldSayThatUpdatesOfEmbeddingAndHeadAreNotSupported(String name) throws IOException {
    // Given
    addTensor(name, 4, 32);

    // When / Then
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining(name)
        .hasMessageContaining("not supported; merge it with PEFT");
  }

  @Test
  void shouldSayThatPickledWeightsAreNotRead() throws IOException {
    // Given
    Files.move(weights, directory.resolve("adapter_model.bin"));

    // When / Then
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("adapter_model.bin")
        .hasMessageContaining("safe_serialization");
  }

  private void addNonFinite(float value) throws IOException {
    SafetensorsWriter writer = new SafetensorsWriter();
    SafetensorsReader.read(weights)
        .forEach(
            (known, tensor) -> {
              float[] values = tensor.toFloats();
              if (known.equals(BROKEN)) {
                values[values.length - 1] = value;
              }
              writer.add(known, tensor.shape(), values);
            });
    writer.write(weights, ElementType.F32);
  }

  @ParameterizedTest
  @ValueSource(floats = {Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY})
  void shouldNameAnUpdateThatIsNotFinite(float value) throws IOException {
    // Given
    addNonFinite(value);

    // When / Then
    try (ParameterBlock block = LlamaCheckpoint.initialise(CONFIG, 1, ScalarType.Float)) {
      assertThatThrownBy(() -> AdapterFiles.mergeInPlace(directory, CONFIG, block))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("adapter_model.safetensors")
          .hasMessageContaining(BROKEN);
      assertThatThrownBy(() -> AdapterUpdates.read(directory, CONFIG))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining(BROKEN);
      assertThatThrownBy(
              () -> AdapterFiles.load(directory, CONFIG, block, 0, ScalarType.Float).close())
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining(BROKEN);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"true", "false", "\"gaussian\"", "\"orthogonal\""})
  void shouldReadAdaptersWhoseStartLeftTheBaseAsItIs(String start) throws IOException {
    // Given
    change("\"init_lora_weights\" : true", "\"init_lora_weights\" : " + start);

    // When / Then
    assertThat(read().updates()).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"pissa\"", "\"olora\"", "\"loftq\"", "\"lora_ga\""})
  void shouldRefuseAdaptersWhoseStartChangedTheBase(String start) throws IOException {
    // Given
    change("\"init_lora_weights\" : true", "\"init_lora_weights\" : " + start);

    // When / Then
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("init_lora_weights");
  }

  @Test
  void shouldNameTheLineOfBrokenSettings() throws IOException {
    // Given
    Files.writeString(settings, "{\n\"r\": 4,\n\"lora_alpha\": }");

    // When / Then
    assertThatThrownBy(this::read)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("adapter_config.json is not valid JSON (line 3)");
  }
}
