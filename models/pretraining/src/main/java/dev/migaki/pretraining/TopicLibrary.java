package dev.migaki.pretraining;

import dev.migaki.pretraining.Topic.Forms;
import dev.migaki.pretraining.Topic.SlotValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** All topics and slot values of the resources. */
final class TopicLibrary {
  private final List<Topic> topics;
  private final Map<String, List<SlotValue>> sharedSlots;

  private TopicLibrary(List<Topic> topics, Map<String, List<SlotValue>> sharedSlots) {
    this.topics = List.copyOf(topics);
    this.sharedSlots = Map.copyOf(sharedSlots);
  }

  static TopicLibrary standard() {
    return parse(Resources.lines("topics.txt"), Resources.lines("slots.txt"));
  }

  /**
   * @throws IllegalArgumentException when a line has no known start, or a topic lacks a language
   */
  static TopicLibrary parse(List<String> topicLines, List<String> slotLines) {
    Map<String, List<SlotValue>> shared = new LinkedHashMap<>();
    for (String line : slotLines) {
      int space = line.indexOf(' ');
      shared.put(line.substring(0, space), slotValues(line.substring(space + 1)));
    }
    List<Topic> topics = new ArrayList<>();
    TopicLines current = new TopicLines("");
    for (String line : topicLines) {
      if (line.startsWith("= ")) {
        current.addTo(topics);
        current = new TopicLines(line.substring(2).strip());
      } else {
        current.add(line);
      }
    }
    current.addTo(topics);
    return new TopicLibrary(topics, shared);
  }

  private static List<SlotValue> slotValues(String text) {
    return Arrays.stream(text.split(" / ")).map(value -> SlotValue.parse(value.strip())).toList();
  }

  List<Topic> topics() {
    return topics;
  }

  /**
   * Draws a value for every slot that the topic's phrases use; the same draw serves both languages.
   */
  Map<String, SlotValue> drawSlots(Topic topic, Random random) {
    Map<String, SlotValue> drawn = new LinkedHashMap<>();
    for (Language language : Language.values()) {
      Forms forms = topic.in(language);
      List<List<String>> all = List.of(forms.questions(), forms.nouns(), forms.answers());
      for (List<String> phrases : all) {
        for (String phrase : phrases) {
          for (String slot : Phrases.slotsIn(phrase)) {
            drawn.computeIfAbsent(slot, name -> Phrases.pick(values(topic, name), random));
          }
        }
      }
    }
    return drawn;
  }

  private List<SlotValue> values(Topic topic, String slot) {
    List<SlotValue> own = topic.slots().get(slot);
    List<SlotValue> found = own != null ? own : sharedSlots.get(slot);
    if (found == null) {
      throw new IllegalArgumentException("topic " + topic.id() + " uses unknown slot " + slot);
    }
    return found;
  }

  static Map<String, String> inLanguage(Map<String, SlotValue> slots, Language language) {
    Map<String, String> values = new HashMap<>();
    slots.forEach((name, value) -> values.put(name, value.in(language)));
    return values;
  }

  /** Collects the lines of one topic while the file is read. */
  private static final class TopicLines {
    private final String id;
    private final Map<String, List<SlotValue>> slots = new LinkedHashMap<>();
    private final Map<String, List<String>> phrases = new HashMap<>();

    TopicLines(String id) {
      this.id = id;
    }

    void add(String line) {
      if (line.startsWith("s ")) {
        String rest = line.substring(2).strip();
        int space = rest.indexOf(' ');
        slots.put(rest.substring(0, space), slotValues(rest.substring(space + 1)));
        return;
      }
      String key = line.substring(0, 2);
      if (!List.of("E?", "E:", "E!", "J?", "J:", "J!").contains(key)) {
        throw new IllegalArgumentException("topic " + id + ": line starts with " + key);
      }
      phrases
          .computeIfAbsent(key, ignored -> new ArrayList<>())
          .addAll(Arrays.stream(line.substring(2).split(" ; ")).map(String::strip).toList());
    }

    void addTo(List<Topic> topics) {
      if (!id.isEmpty()) {
        topics.add(
            new Topic(
                id, slots, Map.of(Language.ENGLISH, forms("E"), Language.JAPANESE, forms("J"))));
      }
    }

    private Forms forms(String letter) {
      return new Forms(list(letter + "?"), list(letter + ":"), list(letter + "!"));
    }

    private List<String> list(String key) {
      List<String> found = phrases.get(key);
      if (found == null) {
        throw new IllegalArgumentException("topic " + id + " lacks " + key);
      }
      return found;
    }
  }
}
