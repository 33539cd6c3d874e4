package dev.migaki.lm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.training.AdamW;
import dev.migaki.lm.training.FineTuner;
import dev.migaki.lm.training.Precision;
import dev.migaki.lm.training.TrainingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LanguageModelTest {

  private static final List<ChatMessage> QUESTION = List.of(new ChatMessage("user", "営業時間は？"));
  private static final String ANSWER = "9時から17時までです。";

  @TempDir Path directory;
  private Path base;

  @BeforeEach
  void writeModel() {
    LanguageModel.useThreads(1);
    base = TinyModel.write(directory.resolve("base"), 3);
  }

  private Path trainAdapter(boolean trainEmbeddings) throws IOException {
    ModelConfig config = ModelConfig.read(base.resolve(LlamaCheckpoint.CONFIG_FILE));
    Path file =
        TinyModel.chatFile(
            directory.resolve("train.jsonl"), List.of(TinyModel.chat("営業時間は？", ANSWER)));
    Path adapter = directory.resolve("adapter");
    try (LanguageModel model = LanguageModel.load(base)) {
      ChatEncoding encoding = model.chat();
      FineTuner.Settings settings =
          new FineTuner.Settings(
              new LoraSettings(8, 16, 0, trainEmbeddings),
              512,
              0,
              0,
              0,
              1,
              new AdamW.Settings(0.9, 0.95, 1e-8, 0),
              Precision.FP32,
              1,
              1);
      try (FineTuner tuner =
          new FineTuner(
              config,
              settings,
              LlamaCheckpoint.load(base, config, ScalarType.Float),
              TrainingFile.read(file, encoding, config.maxPositions(), 1f).examples())) {
        for (int step = 0; step < 150; step++) {
          tuner.stepInPlace(step, 1e-2);
        }
        AdapterFiles.save(tuner.adapter().orElseThrow(), "base", adapter);
      }
    }
    return adapter;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldAnswerWhatItLearnedWhenAnAdapterIsAdded(boolean trainEmbeddings) throws IOException {
    // Given
    Path adapter = trainAdapter(trainEmbeddings);

    // When
    try (LanguageModel model = LanguageModel.load(base);
        LanguageModel tuned = model.withAdapter(adapter)) {
      GenerationResult before =
          new Generator(model).generate(QUESTION, GenerationOptions.greedy(40), TokenListener.NONE);
      GenerationResult after =
          new Generator(tuned).generate(QUESTION, GenerationOptions.greedy(40), TokenListener.NONE);

      // Then
      assertThat(before.text()).isNotEqualTo(ANSWER);
      assertThat(after.text()).isEqualTo(ANSWER);
      assertThat(after.finishReason()).isEqualTo(GenerationResult.FinishReason.STOP);
      assertThat(after.promptTokens()).isEqualTo(tuned.chat().prompt(QUESTION).length);
    }
  }

  @Test
  void shouldStreamTheWholeAnswerWhenListenedTo() throws IOException {
    // Given
    Path adapter = trainAdapter(true);
    List<String> pieces = new ArrayList<>();

    // When
    try (LanguageModel model = LanguageModel.load(base);
        LanguageModel tuned = model.withAdapter(adapter)) {
      new Generator(tuned).generate(QUESTION, GenerationOptions.greedy(40), pieces::add);
    }

    // Then
    assertThat(String.join("", pieces)).isEqualTo(ANSWER);
    assertThat(pieces).hasSizeGreaterThan(2).noneMatch(piece -> piece.contains("\uFFFD"));
  }

  @Test
  void shouldStopWhenTheListenerCancelsOrAStopTextComes() throws IOException {
    // Given
    Path adapter = trainAdapter(true);
    try (LanguageModel model = LanguageModel.load(base);
        LanguageModel tuned = model.withAdapter(adapter)) {
      Generator generator = new Generator(tuned);

      // When
      GenerationResult cancelled =
          generator.generate(QUESTION, GenerationOptions.greedy(40), piece -> false);
      GenerationResult stopped =
          generator.generate(
              QUESTION, GenerationOptions.greedy(40).withStop(List.of("から")), TokenListener.NONE);
      GenerationResult limited =
          generator.generate(QUESTION, GenerationOptions.greedy(2), TokenListener.NONE);

      // Then
      assertThat(cancelled.finishReason()).isEqualTo(GenerationResult.FinishReason.CANCELLED);
      assertThat(stopped.text()).isEqualTo("9時");
      assertThat(stopped.finishReason().label()).isEqualTo("stop");
      assertThat(limited.finishReason().label()).isEqualTo("length");
      assertThat(limited.completionTokens()).isEqualTo(2);
    }
  }

  @Test
  void shouldGiveEveryCallerItsOwnAnswerWhenManyAskAtOnce() throws Exception {
    // Given
    try (LanguageModel model = LanguageModel.load(base)) {
      Generator generator = new Generator(model);
      List<String> questions = List.of("営業時間は？", "returns?", "user", "送料", "a", "b", "c", "d");
      List<String> expected =
          questions.stream().map(question -> answer(generator, question)).toList();

      // When
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Callable<String>> calls =
          questions.stream()
              .map(question -> (Callable<String>) () -> answer(generator, question))
              .toList();
      List<String> actual = new ArrayList<>();
      for (Future<String> future : threads.invokeAll(calls)) {
        actual.add(future.get());
      }
      threads.shutdown();

      // Then
      assertThat(actual).isEqualTo(expected);
    }
  }

  private static String answer(Generator generator, String question) {
    return generator
        .generate(
            List.of(new ChatMessage("user", question)),
            GenerationOptions.greedy(16),
            TokenListener.NONE)
        .text();
  }

  @Test
  void shouldNameTheNumbersWhenThePromptIsTooLong() {
    // Given
    try (LanguageModel model = LanguageModel.load(base)) {
      List<ChatMessage> question = List.of(new ChatMessage("user", "a b c ".repeat(60)));

      // When / Then
      assertThatThrownBy(
              () ->
                  new Generator(model)
                      .generate(question, GenerationOptions.greedy(4), TokenListener.NONE))
          .isInstanceOf(PromptTooLongException.class)
          .hasMessageContaining("96");
    }
  }

  @Test
  void shouldRefuseWhenAnAdapterIsForAnotherModel() throws IOException {
    // Given
    Path adapter = trainAdapter(false);
    Path other = directory.resolve("other");
    ModelConfig wider = new ModelConfig(320, 48, 48, 2, 4, 2, 8, 1e-5, 10_000, 96, true);
    Files.createDirectories(other);
    Files.copy(base.resolve("tokenizer.json"), other.resolve("tokenizer.json"));
    LlamaCheckpoint.save(
        LlamaCheckpoint.initialise(wider, 1, ScalarType.Float),
        wider,
        other,
        dev.migaki.lm.checkpoint.ElementType.F32);

    // When / Then
    try (LanguageModel model = LanguageModel.load(other)) {
      assertThatThrownBy(() -> model.withAdapter(adapter))
          .isInstanceOf(InvalidModelException.class)
          .hasMessageContaining("was the adapter made for it");
    }
  }

  @Test
  void shouldNameTheFileWhenSomethingIsMissing() throws IOException {
    // Given
    Files.delete(base.resolve("model.safetensors"));

    // When / Then
    assertThatThrownBy(() -> LanguageModel.load(base))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("model.safetensors");
    assertThatThrownBy(() -> LanguageModel.load(directory.resolve("nowhere")))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("config.json");
  }
}
