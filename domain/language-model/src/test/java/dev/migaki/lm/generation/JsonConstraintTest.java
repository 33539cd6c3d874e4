package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationOptions.Format;
import dev.migaki.lm.GenerationOptions.Sampling;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.GenerationResult.FinishReason;
import dev.migaki.lm.Generator;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TinyModel;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonConstraintTest {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

  @TempDir Path directory;

  private static boolean complete(String text) {
    JsonSyntax syntax = new JsonSyntax();
    return syntax.accept(text.getBytes(StandardCharsets.UTF_8)) && syntax.complete();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        " {\"a\" : [1, -0.5e+10, true, false, null, {}, []] }",
        "{\"営業\":\"9時\\n\\u3042🎌\",\"b\":0}",
        "{\"a\":{\"b\":[[[\"\"]]]}}"
      })
  void shouldAcceptWhenTheTextIsOneObject(String text) throws IOException {
    // When / Then
    assertThat(complete(text)).isTrue();
    assertThat(JSON.readTree(text).isObject()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "{a:1}",
        "{\"a\":01}",
        "{\"a\":1,}",
        "{\"a\":.5}",
        "{\"a\":tru}",
        "{\"a\" 1}",
        "{\"a\":\"\n\"}",
        "{\"a\":\"\\x\"}",
        "{}}",
        "{\"a\":\"\\ud800\"}",
        "{\"a\":1.}",
        "{\"a\":-}"
      })
  void shouldRefuseWhenTheTextIsNone(String text) {
    // When / Then
    assertThat(complete(text)).isFalse();
  }

  @Test
  void shouldMakeValidObjectsOrReachTheLimitWhateverTheModelWants() throws IOException {
    // Given a model of random weights, which wants anything but JSON
    LanguageModel.useThreads(1);
    try (LanguageModel model = LanguageModel.load(TinyModel.write(directory, 3))) {
      GenerationOptions options =
          GenerationOptions.greedy(80)
              .withFormat(Format.JSON_OBJECT)
              .withSampling(new Sampling(1.5, 1, 0, 0))
              .withSeed(1);
      List<int[]> prompts =
          IntStream.range(0, 24).mapToObj(i -> new Random(i).ints(4, 3, 320).toArray()).toList();

      // When
      List<GenerationResult> results =
          new Generator(model).generateAll(prompts, options, finished -> {});

      // Then
      int complete = 0;
      for (GenerationResult result : results) {
        if (result.finishReason() == FinishReason.STOP) {
          complete++;
          assertThat(new ObjectMapper().readTree(result.text()).isObject()).isTrue();
        } else {
          assertThat(result.completionTokens()).isEqualTo(80);
          assertThat(new JsonSyntax().accept(result.text().getBytes(StandardCharsets.UTF_8)))
              .isTrue();
        }
      }
      assertThat(complete).isPositive();
    }
  }
}
