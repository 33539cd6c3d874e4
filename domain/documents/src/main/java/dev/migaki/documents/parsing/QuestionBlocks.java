package dev.migaki.documents.parsing;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Q:/A: lists in formats with styles: paragraphs, list items and headings that carry the markers
 * become pairs, whatever the author's word processor made of them.
 */
final class QuestionBlocks {

  /** One line that only asks: the next question, even where it carries no marker. */
  private static final Pattern ASKS = Pattern.compile("[^.。!！?？\\n]{4,160}[?？]");

  private static final Pattern ANNOUNCES =
      Pattern.compile("(?i)[:：]\\s*$|以下|次の|下記|下の表|下表|一覧|(?:following|below|table)\\b");

  /** Characters of an answer with what is attached to it; longer ones would not be trained. */
  private static final int MOST_ATTACHED = 1800;

  private QuestionBlocks() {}

  static List<Block> rewrite(List<Block> blocks) {
    List<Block> result = new ArrayList<>(blocks.size());
    int i = 0;
    while (i < blocks.size()) {
      int end = pairEnd(blocks, i);
      if (end > i) {
        result.add(pair(blocks.subList(i, end)));
        i = end;
      } else {
        result.addAll(split(blocks.get(i)));
        i++;
      }
    }
    return result;
  }

  /** Index after the pair that starts here; the start itself if none does. */
  private static int pairEnd(List<Block> blocks, int start) {
    Block first = blocks.get(start);
    if (!isText(first) || QuestionText.question(firstLine(first)) == null) {
      return start;
    }
    int answer = start + 1;
    if (QuestionText.containsAnswer(first.text())) {
      return start;
    }
    if (answer >= blocks.size()
        || !isText(blocks.get(answer))
        || QuestionText.answer(firstLine(blocks.get(answer))) == null
        || QuestionText.containsQuestion(blocks.get(answer).text())) {
      return start;
    }
    int end = answer + 1;
    int length = blocks.get(answer).text().length();
    while (end < blocks.size()
        && (continues(blocks.get(end), blocks.get(answer))
            || belongs(blocks, start, end)
                && length + blocks.get(end).text().length() <= MOST_ATTACHED)) {
      length += blocks.get(end).text().length();
      end++;
    }
    while (blocks.get(end - 1) instanceof Block.Heading && end - 1 > answer) {
      // nothing of what it announces fits
      end--;
    }
    return end;
  }

  /** Code, a table that was announced, and headings below that of the question, with their text. */
  private static boolean belongs(List<Block> blocks, int question, int next) {
    Block block = blocks.get(next);
    boolean section = blocks.get(question) instanceof Block.Heading;
    if (block instanceof Block.Table) {
      return section || ANNOUNCES.matcher(lastLine(blocks.get(next - 1))).find();
    }
    boolean deeper =
        section
            && block instanceof Block.Heading heading
            && blocks.get(question) instanceof Block.Heading asked
            && heading.level() > asked.level()
            && QuestionText.question(firstLine(block)) == null
            && !ASKS.matcher(block.text()).matches();
    return block instanceof Block.Code || deeper;
  }

  private static String lastLine(Block block) {
    return block.text().substring(block.text().lastIndexOf('\n') + 1);
  }

  private static boolean continues(Block next, Block answer) {
    boolean kind = next instanceof Block.Paragraph || next instanceof Block.ListItem;
    return kind
        && QuestionText.question(firstLine(next)) == null
        && !ASKS.matcher(next.text()).matches()
        && next.page() - answer.page() <= 1
        && !looksLikeHeading(next.text());
  }

  private static boolean looksLikeHeading(String text) {
    return text.matches("^(?:[■◆●▼◎【第].{0,40}|[0-9]+(?:\\.[0-9]+)*\\.?\\s.{0,40})$")
        && !text.endsWith("。");
  }

  private static Block pair(List<Block> blocks) {
    String question = unmarked(QuestionText.question(firstLine(blocks.get(0))), blocks.get(0));
    StringBuilder answer = new StringBuilder();
    answer.append(unmarked(QuestionText.answer(firstLine(blocks.get(1))), blocks.get(1)));
    for (Block more : blocks.subList(2, blocks.size())) {
      String bullet = more instanceof Block.ListItem && !more.text().matches("^\\d.*") ? "- " : "";
      answer.append('\n').append(bullet).append(more.text());
    }
    return new Block.QuestionAnswer(
        TextLines.trim(question).replace('\n', ' '),
        TextLines.trim(answer.toString()),
        blocks.get(0).page());
  }

  private static String unmarked(@Nullable String first, Block block) {
    String text = block.text();
    int lineEnd = text.indexOf('\n');
    return (first == null ? "" : first) + (lineEnd < 0 ? "" : text.substring(lineEnd));
  }

  /** One paragraph that holds questions and answers as lines. */
  private static List<Block> split(Block block) {
    if (!(block instanceof Block.Paragraph) || block.text().indexOf('\n') < 0) {
      return List.of(block);
    }
    Blocks parts = new Blocks(Integer.MAX_VALUE);
    parts.page(block.page());
    boolean found = QuestionText.append(TextLines.split(block.text()), parts);
    return found ? parts.list() : List.of(block);
  }

  private static boolean isText(Block block) {
    return block instanceof Block.Paragraph
        || block instanceof Block.ListItem
        || block instanceof Block.Heading;
  }

  private static String firstLine(Block block) {
    String text = block.text();
    int lineEnd = text.indexOf('\n');
    return lineEnd < 0 ? text : text.substring(0, lineEnd);
  }
}
