package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Sentence pairs, in both directions. */
final class TranslationSource implements CorpusSource {
  private final String name;
  private final List<String> english;
  private final List<String> japanese;

  TranslationSource(String name, List<String> english, List<String> japanese) {
    this.name = name;
    this.english = List.copyOf(english);
    this.japanese = List.copyOf(japanese);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<CorpusLine> lines(int characters, Random random) {
    List<CorpusLine> lines = new ArrayList<>();
    int made = 0;
    while (made < characters) {
      int at = random.nextInt(Math.min(english.size(), japanese.size()));
      if (english.get(at).isBlank() || japanese.get(at).isBlank()) {
        continue;
      }
      String source = Texts.clean(english.get(at));
      CorpusLine line =
          random.nextBoolean()
              ? Conversation.of("日本語にしてください：" + source, japanese.get(at))
              : Conversation.of("Translate into English: " + japanese.get(at), source);
      lines.add(line);
      made += line.characters();
    }
    return lines;
  }
}
