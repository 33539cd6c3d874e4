package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Everyday questions that no company document answers: the model says that it does not know. */
final class UnanswerableSource implements CorpusSource {
  private final String name;
  private final List<String> questions;
  private final List<String> declines;

  UnanswerableSource(String name, List<String> questions, List<String> declines) {
    this.name = name;
    this.questions = List.copyOf(questions);
    this.declines = List.copyOf(declines);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<CorpusLine> lines(int characters, Random random) {
    List<String> shuffled = new ArrayList<>(questions);
    Collections.shuffle(shuffled, random);
    List<CorpusLine> lines = new ArrayList<>();
    int made = 0;
    for (String question : shuffled) {
      CorpusLine line = Conversation.of(question, Declines.pick(declines, random));
      lines.add(line);
      made += line.characters();
      if (made >= characters) {
        break;
      }
    }
    return lines;
  }
}
