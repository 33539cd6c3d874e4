package dev.migaki.pretraining;

import java.util.List;
import java.util.Map;

/**
 * Something that customers or colleagues ask any company, with ways to ask it and shapes of the
 * answer.
 *
 * @param id name in the resources
 * @param slots values that only this topic uses, each an English/Japanese pair
 * @param forms phrases per language
 */
record Topic(String id, Map<String, List<SlotValue>> slots, Map<Language, Forms> forms) {
  Topic {
    slots = Map.copyOf(slots);
    forms = Map.copyOf(forms);
  }

  /** Phrases of one language: whole questions, noun phrases, answers. */
  record Forms(List<String> questions, List<String> nouns, List<String> answers) {
    Forms {
      questions = List.copyOf(questions);
      nouns = List.copyOf(nouns);
      answers = List.copyOf(answers);
    }
  }

  /** One value of a slot in both languages. */
  record SlotValue(String english, String japanese) {
    static SlotValue parse(String text) {
      int at = text.indexOf('=');
      return at < 0
          ? new SlotValue(text, text)
          : new SlotValue(text.substring(0, at).strip(), text.substring(at + 1).strip());
    }

    String in(Language language) {
      return switch (language) {
        case ENGLISH -> english;
        case JAPANESE -> japanese;
      };
    }
  }

  Forms in(Language language) {
    Forms found = forms.get(language);
    if (found == null) {
      throw new IllegalArgumentException("topic " + id + " lacks " + language);
    }
    return found;
  }
}
