package dev.migaki.samples;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads a page-like script: {@code #} headings, {@code -} bullets, paragraphs, {@code Q:}/{@code A:}
 * pairs, {@code @faq topic n} (a whole topic in its n-th wording), {@code @qa id n} and {@code
 * @contradict id n}.
 */
final class PageReader {
  private final FactBook facts;
  private final Markup markup;

  PageReader(FactBook facts, Markup markup) {
    this.facts = facts;
    this.markup = markup;
  }

  List<Block> read(List<String> lines) {
    List<Block> blocks = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i);
      if (line.isBlank()) {
        continue;
      }
      if (line.startsWith("@")) {
        blocks.addAll(expandDirective(line.substring(1).split("\\s+")));
      } else if (line.startsWith("Q: ")) {
        String answer = lines.get(++i).substring(3);
        blocks.add(
            new Block.QuestionAnswer(markup.expand(line.substring(3)), markup.expand(answer)));
      } else {
        blocks.add(plain(markup.expand(line)));
      }
    }
    return blocks;
  }

  private static Block plain(String line) {
    int level = 0;
    while (level < line.length() && line.charAt(level) == '#') {
      level++;
    }
    if (level > 0) {
      return new Block.Heading(level, line.substring(level).trim());
    }
    if (line.startsWith("- ")) {
      return new Block.Bullet(line.substring(2));
    }
    return new Block.Paragraph(line);
  }

  private List<Block> expandDirective(String[] words) {
    int wording = Integer.parseInt(words[words.length - 1]);
    List<Block> blocks = new ArrayList<>();
    switch (words[0]) {
      case "faq" -> {
        for (Fact fact : facts.ofTopic(words[1])) {
          blocks.add(pair(fact.id(), wording));
        }
      }
      case "qa" -> {
        for (int i = 1; i < words.length - 1; i++) {
          blocks.add(pair(words[i], wording));
        }
      }
      case "contradict" ->
          blocks.add(
              new Block.QuestionAnswer(
                  facts.fact(words[1]).wordings().get(wording), markup.contradiction(words[1])));
      default -> throw new IllegalArgumentException("unknown directive @" + words[0]);
    }
    return blocks;
  }

  private Block pair(String id, int wording) {
    return new Block.QuestionAnswer(markup.question(id, wording), markup.answer(id));
  }
}
