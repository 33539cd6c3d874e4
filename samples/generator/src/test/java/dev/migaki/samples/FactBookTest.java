package dev.migaki.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FactBookTest {

  @ParameterizedTest
  @EnumSource
  void shouldKeepAnswersAndQuestionsDistinctWhenFactsDiffer(Language language) {
    // Given
    FactBook facts = FactBook.load(language);

    // When
    List<String> answers = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    for (Fact fact : facts.all()) {
      answers.add(fact.answer());
      fact.changedAnswer().ifPresent(answers::add);
      fact.contradiction().ifPresent(answers::add);
      questions.addAll(fact.wordings());
    }

    // Then
    assertThat(answers).doesNotHaveDuplicates();
    assertThat(questions).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepEnglishAnswersShortWhenCountedInWords() {
    // Given
    FactBook facts = FactBook.load(Language.EN);

    // When
    List<String> answers = facts.all().stream().map(Fact::answer).toList();

    // Then
    assertThat(answers).allSatisfy(answer -> assertThat(answer.split(" ")).hasSizeBetween(8, 45));
  }

  @Test
  void shouldKeepJapaneseAnswersShortWhenCountedInCharacters() {
    // Given
    FactBook facts = FactBook.load(Language.JA);

    // When
    List<String> answers = facts.all().stream().map(Fact::answer).toList();

    // Then
    assertThat(answers).allSatisfy(answer -> assertThat(answer).hasSizeBetween(20, 90));
  }

  @ParameterizedTest
  @EnumSource
  void shouldOfferThreeWordingsWhenFactIsLoaded(Language language) {
    // Given
    FactBook facts = FactBook.load(language);

    // When
    List<Fact> all = facts.all();

    // Then
    assertThat(all).allSatisfy(fact -> assertThat(new HashSet<>(fact.wordings())).hasSize(3));
  }
}
