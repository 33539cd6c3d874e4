package dev.migaki.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All facts of one language, in the order of the source of truth. */
public final class FactBook {
  private final Language language;
  private final Map<String, Fact> factsById;

  private FactBook(Language language, Map<String, Fact> factsById) {
    this.language = language;
    this.factsById = factsById;
  }

  /** Reads {@code facts-en.txt} or {@code facts-ja.txt}. */
  public static FactBook load(Language language) {
    Map<String, Fact> facts = new LinkedHashMap<>();
    Draft draft = new Draft(language);
    String topic = "";
    for (String line : Resources.lines("facts-" + language.code() + ".txt")) {
      if (line.startsWith("## ")) {
        draft.finishInto(facts);
        topic = line.substring(3).trim();
      } else if (line.startsWith("[")) {
        draft.finishInto(facts);
        draft.start(topic, line.substring(1, line.indexOf(']')));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        draft.add(line);
      }
    }
    draft.finishInto(facts);
    return new FactBook(language, facts);
  }

  public Language language() {
    return language;
  }

  public List<Fact> all() {
    return List.copyOf(factsById.values());
  }

  /** The facts of a topic, in order; a topic without facts is a mistake in a script. */
  public List<Fact> ofTopic(String topic) {
    List<Fact> found = all().stream().filter(fact -> fact.topic().equals(topic)).toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException("no facts of topic " + topic + " in " + language);
    }
    return found;
  }

  /** The fact with this id; an unknown id is a mistake in a script. */
  public Fact fact(String id) {
    Fact fact = factsById.get(id);
    if (fact == null) {
      throw new IllegalArgumentException("no fact " + id + " in " + language);
    }
    return fact;
  }

  /** The fact being read, until the next one starts. */
  private static final class Draft {
    private final Language language;
    private String topic = "";
    private String id = "";
    private final List<String> wordings = new ArrayList<>();
    private String answer = "";
    private Optional<String> changedAnswer = Optional.empty();
    private Optional<String> contradiction = Optional.empty();

    Draft(Language language) {
      this.language = language;
    }

    void start(String newTopic, String newId) {
      topic = newTopic;
      id = newId;
      wordings.clear();
      answer = "";
      changedAnswer = Optional.empty();
      contradiction = Optional.empty();
    }

    void add(String line) {
      int colon = line.indexOf(": ");
      String text = line.substring(colon + 2).trim();
      switch (line.substring(0, colon)) {
        case "Q" -> wordings.add(text);
        case "A" -> answer = text;
        case "A2" -> changedAnswer = Optional.of(text);
        case "X" -> contradiction = Optional.of(text);
        default -> throw new IllegalArgumentException("unknown line in fact " + id + ": " + line);
      }
    }

    void finishInto(Map<String, Fact> facts) {
      if (id.isEmpty()) {
        return;
      }
      if (wordings.isEmpty() || answer.isEmpty()) {
        throw new IllegalArgumentException("fact " + id + " lacks a question or its answer");
      }
      Fact fact = new Fact(language, topic, id, wordings, answer, changedAnswer, contradiction);
      if (facts.put(id, fact) != null) {
        throw new IllegalArgumentException("fact " + id + " is defined twice in " + language);
      }
      id = "";
    }
  }
}
