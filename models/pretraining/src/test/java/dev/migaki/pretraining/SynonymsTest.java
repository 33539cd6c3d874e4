package dev.migaki.pretraining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SynonymsTest {

  @Test
  void shouldExchangeWholeWordsOnlyWhenEnglish() {
    // Given
    Synonyms synonyms = Synonyms.of(Language.ENGLISH);
    Set<String> results = new HashSet<>();
    Random random = new Random(11);
    // When
    for (int i = 0; i < 60; i++) {
      results.add(synonyms.exchange("where is the invoice for my shopping", random));
    }
    // Then
    assertThat(results).anyMatch(text -> text.contains("the bill for"));
    assertThat(results).allMatch(text -> text.endsWith("my shopping"));
  }

  @Test
  void shouldPreferTheLongerWordWhenJapanese() {
    // Given
    Synonyms synonyms = Synonyms.of(Language.JAPANESE);
    Set<String> results = new HashSet<>();
    Random random = new Random(11);
    // When
    for (int i = 0; i < 60; i++) {
      results.add(synonyms.exchange("有給休暇は何日ですか", random));
    }
    // Then
    assertThat(results).contains("年休は何日ですか", "有給休暇は何日ですか");
  }

  @Test
  void shouldLeaveAnswersAloneWhenRewordingASource() {
    // Given
    CorpusLine line = Conversation.of("how much is the invoice", "The invoice is free.");
    CorpusSource source = new FixedSource(List.of(line));
    CorpusSource reworded = new RewordedSource("reworded", source, Synonyms.of(Language.ENGLISH));
    // When
    List<CorpusLine> lines = reworded.lines(100, new Random(3));
    // Then
    assertThat(lines).hasSize(1);
    assertThat(((Conversation) lines.get(0)).turns().get(1).content())
        .isEqualTo("The invoice is free.");
  }

  private record FixedSource(List<CorpusLine> fixed) implements CorpusSource {
    @Override
    public String name() {
      return "fixed";
    }

    @Override
    public List<CorpusLine> lines(int characters, Random random) {
      return fixed;
    }
  }
}
