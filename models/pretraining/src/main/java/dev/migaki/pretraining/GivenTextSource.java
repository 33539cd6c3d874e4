package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Information and a question: the answer is the right sentence word for word, or that nothing is
 * said about it.
 */
final class GivenTextSource implements CorpusSource {
  private final String name;
  private final Language language;
  private final TopicLibrary library;
  private final QuestionForms forms;
  private final List<String> declines;

  GivenTextSource(
      String name,
      Language language,
      TopicLibrary library,
      QuestionForms forms,
      List<String> declines) {
    this.name = name;
    this.language = language;
    this.library = library;
    this.forms = forms;
    this.declines = List.copyOf(declines);
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
      CorpusLine line = line(random);
      lines.add(line);
      made += line.characters();
    }
    return lines;
  }

  private CorpusLine line(Random random) {
    List<Topic> topics = new ArrayList<>(library.topics());
    Collections.shuffle(topics, random);
    int given = 2 + random.nextInt(4);
    List<Fact> facts =
        topics.subList(0, given).stream()
            .map(t -> Fact.draw(library, t, language, random))
            .toList();
    boolean absent = random.nextDouble() < 0.25;
    Fact asked =
        absent
            ? Fact.draw(library, topics.get(given), language, random)
            : Phrases.pick(facts, random);
    String joined =
        String.join(
            language == Language.ENGLISH ? "\n" : "\n", facts.stream().map(Fact::answer).toList());
    String prompt =
        Phrases.pick(frames(), random)
            .replace("{t}", joined)
            .replace("{q}", asked.ask(forms, random));
    return Conversation.of(prompt, absent ? Declines.pick(declines, random) : asked.answer());
  }

  private List<String> frames() {
    return switch (language) {
      case ENGLISH ->
          List.of(
              "{t}\n\n{q}",
              "Information:\n{t}\n\nQuestion: {q}",
              "{q}\n\n{t}",
              "Answer from this text.\n{t}\n{q}");
      case JAPANESE ->
          List.of("{t}\n\n{q}", "情報：\n{t}\n\n質問：{q}", "{q}\n\n{t}", "次の文章から答えてください。\n{t}\n{q}");
    };
  }
}
