package dev.migaki.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecipeBlockTest {
  private static final List<String> KEYS =
      List.of("share", "price", "count", "bytes", "on", "time", "word", "words", "map", "list");

  private static <T> T read(String values, Function<RecipeBlock, T> reading) {
    byte[] bytes = ("findings: " + values).getBytes(StandardCharsets.UTF_8);
    return RecipeFiles.read(bytes, (recipe, same) -> reading.apply(recipe.block("findings", KEYS)));
  }

  /** One reading of each kind of value. */
  private static Object readAll(RecipeBlock block) {
    return List.of(
        block.number("share", 0.5, 0, 1),
        block.number("price", 2, 0, Double.MAX_VALUE),
        block.whole("count", 3, 1, 10),
        block.whole("bytes", 4L, 1, Long.MAX_VALUE),
        block.flag("on", true),
        block.duration("time", Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofHours(1)),
        block.text("word", "w"),
        block.texts("words"),
        block.entries("map"),
        block.blocks("list", List.of("key")).size());
  }

  @Test
  void shouldReadEveryKindOfValue() {
    assertThat(
            read(
                """
                {share: 1e-1, price: 7.5, count: 10, bytes: 5000000000, on: false, time: PT1M,
                  word: high, words: [a, "1.10"], map: {b: 2, c: true, d: x}, list: [{key: 1}, {}]}
                """,
                RecipeBlockTest::readAll))
        .isEqualTo(
            List.of(
                0.1,
                7.5,
                10,
                5_000_000_000L,
                false,
                Duration.ofMinutes(1),
                "high",
                List.of("a", "1.10"),
                Map.of("b", "2", "c", "true", "d", "x"),
                2));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "",
        "{share: , price: , count: , bytes: , on: , time: , word: , words: , map: , list: }"
      })
  void shouldHaveTheDefaultsWhenNothingIsSaid(String values) {
    assertThat(read(values, RecipeBlockTest::readAll))
        .isEqualTo(
            List.of(0.5, 2.0, 3, 4L, true, Duration.ofSeconds(5), "w", List.of(), Map.of(), 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{share: high}|findings.share must be a number from 0 to 1 but is 'high'",
        "{share: 1.01}|findings.share must be a number from 0 to 1 but is '1.01'",
        "{share: '0.9'}|findings.share must be a number from 0 to 1 but is '0.9', which YAML reads as a text",
        "{share: [0.9]}|findings.share must be a number from 0 to 1 but is a list",
        "{share: {least: 0.9}}|findings.share must be a number from 0 to 1 but is a block",
        "{price: -0.1}|findings.price must be a number, 0 or more, but is '-0.1'",
        "{count: 2.5}|findings.count must be a whole number from 1 to 10 but is '2.5'",
        "{count: 0}|findings.count must be a whole number from 1 to 10 but is '0'",
        "{count: 11}|findings.count must be a whole number from 1 to 10 but is '11'",
        "{bytes: 0}|findings.bytes must be a whole number, 1 or more, but is '0'",
        "{bytes: 99999999999999999999}|findings.bytes must be a whole number, 1 or more, but is '99999999999999999999'",
        "{on: 'yes'}|findings.on must be true or false but is 'yes', which YAML reads as a text",
        "{on: 1}|findings.on must be true or false but is '1'",
        "{time: 20s}|findings.time must be an ISO-8601 duration from PT1S to PT1H but is '20s'",
        "{time: 20}|findings.time must be an ISO-8601 duration from PT1S to PT1H but is '20'",
        "{time: PT61M}|findings.time must be an ISO-8601 duration from PT1S to PT1H but is 'PT61M'",
        "{word: 7}|findings.word must be a text; put it into quotes",
        "{word: {a: b}}|findings.word must be a text",
        "{words: Yamada}|findings.words must be a list of texts",
        "{words: [Yamada, 1.10]}|findings.words[1] must be a text; put it into quotes",
        "{words: [no]}|findings.words[0] must be a text; put it into quotes",
        "{words: [[Yamada]]}|findings.words[0] must be a text",
        "{map: Yamada}|findings.map must be a block of keys with values",
        "{map: {a: [1]}}|findings.map.a must be one value, no list and no block",
        "{list: {key: 1}}|findings.list must be a list of blocks",
        "{list: [{key: 1}, 7]}|findings.list[1] must be a block of keys with values",
        "{list: [{key: 1}, {kye: 1}]}|findings.list[1]: unknown key kye (did you mean key?); known are key",
        "0.9|findings must be a block of keys with values",
        "{shar: 1}|findings: unknown key shar (did you mean share?); known are share, price, count, bytes, on, time, word, words, map, list",
        "{shraes: 1, zzz: 2}|findings: unknown keys shraes (did you mean share?), zzz; known are share, price, count, bytes, on, time, word, words, map, list"
      })
  void shouldNameTheKeyWhenItOrItsValueIsWrong(String values, String message) {
    assertThatThrownBy(() -> read(values, RecipeBlockTest::readAll))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  @Test
  void shouldRefuseKeysThatMakeSenseElsewhereOnly() {
    assertThatThrownBy(
            () -> read("{share: 1, count: 2}", block -> block.restrictedTo(List.of("count"))))
        .hasMessage("findings: unknown key share; known are count");
  }

  @Test
  void shouldSayThatARequiredTextIsMissing() {
    assertThatThrownBy(() -> read("{word: ' '}", block -> block.requiredText("word")))
        .hasMessage("findings.word must be given, as a text");
  }

  @Test
  void shouldFailWhenAReaderForgetsToDeclareAKey() {
    assertThatThrownBy(() -> read("{}", block -> block.text("forgotten")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("findings.forgotten");
  }

  @Test
  void shouldCutWhatItQuotes() {
    assertThatThrownBy(() -> read("{share: " + "x".repeat(99) + "}", RecipeBlockTest::readAll))
        .hasMessageEndingWith("'" + "x".repeat(40) + "…'");
  }
}
