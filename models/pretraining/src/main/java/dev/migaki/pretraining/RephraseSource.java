package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Says the same in other words: a question to another question of the topic, its noun phrase, or
 * the other language.
 */
final class RephraseSource implements CorpusSource {
  private final String name;
  private final Language language;
  private final TopicLibrary library;
  private final QuestionForms forms;

  RephraseSource(String name, Language language, TopicLibrary library, QuestionForms forms) {
    this.name = name;
    this.language = language;
    this.library = library;
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
      CorpusLine line =
          line(
              Fact.draw(library, Phrases.pick(library.topics(), random), language, random), random);
      lines.add(line);
      made += line.characters();
    }
    return lines;
  }

  private CorpusLine line(Fact fact, Random random) {
    boolean english = language == Language.ENGLISH;
    String mark = english ? "?" : "。";
    return switch (random.nextInt(3)) {
      case 0 ->
          Conversation.of(
              (english ? "Say it in other words: " : "別の言い方にしてください：") + fact.ask(forms, random),
              Phrases.capitalize(fact.question(random)) + mark);
      case 1 ->
          Conversation.of(
              (english ? "What is this question about? " : "何についての質問ですか：")
                  + fact.ask(forms, random),
              fact.noun(random));
      default ->
          Conversation.of(
              (english ? "Which question does this answer? " : "どんな質問の答えですか：") + fact.answer(),
              Phrases.capitalize(fact.question(random)) + mark);
    };
  }
}
