package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** Real questions with their answers: every pass over them asks in other ways. */
final class QuestionAnswerSource implements CorpusSource {
  private final String name;
  private final Language language;
  private final List<Pair> pairs;
  private final int passes;
  private final QuestionForms forms;

  /**
   * A question with its answer.
   *
   * @param questions paraphrases without final mark
   * @param nouns noun phrases that ask for the same, may be empty
   */
  record Pair(List<String> questions, List<String> nouns, String answer) {
    Pair {
      questions = List.copyOf(questions);
      nouns = List.copyOf(nouns);
    }
  }

  QuestionAnswerSource(
      String name, Language language, List<Pair> pairs, int passes, QuestionForms forms) {
    this.name = name;
    this.language = language;
    this.pairs = List.copyOf(pairs);
    this.passes = passes;
    this.forms = forms;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<CorpusLine> lines(int characters, Random random) {
    List<CorpusLine> lines = new ArrayList<>();
    int made = 0;
    List<Pair> shuffled = new ArrayList<>(pairs);
    Collections.shuffle(shuffled, random);
    for (Pair pair : shuffled) {
      for (int pass = 0; pass < passes; pass++) {
        CorpusLine line = Conversation.of(question(pair, random), pair.answer());
        lines.add(line);
        made += line.characters();
      }
      if (made >= characters) {
        break;
      }
    }
    return lines;
  }

  private String question(Pair pair, Random random) {
    boolean noun =
        pair.questions().isEmpty() || (!pair.nouns().isEmpty() && random.nextDouble() < 0.35);
    return noun
        ? forms.about(Phrases.pick(pair.nouns(), random), language, random)
        : forms.ask(Phrases.pick(pair.questions(), random), language, random);
  }
}
