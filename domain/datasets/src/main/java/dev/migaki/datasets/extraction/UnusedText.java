package dev.migaki.datasets.extraction;

import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * The passages of a document that gave no example: paragraphs, list items, tables and code under
 * one heading, together up to a bound. Talk, chat lines and declared pairs are none: they are
 * questions and answers, or not fit to be.
 */
final class UnusedText {
  private static final int MOST_CHARACTERS = 2000;
  private static final int LEAST_LETTERS = 40;

  private final DocumentView document;
  private final BitSet used;
  private final List<Passage> passages = new ArrayList<>();
  private final List<Passage.Piece> open = new ArrayList<>();
  private List<String> headings = List.of();
  private int characters;

  /**
   * @param used blocks that examples were made of
   */
  private UnusedText(DocumentView document, BitSet used) {
    this.document = document;
    this.used = used;
  }

  static List<Passage> of(DocumentView document, BitSet used) {
    UnusedText unused = new UnusedText(document, used);
    for (int i = 0; i < document.size(); i++) {
      unused.visit(i);
    }
    unused.close();
    return unused.passages;
  }

  private void visit(int index) {
    Block block = document.block(index);
    boolean text =
        block instanceof Block.Paragraph
            || block instanceof Block.ListItem
            || block instanceof Block.Table
            || block instanceof Block.Code;
    if (!text || used.get(index) || block.text().contains(DocumentCleanser.WITHHELD)) {
      close();
      return;
    }
    List<String> above = document.headingPath(index);
    if (!above.equals(headings)) {
      close();
      headings = above;
    }
    add(block, document.located(index).start());
  }

  /** Adds a block, cut where a sentence, a line or a word ends if it is long. */
  private void add(Block block, int start) {
    String text = block.text();
    int from = 0;
    int at = start;
    while (from < text.length()) {
      int room = MOST_CHARACTERS - characters;
      int to = text.length();
      if (to - from > room) {
        if (!open.isEmpty()) {
          close();
          continue;
        }
        to = cut(text, from, from + room);
      }
      String piece = text.substring(from, to);
      open.add(new Passage.Piece(piece, block.page(), at));
      characters += piece.length();
      at += piece.codePointCount(0, piece.length());
      from = to;
    }
  }

  private static int cut(String text, int from, int most) {
    for (String ends : List.of("。！？.!?\n", "、,; \t")) {
      for (int i = most; i > from + MOST_CHARACTERS / 2; i--) {
        if (ends.indexOf(text.charAt(i - 1)) >= 0) {
          return i;
        }
      }
    }
    return Character.isLowSurrogate(text.charAt(most)) ? most - 1 : most;
  }

  private void close() {
    long letters =
        open.stream().flatMapToInt(p -> p.text().codePoints()).filter(Character::isLetter).count();
    if (letters >= LEAST_LETTERS) {
      passages.add(new Passage(open, headings));
    }
    open.clear();
    characters = 0;
  }
}
