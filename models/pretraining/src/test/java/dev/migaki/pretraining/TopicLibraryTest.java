package dev.migaki.pretraining;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TopicLibraryTest {

  private final TopicLibrary library = TopicLibrary.standard();

  @Test
  void shouldHoldEnoughDistinctTopics() {
    // Given the resources of this module
    // When
    List<String> ids = library.topics().stream().map(Topic::id).toList();
    // Then
    assertThat(ids).hasSizeGreaterThan(100).doesNotHaveDuplicates();
  }

  @Test
  void shouldExpandEveryPhraseOfEveryTopicInBothLanguages() {
    // Given
    QuestionForms forms = new QuestionForms();
    for (Topic topic : library.topics()) {
      for (Language language : Language.values()) {
        for (int seed = 0; seed < 12; seed++) {
          Random random = new Random(seed);
          // When
          Fact fact = Fact.draw(library, topic, language, random);
          String question = fact.ask(forms, random);
          // Then
          assertThat(fact.answer() + question)
              .as("topic %s in %s, seed %d", topic.id(), language, seed)
              .doesNotContain("[", "]", "<", ">", "|", "{", "}");
          assertThat(question).isNotBlank();
        }
      }
    }
  }

  @Test
  void shouldRefuseTopicWhenALanguageIsMissing() {
    // Given
    List<String> lines = List.of("= hours", "E? when", "E: hours", "E! At nine.");
    // When / Then
    assertThatThrownBy(() -> TopicLibrary.parse(lines, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("hours lacks J?");
  }

  @Test
  void shouldDrawOneValueForBothLanguages() {
    // Given
    List<String> lines =
        List.of("= day", "E? when", "E: day", "E! On <day>.", "J? いつ", "J: 日", "J! <day>です。");
    TopicLibrary small = TopicLibrary.parse(lines, List.of("day Monday=月曜日"));
    Topic topic = small.topics().get(0);
    // When
    String english = Fact.draw(small, topic, Language.ENGLISH, new Random(1)).answer();
    String japanese = Fact.draw(small, topic, Language.JAPANESE, new Random(1)).answer();
    // Then
    assertThat(english).isEqualTo("On Monday.");
    assertThat(japanese).isEqualTo("月曜日です。");
  }
}
