package dev.migaki.datasets.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cleansing.RedactionAction;
import dev.migaki.cleansing.recognition.FindingType;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.augmentation.Synonyms;
import dev.migaki.datasets.quality.QualityLimits;
import dev.migaki.datasets.sealing.SealPolicy;
import dev.migaki.recipes.RecipeFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipeReaderTest {
  private static final Path ROOT = Path.of("../..");

  private static DatasetRecipe read(String yaml) {
    return RecipeFiles.read(
        yaml.getBytes(StandardCharsets.UTF_8),
        (root, bytes) -> new RecipeReader(PseudonymKey.of(new byte[32]), false).read(root, "hash"));
  }

  static List<Path> shippedRecipes() throws IOException {
    try (Stream<Path> shipped = Files.walk(ROOT.resolve("recipes"));
        Stream<Path> tested = Files.walk(ROOT.resolve("qa/e2e-tests/src/test/recipes"))) {
      return Stream.concat(shipped, tested)
          .filter(file -> file.toString().endsWith(".yaml"))
          .sorted()
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("shippedRecipes")
  void shouldReadEveryShippedRecipe(Path file) throws IOException {
    assertThat(read(Files.readString(file)).cleansing().languages()).containsExactly("ja", "en");
  }

  @Test
  void shouldHaveTheDefaultsWhenNothingIsSaid() {
    assertThat(read("").examples()).isEqualTo(Recipe.defaults());
  }

  @Test
  void shouldReadEveryKeyWhenAllAreGiven() {
    // When
    DatasetRecipe recipe =
        read(
            """
            languages: [en, de]
            seed: 5000000000
            seal: {policy: count-or-age, quietPeriod: PT9S, count: 40, age: P2D, minimumExamples: 0}
            findings:
              threshold: 0.7
              thresholds: {PERSON: 0.3}
              action: mask
              actions: {LOCATION: drop}
              correctSpelling: false
              glossary: [Tsuyukusa]
              confidential: [Falcon]
              persons: [Hanako Yamada]
            quality: {minQuestionCharacters: 1, maxQuestionCharacters: 2, minAnswerCharacters: 3,
              maxAnswerCharacters: 4, maxPassageCharacters: 5, maxPlaceholderShare: 0.6,
              maxRepetition: 0.7, maxSentenceCharacters: 8}
            augmentation: {variationsPerQuestion: 1, answerWordsPerFact: 3, typoShare: 0.15,
              synonyms: {en: [[voucher, gift code]]}}
            declines: {share: 0.5, testPerLanguage: 2}
            split: {humanWordingShare: 0.1, paraphraseShare: 0.2, validationShare: 0.3, edgeShare: 0.4}
            decontamination: {questions: ["What is a test?"]}
            privacyProbe: {values: 200}
            """);

    // Then
    assertThat(recipe.examples())
        .isEqualTo(
            new Recipe(
                5_000_000_000L,
                new QualityLimits(List.of("en", "de"), 1, 2, 3, 4, 5, 0.6, 0.7, 8),
                new Recipe.Augmentation(
                    1,
                    3,
                    0.15,
                    new Synonyms(Map.of("en", List.of(List.of("voucher", "gift code"))))),
                new Recipe.Declines(0.5, 2),
                new Recipe.Split(0.1, 0.2, 0.3, 0.4),
                new SealPolicy.CountOrAge(
                    new SealPolicy.Count(40), new SealPolicy.Age(Duration.ofDays(2))),
                0,
                200,
                List.of("What is a test?")));
    assertThat(recipe.cleansing().correctSpelling()).isFalse();
    assertThat(recipe.cleansing().treatment(FindingType.PERSON).threshold()).isEqualTo(0.3);
    assertThat(recipe.cleansing().treatment(FindingType.EMAIL_ADDRESS).threshold()).isEqualTo(0.7);
    assertThat(recipe.cleansing().treatment(FindingType.EMAIL_ADDRESS).action())
        .isEqualTo(RedactionAction.MASK);
    assertThat(recipe.cleansing().treatment(FindingType.LOCATION).action())
        .isEqualTo(RedactionAction.DROP);
    assertThat(recipe.cleansing().treatment(FindingType.NATIONALITY).action())
        .isEqualTo(RedactionAction.KEEP);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "finding: {}|unknown key finding (did you mean findings?); known are languages,",
        "languages: en|languages must be a list of texts",
        "languages: [no]|languages[0] must be a text; put it into quotes",
        "seed: first|seed must be a whole number but is 'first'",
        "seal: {quietPerod: PT5S}|seal: unknown key quietPerod (did you mean quietPeriod?); known are policy, quietPeriod, count, age, minimumExamples",
        "seal: {policy: often}|seal.policy must be quiet-period, count, age, count-or-age or manual but is 'often'",
        "seal: {quietPeriod: 5s}|seal.quietPeriod must be an ISO-8601 duration from PT0S to PT87600H but is '5s'",
        "seal: {age: 3600}|seal.age must be an ISO-8601 duration",
        "seal: {count: 0}|seal.count must be a whole number, 1 or more, but is '0'",
        "seal: {minimumExamples: few}|seal.minimumExamples must be a whole number, 0 or more, but is 'few'",
        "seal: manual|seal must be a block of keys with values",
        "findings: {treshold: 0.9}|findings: unknown key treshold (did you mean threshold?); known are threshold, thresholds, action,",
        "findings: {threshold: high}|findings.threshold must be a number from 0 to 1 but is 'high'",
        "findings: {threshold: 1.5}|findings.threshold must be a number from 0 to 1 but is '1.5'",
        "findings: {thresholds: {PERSN: 0.4}}|findings.thresholds: unknown key PERSN (did you mean PERSON?)",
        "findings: {thresholds: {PERSON: low}}|findings.thresholds.PERSON must be a number from 0 to 1 but is 'low'",
        "findings: {action: remove}|findings.action must be replace, pseudonym, generalise, mask, drop or keep but is 'remove'",
        "findings: {action: pseudonym}|findings.action: pseudonym needs the key MIGAKI_CLEANSE_PSEUDONYM_KEY",
        "findings: {actions: {person: drop}}|findings.actions: unknown key person (did you mean PERSON?)",
        "findings: {actions: {PERSON: remove}}|findings.actions.PERSON must be replace,",
        "findings: {correctSpelling: 'no'}|findings.correctSpelling must be true or false but is 'no'",
        "findings: {confidential: Falcon}|findings.confidential must be a list of texts",
        "findings: {confidential: [1.10]}|findings.confidential[0] must be a text; put it into quotes",
        "findings: {persons: {name: Hanako}}|findings.persons must be a list of texts",
        "findings: {glossary: [[a]]}|findings.glossary[0] must be a text",
        "findings: {remote: {kind: model}}|findings.remote must be a list of blocks",
        "quality: {maxAnswerCharacter: 9}|quality: unknown key maxAnswerCharacter (did you mean maxAnswerCharacters?)",
        "quality: {maxAnswerCharacters: long}|quality.maxAnswerCharacters must be a whole number, 1 or more, but is 'long'",
        "quality: {maxPlaceholderShare: 15}|quality.maxPlaceholderShare must be a number from 0 to 1 but is '15'",
        "teacher: {url: 'http://h', modle: m}|teacher: unknown key modle (did you mean model?)",
        "augmentation: {typoshare: 0.1}|augmentation: unknown key typoshare (did you mean typoShare?)",
        "augmentation: {typoShare: 0.16}|augmentation.typoShare must be a number from 0 to 0.15 but is '0.16'",
        "augmentation: {variationsPerQuestion: 2.5}|augmentation.variationsPerQuestion must be a whole number, 0 or more, but is '2.5'",
        "declines: {shares: 0.1}|declines: unknown key shares (did you mean share?)",
        "declines: {share: 0.6}|declines.share must be a number from 0 to 0.5 but is '0.6'",
        "declines: {testPerLanguage: -1}|declines.testPerLanguage must be a whole number, 0 or more, but is '-1'",
        "split: {edgeshar: 0.1}|split: unknown key edgeshar (did you mean edgeShare?)",
        "split: {edgeShare: 5%}|split.edgeShare must be a number from 0 to 1 but is '5%'",
        "split: {paraphraseShare: 0.9, validationShare: 0.2}|split.paraphraseShare and split.validationShare must not exceed 1 together",
        "decontamination: {question: [a]}|decontamination: unknown key question (did you mean questions?)",
        "decontamination: {questions: a}|decontamination.questions must be a list of texts",
        "privacyProbe: {value: 200}|privacyProbe: unknown key value (did you mean values?)",
        "privacyProbe: {values: all}|privacyProbe.values must be a whole number, 0 or more, but is 'all'"
      })
  void shouldNameTheKeyWhenItOrItsValueIsWrong(String yaml, String message) {
    assertThatThrownBy(() -> read(yaml))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message)
        .hasMessageNotContainingAny("Falcon", "Hanako");
  }
}
