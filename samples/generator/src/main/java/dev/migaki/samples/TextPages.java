package dev.migaki.samples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Page-like documents in plain text formats: Markdown, question blocks, CSV and JSON. */
final class TextPages {
  private TextPages() {}

  static String markdown(List<Block> blocks) {
    return print(blocks, new Markdown());
  }

  /** Blocks such as {@code Q: … A: …}; the script's {@code labels} option says how they start. */
  static String questionBlocks(DocumentScript script, List<Block> blocks) {
    String[] labels = script.option("labels", "Q:_/A:_").replace('_', ' ').split("/");
    return print(blocks, new QuestionBlocks(labels[0], labels[1]));
  }

  private static String print(List<Block> blocks, PlainText printer) {
    blocks.forEach(block -> block.printTo(printer));
    return printer.text.toString().stripTrailing() + "\n";
  }

  static String csv(DocumentScript script, List<Block> blocks) {
    StringBuilder text = new StringBuilder();
    for (List<String> row : FaqRow.table(script, FaqRow.of(blocks))) {
      List<String> cells = new ArrayList<>();
      for (String cell : row) {
        boolean quote = cell.contains(",") || cell.contains("\"") || cell.contains("\n");
        cells.add(quote ? "\"" + cell.replace("\"", "\"\"") + "\"" : cell);
      }
      text.append(String.join(",", cells)).append("\r\n");
    }
    return text.toString();
  }

  static String json(DocumentScript script, List<Block> blocks) {
    List<Map<String, Object>> entries = new ArrayList<>();
    for (FaqRow row : FaqRow.of(blocks)) {
      Map<String, Object> entry = new LinkedHashMap<>();
      entry.put("question", row.pair().question());
      entry.put("answer", row.pair().answer());
      entry.put("section", row.section());
      entries.add(entry);
    }
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("source", script.option("source", "support desk"));
    root.put("language", script.language().code());
    root.put("entries", entries);
    return Json.pretty(root);
  }

  private abstract static class PlainText implements BlockPrinter {
    final StringBuilder text = new StringBuilder();
    private boolean inList;

    void block(String content) {
      text.append(inList ? "\n" : "").append(content).append("\n\n");
      inList = false;
    }

    @Override
    public void paragraph(String content) {
      block(content);
    }

    @Override
    public void bullet(String content) {
      text.append("- ").append(content).append('\n');
      inList = true;
    }
  }

  private static final class Markdown extends PlainText {
    @Override
    public void heading(int level, String content) {
      block("#".repeat(level) + " " + content);
    }

    @Override
    public void pair(String question, String answer) {
      block("### " + question);
      block(answer);
    }
  }

  private static final class QuestionBlocks extends PlainText {
    private final String questionLabel;
    private final String answerLabel;
    private int number;

    QuestionBlocks(String questionLabel, String answerLabel) {
      this.questionLabel = questionLabel;
      this.answerLabel = answerLabel;
    }

    @Override
    public void heading(int level, String content) {
      block(content + "\n" + (level == 1 ? "=" : "-").repeat(40));
    }

    @Override
    public void pair(String question, String answer) {
      number++;
      String label = questionLabel.replace("#", Integer.toString(number));
      block(label + question + "\n" + answerLabel + answer);
    }
  }
}
