package dev.migaki.datasets.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.datasets.teacher.TeacherSettings;
import dev.migaki.recipes.RecipeFiles;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TeacherBlockTest {
  private static final String LEAST = "{'teacher':{'url':'http://127.0.0.1:9/v1','model':'m'%s}}";

  @Test
  void shouldHaveNoTeacherWhenRecipeNamesNone() {
    // When / Then
    assertThat(read("{}").teacher()).isNull();
  }

  @Test
  void shouldHaveDefaultsWhenBlockHasUrlAndModelOnly() {
    // When / Then
    assertThat(read(LEAST.formatted("")).teacher())
        .isEqualTo(
            new TeacherSettings(
                URI.create("http://127.0.0.1:9/v1"),
                "m",
                null,
                3,
                20,
                Duration.ofSeconds(30),
                50_000));
  }

  @Test
  void shouldReadEveryKeyWhenAllAreGiven() {
    // When / Then
    assertThat(
            read(LEAST.formatted(
                    ",'apiKeyVariable':'TEACHER_KEY','pairsPerPassage':5,'timeout':'PT90S',"
                        + "'maxPassagesPerDocument':7,'maxTokensPerDocument':9000"))
                .teacher())
        .isEqualTo(
            new TeacherSettings(
                URI.create("http://127.0.0.1:9/v1"),
                "m",
                "TEACHER_KEY",
                5,
                7,
                Duration.ofSeconds(90),
                9000));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'teacher':7 | teacher must be a block",
        "'teacher':{'model':'m'} | teacher.url must be given",
        "'teacher':{'url':'ftp://a','model':'m'} | teacher.url must be an http",
        "'teacher':{'url':'http:///v1','model':'m'} | teacher.url must be an http",
        "'teacher':{'url':'http://a b','model':'m'} | teacher.url must be an http",
        "'teacher':{'url':'http://sk-secret@a/','model':'m'} | teacher.url must have no user",
        "'teacher':{'url':'http://a/?key=sk-secret','model':'m'} | teacher.url must have no user",
        "'teacher':{'url':'http://a'} | teacher.model must be given",
        "'teacher':{'url':'http://a','model':'two words'} | teacher.model must be 1 to 200",
        "'teacher':{'url':'http://a','model':3} | teacher.model must be a text; put it into quotes",
        "'teacher':{'url':'http://a','model':'m','apiKey':'sk-secret'} | teacher: unknown key apiKey (did you mean apiKeyVariable?)",
        "'teacher':{'url':'http://a','model':'m','apiKeyVariable':'sk-secret'} | not the key",
        "'teacher':{'url':'http://a','model':'m','pairsPerPassage':0} | from 1 to 20 but is '0'",
        "'teacher':{'url':'http://a','model':'m','pairsPerPassage':'x'} | must be a whole number",
        "'teacher':{'url':'http://a','model':'m','maxPassagesPerDocument':1001} | from 1 to 1000",
        "'teacher':{'url':'http://a','model':'m','maxTokensPerDocument':1} | from 1000 to",
        "'teacher':{'url':'http://a','model':'m','timeout':'30'} | teacher.timeout must be an ISO-8601 duration from PT1S to PT10M but is '30'",
        "'teacher':{'url':'http://a','model':'m','timeout':'PT0S'} | from PT1S to PT10M"
      })
  void shouldNameTheKeyAndQuoteNoSecretWhenAValueIsBad(String block, String message) {
    // When / Then
    assertThatThrownBy(() -> read("{" + block + "}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message)
        .hasMessageNotContaining("sk-secret");
  }

  private static DatasetRecipe read(String json) {
    return RecipeFiles.read(
        json.getBytes(StandardCharsets.UTF_8),
        (root, bytes) -> new RecipeReader(PseudonymKey.of(new byte[32]), false).read(root, "hash"));
  }
}
