package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;

/** The text of some blocks as an answer: paragraphs by line, list items with their mark. */
final class SectionText {
  private SectionText() {}

  /** Text of the blocks from {@code first} to before {@code end}; conversations are left out. */
  static String of(DocumentView document, int first, int end) {
    List<String> lines = new ArrayList<>();
    for (int i = first; i < end; i++) {
      String line = line(document.block(i), document.language());
      if (!line.isBlank()) {
        lines.add(line);
      }
    }
    return String.join("\n", lines);
  }

  private static String line(Block block, String language) {
    if (block instanceof Block.ListItem item) {
      String text = item.text().strip();
      String mark = language.equals("ja") ? "・" : "- ";
      return startsWithMark(text) ? text : mark + text;
    }
    if (block instanceof Block.Turn
        || block instanceof Block.Chat
        || block instanceof Block.QuestionAnswer) {
      return "";
    }
    return block.text().strip();
  }

  private static boolean startsWithMark(String text) {
    return text.matches("(?s)^([・●○■◆※*–-]|\\d{1,2}[.)．、]|[①-⑳]).*");
  }
}
