package dev.migaki.lm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TinyModel;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.checkpoint.WeightFiles;
import dev.migaki.lm.generation.ReferenceLikelihood;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.training.InvalidTrainingDataException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What the command line asks of a model, on this thread. */
class ModelWorkerTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String QUESTION = "How long may I return it?";
  private static final String ANSWER = "Returns are accepted within 30 days.";

  @TempDir Path directory;
  private Path base;
  private Path data;

  @BeforeEach
  void writeInput() {
    base = TinyModel.write(directory.resolve("base"), 3);
    data =
        TinyModel.chatFile(
            directory.resolve("data.jsonl"), List.of(TinyModel.chat(QUESTION, ANSWER)));
  }

  private static ObjectNode task(String kind) {
    return JSON.createObjectNode().put("task", kind);
  }

  private List<JsonNode> perform(ObjectNode task) throws IOException {
    Path file = Files.writeString(directory.resolve("task.json"), task.toString());
    List<JsonNode> events = new ArrayList<>();
    ModelWorker.perform(ModelTask.read(file), events::add);
    return events;
  }

  private Path adapter() throws IOException {
    ModelConfig config = ModelConfig.read(base.resolve(LlamaCheckpoint.CONFIG_FILE));
    Path target = directory.resolve("adapter");
    try (ParameterBlock block = LlamaCheckpoint.load(base, config, ScalarType.Float);
        LoraAdapter adapter =
            LoraAdapter.initialise(
                config, new LoraSettings(4, 8, 0, false), block, 1, ScalarType.Float)) {
      Random random = new Random(9);
      for (ParameterBlock.Slice slice : adapter.parameters().slices().values()) {
        float[] values = new float[(int) slice.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.1f * (float) random.nextGaussian();
        }
        adapter.parameters().setInPlace(slice.name(), values);
      }
      AdapterFiles.save(adapter, "base", target);
    }
    return target;
  }

  @Test
  void shouldScoreEachTokenAsTheModelDoes() throws IOException {
    // Given
    double expected;
    try (LanguageModel model = LanguageModel.load(base)) {
      expected =
          new ReferenceLikelihood(model)
              .of(List.of(new ChatMessage("user", QUESTION)), ANSWER)
              .sum();
    }
    // When
    List<JsonNode> events =
        perform(
            task("SCORE")
                .put("baseModelDirectory", base.toString())
                .put("inputFile", data.toString()));
    // Then
    JsonNode example = events.get(0);
    assertThat(example.path("logLikelihood").asDouble()).isEqualTo(expected, within(1e-3));
    assertThat(example.path("tokenIds")).hasSize(example.path("tokens").asInt());
    double sum = 0;
    for (int i = 1; i < example.path("tokenIds").size(); i++) {
      if (example.path("tokenSupervised").get(i).asBoolean()) {
        sum += example.path("tokenLogLikelihoods").get(i).asDouble();
      }
    }
    assertThat(sum).isEqualTo(expected, within(1e-3));
    assertThat(events.get(1).path("event").asText()).isEqualTo("done");
  }

  @Test
  void shouldScoreAndAnswerAlikeWhenAnAdapterIsMerged() throws IOException {
    // Given
    Path adapter = adapter();
    Path merged = directory.resolve("merged");
    ObjectNode score = task("SCORE").put("inputFile", data.toString());
    // When
    perform(
        task("MERGE")
            .put("baseModelDirectory", base.toString())
            .put("adapterDirectory", adapter.toString())
            .put("outputDirectory", merged.toString()));
    JsonNode over =
        perform(
                score
                    .deepCopy()
                    .put("baseModelDirectory", base.toString())
                    .put("adapterDirectory", adapter.toString()))
            .get(0);
    JsonNode inside = perform(score.deepCopy().put("baseModelDirectory", merged.toString())).get(0);
    JsonNode without = perform(score.deepCopy().put("baseModelDirectory", base.toString())).get(0);
    // Then
    assertThat(inside.path("logLikelihood").asDouble())
        .isEqualTo(over.path("logLikelihood").asDouble(), within(1e-3));
    assertThat(inside.path("logLikelihood").asDouble())
        .isNotCloseTo(without.path("logLikelihood").asDouble(), within(0.1));
  }

  @Test
  void shouldStreamTheTextThatItReports() throws IOException {
    // Given
    ObjectNode task =
        task("GENERATE")
            .put("baseModelDirectory", base.toString())
            .put("prompt", QUESTION)
            .put("maxNewTokens", 12);
    // When
    List<JsonNode> events = perform(task);
    // Then
    StringBuilder streamed = new StringBuilder();
    events.stream()
        .filter(event -> event.path("event").asText().equals("text"))
        .forEach(event -> streamed.append(event.path("text").asText()));
    JsonNode answer = events.get(events.size() - 2);
    assertThat(answer.path("event").asText()).isEqualTo("answer");
    assertThat(streamed).hasToString(answer.path("answer").asText());
  }

  /** Without passes in the job the data decide; so few examples are passed over 25 times. */
  @ParameterizedTest
  @CsvSource({"2, 2", ", 25"})
  void shouldQuoteTokensAndMemoryWithoutTraining(@Nullable Double epochs, int passes)
      throws IOException {
    // Given
    Path job =
        Files.writeString(
            directory.resolve("job.json"),
            JSON.createObjectNode()
                .put("baseModelDirectory", base.toString())
                .put("trainFile", data.toString())
                .put("outputDirectory", directory.resolve("out").toString())
                .put("checkpointDirectory", directory.resolve("checkpoints").toString())
                .put("progressFile", directory.resolve("progress.jsonl").toString())
                .put("epochs", epochs)
                .toString());
    // When
    JsonNode quote = perform(task("QUOTE").put("trainJobFile", job.toString())).get(0);
    // Then
    assertThat(quote.path("trainedTokens").asLong())
        .isEqualTo(passes * quote.path("tokensPerEpoch").asLong())
        .isPositive();
    assertThat(quote.path("expectedMemoryBytes").asLong()).isPositive();
    assertThat(directory.resolve("out")).doesNotExist();
  }

  @Test
  void shouldNameTheLineWhenItIsLongerThanTheContext() {
    // Given
    TinyModel.chatFile(
        data, List.of(TinyModel.chat("q", "a"), TinyModel.chat("q", "long ".repeat(200))));
    ObjectNode task =
        task("SCORE").put("baseModelDirectory", base.toString()).put("inputFile", data.toString());
    // When / Then
    assertThatThrownBy(() -> perform(task))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessageContaining("line 2")
        .hasMessageContaining("context holds 96");
  }

  @ParameterizedTest
  @EnumSource(names = {"F32", "F16", "BF16"})
  void shouldMergeIntoAModelOfTheWantedType(ElementType type) throws IOException {
    // Given
    Path merged = directory.resolve("merged");
    // When
    perform(merge(adapter(), merged).put("elementType", type.name()));
    // Then
    assertThat(WeightFiles.read(merged).values()).allMatch(tensor -> tensor.type() == type);
    try (LanguageModel model = LanguageModel.load(merged)) {
      assertThat(model.config()).isEqualTo(ModelConfig.read(base.resolve("config.json")));
    }
  }

  @Test
  void shouldLeaveNothingBehindWhenTheTypeCannotHoldAValue() throws IOException {
    // Given
    Path adapter = adapter();
    ModelConfig config = ModelConfig.read(base.resolve("config.json"));
    try (ParameterBlock block = TinyModel.spread(config, 3, ScalarType.Float)) {
      float[] norm = block.get("model.norm.weight");
      norm[0] = 70_000f;
      block.setInPlace("model.norm.weight", norm);
      LlamaCheckpoint.save(block, config, base, ElementType.F32);
    }
    Path merged = directory.resolve("merged");
    // When / Then
    assertThatThrownBy(() -> perform(merge(adapter, merged).put("elementType", "F16")))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.norm.weight")
        .hasMessageContaining("70000");
    assertThat(merged).doesNotExist();
  }

  @Test
  void shouldSayThatTheOutputIsAFile() throws IOException {
    // Given
    ObjectNode task = merge(adapter(), Files.createFile(directory.resolve("taken")));
    // When / Then
    assertThatThrownBy(() -> perform(task))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("taken is a file");
  }

  /** 65 is no turn marker, so that only config.json says that it ends an answer. */
  @Test
  void shouldMergeIntoAModelThatStopsWhereItsBaseDoes() throws IOException {
    // Given
    Path config = base.resolve("config.json");
    Files.writeString(
        config,
        Files.readString(config)
            .replace(
                "\"model_type\"", "\"bos_token_id\":1,\"eos_token_id\":[2,65],\"model_type\""));
    Path merged = directory.resolve("merged");
    // When
    perform(merge(adapter(), merged).put("elementType", "BF16"));
    // Then
    try (LanguageModel model = LanguageModel.load(merged)) {
      assertThat(model.endsAnswer(65)).isTrue();
    }
    JsonNode written = JSON.readTree(merged.resolve("config.json").toFile());
    assertThat(written.path("bos_token_id").intValue()).isEqualTo(1);
    assertThat(written.path("torch_dtype").textValue()).isEqualTo("bfloat16");
  }

  private ObjectNode merge(Path adapter, Path output) {
    return task("MERGE")
        .put("baseModelDirectory", base.toString())
        .put("adapterDirectory", adapter.toString())
        .put("outputDirectory", output.toString());
  }

  @ParameterizedTest
  @EnumSource(
      value = ModelTask.Kind.class,
      names = {"SCORE", "GENERATE"})
  void shouldNameTheLineThatIsNotUtf8(ModelTask.Kind kind) throws IOException {
    // Given
    Files.write(data, TinyModel.chat("営業時間は？", "9時").getBytes(Charset.forName("Shift_JIS")));
    ObjectNode task =
        task(kind.name())
            .put("baseModelDirectory", base.toString())
            .put("inputFile", data.toString());
    // When / Then
    assertThatThrownBy(() -> perform(task))
        .isInstanceOf(InvalidTrainingDataException.class)
        .hasMessage("data.jsonl is not UTF-8 (line 1); convert it");
  }

  @Test
  void shouldRefuseToMergeOverAModel() throws IOException {
    // Given
    ObjectNode task =
        task("MERGE")
            .put("baseModelDirectory", base.toString())
            .put("adapterDirectory", adapter().toString())
            .put("outputDirectory", base.toString());
    // When / Then
    assertThatThrownBy(() -> perform(task))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("holds a model already");
  }

  @Test
  void shouldRefuseToMergeWhatIsNoAdapter() {
    // Given
    ObjectNode task =
        task("MERGE")
            .put("baseModelDirectory", base.toString())
            .put("adapterDirectory", directory.toString())
            .put("outputDirectory", directory.resolve("merged").toString());
    // When / Then
    assertThatThrownBy(() -> perform(task))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("adapter_config.json");
  }
}
