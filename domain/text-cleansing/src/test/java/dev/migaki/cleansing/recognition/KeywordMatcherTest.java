package dev.migaki.cleansing.recognition;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeywordMatcherTest {

  private static final String LETTERS = "abAé一丁あ\uFFFF\uE000";

  @Test
  void shouldFindWhatSearchingForEachWordFinds() {
    // Given
    Random random = new Random(7);
    for (int round = 0; round < 300; round++) {
      Set<String> words = new LinkedHashSet<>();
      for (int i = random.nextInt(12); i >= 0; i--) {
        words.add(text(random, 1 + random.nextInt(4)));
      }
      List<String> keywords = List.copyOf(words);
      String text = text(random, random.nextInt(60));

      // When
      List<String> hits = new ArrayList<>();
      KeywordMatcher.of(keywords)
          .scan(text, (start, end, keyword) -> hits.add(start + ":" + keywords.get(keyword)));

      // Then
      assertThat(hits)
          .as("%s in %s", keywords, text)
          .containsExactlyInAnyOrderElementsOf(searched(keywords, text));
    }
  }

  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    return text.toString();
  }

  private static List<String> searched(List<String> keywords, String text) {
    List<String> places = new ArrayList<>();
    for (String keyword : keywords) {
      for (int at = text.indexOf(keyword); at >= 0; at = text.indexOf(keyword, at + 1)) {
        places.add(at + ":" + keyword);
      }
    }
    return places;
  }
}
