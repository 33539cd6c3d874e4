package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Different people's wordings of one intent, answered by a sentence drawn anew each time: nothing
 * but the meaning of the question leads to the answer. Lines with the same answer stand together,
 * so {@link RecalledSource} can put them into one conversation.
 */
final class WordingsSource implements CorpusSource {
  private static final int ASKED = 3;
  private final String name;
  private final Language language;
  private final List<List<String>> intents;
  private final List<String> answers;
  private final QuestionForms forms;

  /**
   * @param intents wordings by intent, without final mark
   * @param answers sentences to draw from
   */
  WordingsSource(
      String name,
      Language language,
      List<List<String>> intents,
      List<String> answers,
      QuestionForms forms) {
    this.name = name;
    this.language = language;
    this.intents = intents.stream().filter(intent -> intent.size() >= ASKED).toList();
    this.answers = List.copyOf(answers);
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
    while (made < characters) {
      String answer = Phrases.pick(answers, random);
      List<String> wordings = new ArrayList<>(Phrases.pick(intents, random));
      Collections.shuffle(wordings, random);
      for (String wording : wordings.subList(0, ASKED)) {
        boolean framed = random.nextDouble() < 0.3;
        CorpusLine line =
            Conversation.of(framed ? forms.ask(wording, language, random) : wording, answer);
        lines.add(line);
        made += line.characters();
      }
    }
    return lines;
  }
}
