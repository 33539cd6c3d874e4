package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Facts of companies that do not exist, asked without any text to look them up in: what fine-tuning
 * on a company's documents demands. Each fact comes back in other words; some facts name no
 * company.
 */
final class CompanyFactSource implements CorpusSource {
  static final int ASKED = 6;
  private static final int TOPICS_PER_COMPANY = 10;
  private final String name;
  private final Language language;
  private final TopicLibrary library;
  private final QuestionForms forms;

  CompanyFactSource(String name, Language language, TopicLibrary library, QuestionForms forms) {
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
      String company = CompanyNames.draw(language, random);
      List<Topic> topics = new ArrayList<>(library.topics());
      Collections.shuffle(topics, random);
      for (Topic topic : topics.subList(0, Math.min(TOPICS_PER_COMPANY, topics.size()))) {
        boolean named = random.nextDouble() < 0.5;
        Fact fact = Fact.draw(library, topic, language, random);
        int asked = named ? ASKED : 2;
        for (int i = 0; i < asked; i++) {
          String question = fact.ask(forms, random);
          CorpusLine line =
              Conversation.of(named ? naming(company, question, random) : question, fact.answer());
          lines.add(line);
          made += line.characters();
        }
      }
    }
    return lines;
  }

  private String naming(String company, String question, Random random) {
    return switch (language) {
      case ENGLISH ->
          Phrases.pick(
                  List.of(
                      "{c}: {q}",
                      "{q} ({c})",
                      "At {c}, {u}",
                      "{q} I mean {c}.",
                      "{c} {u}",
                      "{q} {c}"),
                  random)
              .replace("{c}", company)
              .replace("{u}", Phrases.uncapitalize(question))
              .replace("{q}", question);
      case JAPANESE ->
          Phrases.pick(
                  List.of(
                      "{c}の{q}", "{c}について。{q}", "{c}では、{q}", "{q}（{c}）", "{c} {q}", "{c}ですが、{q}"),
                  random)
              .replace("{c}", company)
              .replace("{q}", question);
    };
  }
}
