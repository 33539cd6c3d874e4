package dev.migaki.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cli.demo.SealedVersion.HeldOut;
import dev.migaki.cli.demo.SideBySide.ChangedAnswer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class DemoPartsTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void shouldFindPlantedValueWhenItHidesInEscapesOrWidth() throws IOException {
    // Given
    SealedVersion version =
        new SealedVersion(
            JSON.createObjectNode(),
            Map.of(
                "train",
                List.of(
                    "{\"messages\":[{\"content\":\"\\u5c71\\u7530 ０９０-1234\"}],\"id\":\"fact-8046c8\"}")));
    PlantedSearch search = new PlantedSearch(version.text());
    // When
    List<Planted.Value> left =
        search.remaining(
            List.of(
                value("山田"),
                value("090-1234"),
                value("鈴木"),
                value("090"),
                value("12"),
                value("8046")));
    // Then
    assertThat(left).extracting(Planted.Value::value).containsExactly("山田", "090-1234", "090");
  }

  @Test
  void shouldCallAnAnswerChangedOnlyWhenItIsNearerToTheNewTruth() {
    // Given
    String before = "Standard delivery takes 4 working days.";
    String after = "Standard delivery now takes only 2 working days.";
    // When / Then
    assertThat(answer(before, before, after, after).changed()).isTrue();
    assertThat(answer(before, before, after, before).changed()).isFalse();
    assertThat(answer(before, after, after, after).changed()).isFalse();
    assertThat(answer(before, "x", after, before).changed()).isFalse();
  }

  @Test
  void shouldAskBothLanguagesAndOneOutsideWhenChoosingQuestions() throws IOException {
    // Given
    List<String> test = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      test.add(line(i < 20 ? "en" : "ja", "question " + i));
    }
    SealedVersion version =
        new SealedVersion(
            JSON.createObjectNode(),
            Map.of("test", test, "unanswerable", List.of(line("en", "outside"))));
    // When
    List<HeldOut> chosen = SideBySide.choose(version);
    // Then
    assertThat(chosen).hasSize(5).doesNotHaveDuplicates();
    assertThat(chosen).extracting(HeldOut::language).containsExactly("en", "ja", "en", "ja", "en");
    assertThat(chosen.get(4).question()).isEqualTo("outside");
  }

  @Test
  void shouldChooseWhatThereIsWhenTestSplitIsTiny() throws IOException {
    // Given
    SealedVersion version =
        new SealedVersion(JSON.createObjectNode(), Map.of("test", List.of(line("en", "only"))));
    // When
    List<HeldOut> chosen = SideBySide.choose(version);
    // Then
    assertThat(chosen).extracting(HeldOut::question).containsExactly("only");
  }

  private static ChangedAnswer answer(
      String expectedBefore, String before, String expectedAfter, String after) {
    return new ChangedAnswer("id", "en", "?", expectedBefore, expectedAfter, before, after);
  }

  private static Planted.Value value(String value) {
    return new Planted.Value("PERSON", value, "file");
  }

  private static String line(String language, String question) throws IOException {
    return JSON.writeValueAsString(
        Map.of(
            "language",
            language,
            "reference",
            "answer",
            "messages",
            List.of(Map.of("role", "user", "content", question))));
  }
}
