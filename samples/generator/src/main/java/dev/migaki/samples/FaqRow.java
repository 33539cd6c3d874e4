package dev.migaki.samples;

import java.util.ArrayList;
import java.util.List;

/**
 * The questions of a page as rows of a table.
 *
 * @param section the heading above the question
 * @param pair the question with its answer
 */
record FaqRow(String section, Block.QuestionAnswer pair) {

  static List<FaqRow> of(List<Block> blocks) {
    Collector collector = new Collector();
    blocks.forEach(block -> block.printTo(collector));
    return collector.rows;
  }

  static List<Block.QuestionAnswer> pairs(List<Block> blocks) {
    return of(blocks).stream().map(FaqRow::pair).toList();
  }

  /**
   * The table that the script's {@code columns} option describes, header first: a column named with
   * {@code ?} holds questions, {@code !} answers, {@code #} a running number, others the section.
   */
  static List<List<String>> table(DocumentScript script, List<FaqRow> rows) {
    String[] columns = script.option("columns").split(",");
    List<List<String>> table = new ArrayList<>();
    List<String> header = new ArrayList<>();
    for (String column : columns) {
      header.add(column.replaceAll("[?!#]$", ""));
    }
    table.add(header);
    for (FaqRow row : rows) {
      List<String> cells = new ArrayList<>();
      for (String column : columns) {
        cells.add(row.cell(column.charAt(column.length() - 1), table.size()));
      }
      table.add(cells);
    }
    return table;
  }

  private String cell(char kind, int number) {
    return switch (kind) {
      case '?' -> pair.question();
      case '!' -> pair.answer();
      case '#' -> Integer.toString(number);
      default -> section;
    };
  }

  private static final class Collector implements BlockPrinter {
    private final List<FaqRow> rows = new ArrayList<>();
    private String section = "";

    @Override
    public void heading(int level, String text) {
      section = text;
    }

    @Override
    public void paragraph(String text) {
      // A table has no place for running text.
    }

    @Override
    public void bullet(String text) {
      // A table has no place for lists.
    }

    @Override
    public void pair(String question, String answer) {
      rows.add(new FaqRow(section, new Block.QuestionAnswer(question, answer)));
    }
  }
}
