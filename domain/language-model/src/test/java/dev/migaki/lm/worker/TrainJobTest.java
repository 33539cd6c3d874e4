package dev.migaki.lm.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrainJobTest {

  @TempDir Path directory;

  /** A job with one more field, whose value is JSON. */
  private TrainJob read(String method, String field, String value) throws IOException {
    String job =
        """
        {"baseModelDirectory": "b", "trainFile": "t", "outputDirectory": "o",
         "checkpointDirectory": "c", "progressFile": "p", "method": "%s", "%s": %s}
        """
            .formatted(method, field, value);
    return TrainJob.read(Files.writeString(directory.resolve("job.json"), job));
  }

  @ParameterizedTest
  @CsvSource({
    "dpo, beta, 3",
    "dpo, beta, 0",
    "dpo, promptTokenDropout, 0.1",
    "dpo, firstAnswerTokensWeight, 2",
    "dpo, answerOpeningTokens, 3",
    "dpo, optimizer, \"muon\"",
    "lora, beta, 0.1",
    "lora, allWeights, true",
    "lora, passTokens, -1",
    "lora, weightDecay, -0.1",
    "lora, clipNorm, -0.1",
    "lora, rank, 0",
    "lora, alpha, 0",
    "lora, dropout, 1.5",
    "lora, precision, \"fp8\"",
    "lora, learningRate, 2",
    "lora, optimizer, \"muon\"",
    "lora, elasticStrength, 0.1",
    "lora, targetModules, \"q_proj\"",
    "lora, schedule, \"polynomial\"",
    "full, optimizer, \"sgd\"",
    "full, initialAdapterDirectory, \"a\"",
    "full, trainFile, \"\""
  })
  void shouldNameTheFieldWhenItsValueIsNotPossible(String method, String field, String value) {
    assertThatThrownBy(() -> read(method, field, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("job field '" + field + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"learnRate", "optimiser"})
  void shouldNameAFieldThatDoesNotExist(String field) {
    assertThatThrownBy(() -> read("full", field, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(field);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-7, 2})
  void shouldTakeEveryBetaThatOpenAiTakes(double beta) throws IOException {
    assertThat(read("dpo", "beta", Double.toString(beta)).betaOrDefault()).isEqualTo(beta);
  }

  @ParameterizedTest
  @ValueSource(strings = {"adamw", "muon"})
  void shouldTakeBothOptimizersWhenAllWeightsAreTrained(String optimizer) throws IOException {
    TrainJob job = read("full", "optimizer", new ObjectMapper().writeValueAsString(optimizer));

    assertThat(job.orthogonal()).isEqualTo(optimizer.equals("muon"));
  }
}
