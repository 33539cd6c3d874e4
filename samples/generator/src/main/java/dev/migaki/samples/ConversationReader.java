package dev.migaki.samples;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a chat script: conversations apart by blank lines, {@code C:} and {@code A:} turns, and
 * {@code @chat n id…}: one conversation that asks for each id in its n-th wording, with varying
 * small talk around it.
 */
final class ConversationReader {
  private final Language language;
  private final boolean smallTalk;
  private final Markup markup;
  private int manner;

  ConversationReader(DocumentScript script, Markup markup) {
    this.language = script.language();
    // A training file starts with the user and ends with the answer.
    this.smallTalk = !script.format().equals("chat-openai");
    this.markup = markup;
  }

  List<List<Turn>> read(List<String> lines) {
    List<List<Turn>> conversations = new ArrayList<>();
    List<Turn> current = new ArrayList<>();
    for (String line : lines) {
      if (line.startsWith("@chat ")) {
        conversations.add(staged(line.split("\\s+")));
      } else if (line.isBlank()) {
        if (!current.isEmpty()) {
          conversations.add(current);
        }
        current = new ArrayList<>();
      } else {
        current.add(new Turn(line.startsWith("C: "), markup.expand(line.substring(3))));
      }
    }
    if (!current.isEmpty()) {
      conversations.add(current);
    }
    return conversations;
  }

  private List<Turn> staged(String[] words) {
    int wording = Integer.parseInt(words[1]);
    List<Turn> turns = new ArrayList<>();
    int style = smallTalk ? manner++ % 4 : 1;
    if (style == 0) {
      turns.add(Turn.agent(opening()));
    } else if (style == 2) {
      turns.add(Turn.customer(language.pick("Hi there!", "こんにちは。")));
      turns.add(Turn.agent(opening()));
    }
    for (int i = 2; i < words.length; i++) {
      turns.add(Turn.customer(markup.question(words[i], wording)));
      turns.add(Turn.agent(markup.answer(words[i])));
    }
    if (style == 0) {
      turns.add(Turn.customer(language.pick("Great, thank you!", "分かりました。ありがとうございます。")));
    } else if (style == 3) {
      turns.add(Turn.customer(language.pick("Perfect, that was quick.", "助かりました。")));
      turns.add(Turn.agent(language.pick("You are welcome!", "どういたしまして。")));
    }
    return turns;
  }

  private String opening() {
    return language.pick(
        "Hello, this is the Tsuyukusa support desk. What can I do for you?",
        "お問い合わせありがとうございます。つゆくさサポートです。");
  }
}
