package dev.migaki.documents.parsing;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The blocks that a reader has found so far. Trims, drops what is empty, counts characters against
 * the limit, and turns tables that name their question and answer columns into pairs.
 */
final class Blocks {

  private final List<Block> blocks = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final int maxCharacters;
  private @Nullable Refusal refusal;
  private long characters;
  private int page;

  Blocks(int maxCharacters) {
    this.maxCharacters = maxCharacters;
  }

  /** Everything added from now on is on this page; 0 for formats without pages. */
  void page(int number) {
    page = number;
  }

  int page() {
    return page;
  }

  int size() {
    return blocks.size();
  }

  List<Block> list() {
    return List.copyOf(blocks);
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Notes a part that is left out. */
  void warn(String warning) {
    if (warnings.size() < 20) {
      warnings.add(warning);
    }
  }

  /** Remembers why a file inside gave nothing, in case that nothing else does. */
  void refused(Refusal reason) {
    if (refusal == null) {
      refusal = reason;
    }
  }

  /** The first reason why a file inside gave nothing, null if all gave something. */
  @Nullable Refusal refusal() {
    return refusal;
  }

  void heading(int level, String text) {
    String clean = TextLines.trim(text).replace('\n', ' ');
    if (!clean.isEmpty()) {
      add(new Block.Heading(Math.min(Math.max(level, 1), 6), clean, page));
    }
  }

  void paragraph(String text) {
    String clean = TextLines.trim(text);
    if (!clean.isEmpty()) {
      add(new Block.Paragraph(clean, page));
    }
  }

  void listItem(String text, int depth) {
    String clean = TextLines.trim(text);
    if (!clean.isEmpty()) {
      add(new Block.ListItem(clean, Math.max(depth, 0), page));
    }
  }

  void code(String text) {
    if (!text.isBlank()) {
      add(new Block.Code(TextLines.normalise(text).stripTrailing(), page));
    }
  }

  void turn(Block.Role role, @Nullable String speaker, String text) {
    String clean = TextLines.trim(text);
    if (!clean.isEmpty()) {
      add(new Block.Turn(role, speaker, clean, page));
    }
  }

  void pair(String question, String answer) {
    String cleanQuestion = TextLines.trim(question);
    String cleanAnswer = TextLines.trim(answer);
    if (cleanQuestion.isEmpty() || cleanAnswer.isEmpty()) {
      paragraph(cleanQuestion + cleanAnswer);
    } else {
      add(new Block.QuestionAnswer(cleanQuestion, cleanAnswer, page));
    }
  }

  /**
   * @param rejected the answer that the preference format says is worse, empty without one
   */
  void chat(List<Block.Message> messages, List<Block.Message> rejected) {
    add(new Block.Chat(messages, rejected, page));
  }

  /** Adds a table; rows without any text are dropped, so are columns at the right edge. */
  void table(List<List<String>> rows, boolean hasHeader) {
    List<List<String>> kept = TableShape.tidy(rows);
    if (kept.isEmpty()) {
      return;
    }
    if (QuestionColumns.addPairs(kept, this)) {
      return;
    }
    if (kept.stream().allMatch(row -> row.size() == 1)) {
      kept.forEach(row -> paragraph(row.get(0)));
      return;
    }
    add(new Block.Table(kept, hasHeader && kept.size() > 1, page));
  }

  void add(Block block) {
    characters += block.text().length();
    if (characters > maxCharacters) {
      throw new TooManyCharacters();
    }
    blocks.add(block);
  }

  /** Takes over what another file inside this one gave. */
  void addAll(Blocks other) {
    other.blocks.forEach(this::add);
    other.warnings.forEach(this::warn);
  }

  /** Unwinds a reader from wherever it is; caught by {@link DocumentParser}. */
  static final class TooManyCharacters extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TooManyCharacters() {
      super("more characters than the limit allows", null, false, false);
    }
  }
}
