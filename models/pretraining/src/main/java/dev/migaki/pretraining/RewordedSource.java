package dev.migaki.pretraining;

import java.util.List;
import java.util.Random;

/** Another source with words of its questions exchanged for synonyms; the answers stay. */
final class RewordedSource implements CorpusSource {
  private final String name;
  private final CorpusSource original;
  private final Synonyms synonyms;

  RewordedSource(String name, CorpusSource original, Synonyms synonyms) {
    this.name = name;
    this.original = original;
    this.synonyms = synonyms;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<CorpusLine> lines(int characters, Random random) {
    return original.lines(characters, random).stream()
        .map(line -> line.withQuestions(question -> synonyms.exchange(question, random)))
        .toList();
  }
}
