package dev.migaki.pretraining;

import dev.migaki.pretraining.Topic.SlotValue;
import java.util.Map;
import java.util.Random;

/** A topic with its values drawn: one answer, many ways to ask for it. */
record Fact(Topic topic, Language language, Map<String, String> slots, String answer) {

  static Fact draw(TopicLibrary library, Topic topic, Language language, Random random) {
    Map<String, SlotValue> drawn = library.drawSlots(topic, random);
    Map<String, String> slots = TopicLibrary.inLanguage(drawn, language);
    String answer =
        Phrases.expand(Phrases.pick(topic.in(language).answers(), random), slots, random);
    return new Fact(topic, language, slots, Phrases.capitalize(answer));
  }

  /** Some way to ask for the fact, in some frame. */
  String ask(QuestionForms forms, Random random) {
    return random.nextDouble() < 0.68
        ? forms.ask(question(random), language, random)
        : forms.about(noun(random), language, random);
  }

  /** A bare question without its final mark. */
  String question(Random random) {
    return Phrases.expand(Phrases.pick(topic.in(language).questions(), random), slots, random);
  }

  /** A bare noun phrase. */
  String noun(Random random) {
    return Phrases.expand(Phrases.pick(topic.in(language).nouns(), random), slots, random);
  }
}
