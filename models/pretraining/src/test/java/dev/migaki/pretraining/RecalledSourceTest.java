package dev.migaki.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.pretraining.CorpusLine.Conversation;
import dev.migaki.pretraining.CorpusLine.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RecalledSourceTest {
  private static final String UNKNOWN = "I don't have information about that.";

  @Test
  void shouldAskEveryFactAgainInOtherWords() {
    // Given
    CorpusSource recalled = recalled(asked(60, 3));
    // When
    List<CorpusLine> lines = recalled.lines(4000, new Random(3));
    // Then
    assertThat(lines).hasSizeGreaterThan(3);
    for (CorpusLine line : lines) {
      List<Turn> turns = ((Conversation) line).turns();
      String before = turns.get(0).content();
      for (int i = 1; i < turns.size(); i += 2) {
        String answer = turns.get(i).content();
        if (!answer.equals(UNKNOWN)) {
          assertThat(before + text(turns.subList(1, turns.size()))).contains(answer);
        }
      }
      assertThat(turns.stream().filter(t -> t.role().equals("user")).map(Turn::content))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void shouldPutTheFactsBeforeTheirQuestionsOrIntoTheFirstMessage() {
    // Given
    CorpusSource recalled = recalled(asked(200, 2));
    // When
    List<CorpusLine> lines = recalled.lines(12_000, new Random(4));
    // Then
    List<String> firsts =
        lines.stream().map(line -> ((Conversation) line).turns().get(0).content()).toList();
    assertThat(firsts).anyMatch(first -> first.contains("\n\nway 1 of asking "));
    assertThat(firsts)
        .anyMatch(first -> first.startsWith("way 0 of asking ") && !first.contains("\n"));
    assertThat(lines.toString()).contains(UNKNOWN);
  }

  @Test
  void shouldLeaveOutFactsThatAreAskedOnlyOnce() {
    // Given
    CorpusSource recalled = recalled(asked(20, 1));
    // When / Then
    assertThat(recalled.lines(1000, new Random(5))).isEmpty();
  }

  @Test
  void shouldStayWithinARowWhenAnswersAreLong() {
    // Given
    List<CorpusLine> lines = new ArrayList<>();
    for (int fact = 0; fact < 40; fact++) {
      for (int way = 0; way < 2; way++) {
        lines.add(Conversation.of("way " + way + " to " + fact, fact + "-" + "x".repeat(200)));
      }
    }
    // When
    List<CorpusLine> made = recalled(lines).lines(8000, new Random(6));
    // Then
    assertThat(made)
        .isNotEmpty()
        .allSatisfy(line -> assertThat(line.characters()).isBetween(400, 1700));
  }

  private static String text(List<Turn> turns) {
    return turns.stream().map(Turn::content).toList().toString();
  }

  private static List<CorpusLine> asked(int facts, int ways) {
    List<CorpusLine> lines = new ArrayList<>();
    for (int fact = 0; fact < facts; fact++) {
      for (int way = 0; way < ways; way++) {
        lines.add(
            Conversation.of("way " + way + " of asking " + fact, "The answer is " + fact + "."));
      }
    }
    return lines;
  }

  private static CorpusSource recalled(List<CorpusLine> lines) {
    CorpusSource fixed =
        new CorpusSource() {
          @Override
          public String name() {
            return "fixed-en";
          }

          @Override
          public List<CorpusLine> lines(int characters, Random random) {
            return lines;
          }
        };
    return new RecalledSource("recalled-fixed-en", Language.ENGLISH, fixed, List.of(UNKNOWN));
  }
}
