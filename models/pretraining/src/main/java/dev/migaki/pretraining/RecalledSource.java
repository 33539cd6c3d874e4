package dev.migaki.pretraining;

import dev.migaki.pretraining.CorpusLine.Conversation;
import dev.migaki.pretraining.CorpusLine.Turn;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Puts another source's facts into one conversation and asks for each again in other words. The
 * answer stands earlier in the row, so the loss teaches which questions mean the same: what a later
 * fine-tuning on few wordings relies on.
 */
final class RecalledSource implements CorpusSource {
  private static final int MOST_FACTS = 8;
  private static final int ENGLISH_CHARACTERS = 1250;
  private static final int JAPANESE_CHARACTERS = 520;
  private static final double ABSENT = 0.12;
  private final String name;
  private final Language language;
  private final CorpusSource original;
  private final List<String> declines;

  /**
   * @param original gives lines with the same answer one after the other
   */
  RecalledSource(String name, Language language, CorpusSource original, List<String> declines) {
    this.name = name;
    this.language = language;
    this.original = original;
    this.declines = List.copyOf(declines);
  }

  /** One answer with at least two questions. */
  private record Recollection(List<String> questions, String answer) {
    int characters() {
      return questions.stream().mapToInt(String::length).sum() + 2 * answer.length() + 32;
    }
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<CorpusLine> lines(int characters, Random random) {
    List<Recollection> all = recollections(original.lines(characters, random));
    Collections.shuffle(all, random);
    List<CorpusLine> lines = new ArrayList<>();
    int made = 0;
    int at = 0;
    while (made < characters && at < all.size()) {
      int wanted = 2 + random.nextInt(MOST_FACTS - 1);
      int room = language == Language.ENGLISH ? ENGLISH_CHARACTERS : JAPANESE_CHARACTERS;
      List<Recollection> facts = new ArrayList<>();
      while (at < all.size() && facts.size() < wanted) {
        Recollection next = all.get(at);
        if (next.characters() > room) {
          break;
        }
        room -= next.characters();
        facts.add(next);
        at++;
      }
      if (facts.size() < 2) {
        at++;
        continue;
      }
      CorpusLine line = conversation(facts, Phrases.pick(all, random), random);
      lines.add(line);
      made += line.characters();
    }
    return lines;
  }

  private CorpusLine conversation(List<Recollection> facts, Recollection other, Random random) {
    List<Turn> again = new ArrayList<>();
    List<Recollection> order = new ArrayList<>(facts);
    Collections.shuffle(order, random);
    for (Recollection fact : order) {
      for (String question : fact.questions().subList(1, fact.questions().size())) {
        again.add(new Turn("user", question));
        again.add(new Turn("assistant", fact.answer()));
      }
    }
    boolean absent = random.nextDouble() < ABSENT && !facts.contains(other);
    if (random.nextBoolean()) {
      List<Turn> turns = new ArrayList<>();
      for (Recollection fact : facts) {
        turns.add(new Turn("user", fact.questions().get(0)));
        turns.add(new Turn("assistant", fact.answer()));
      }
      turns.addAll(again);
      return new Conversation(turns);
    }
    if (absent) {
      again.add(new Turn("user", Phrases.pick(other.questions(), random)));
      again.add(new Turn("assistant", Declines.pick(declines, random)));
    }
    StringBuilder notes = new StringBuilder();
    boolean asked = random.nextBoolean();
    for (Recollection fact : facts) {
      notes.append(asked ? fact.questions().get(0) + "\n" : "").append(fact.answer()).append("\n");
    }
    again.set(0, new Turn("user", notes + "\n" + again.get(0).content()));
    return new Conversation(again);
  }

  private static List<Recollection> recollections(List<CorpusLine> lines) {
    List<Recollection> all = new ArrayList<>();
    List<String> questions = new ArrayList<>();
    String answer = "";
    for (CorpusLine line : lines) {
      if (line instanceof Conversation conversation && conversation.turns().size() == 2) {
        String next = conversation.turns().get(1).content();
        if (!next.equals(answer)) {
          add(questions, answer, all);
          questions.clear();
          answer = next;
        }
        String question = conversation.turns().get(0).content();
        // two wordings are enough: a third one would only be copied from the second
        if (questions.size() < 2 && !questions.contains(question)) {
          questions.add(question);
        }
      }
    }
    add(questions, answer, all);
    return all;
  }

  private static void add(List<String> questions, String answer, List<Recollection> all) {
    if (questions.size() >= 2) {
      all.add(new Recollection(List.copyOf(questions), answer));
    }
  }
}
