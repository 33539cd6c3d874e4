package dev.migaki.samples;

/** One piece of a page-like document, after markup was expanded. */
sealed interface Block {

  /** Hands this block to the method for its kind. */
  void printTo(BlockPrinter printer);

  /** Level 1 is the document's or the sheet's title. */
  record Heading(int level, String text) implements Block {
    @Override
    public void printTo(BlockPrinter printer) {
      printer.heading(level, text);
    }
  }

  /** Running text. */
  record Paragraph(String text) implements Block {
    @Override
    public void printTo(BlockPrinter printer) {
      printer.paragraph(text);
    }
  }

  /** One item of a list. */
  record Bullet(String text) implements Block {
    @Override
    public void printTo(BlockPrinter printer) {
      printer.bullet(text);
    }
  }

  /** A question with its answer, which every format shows in its own way. */
  record QuestionAnswer(String question, String answer) implements Block {
    @Override
    public void printTo(BlockPrinter printer) {
      printer.pair(question, answer);
    }
  }
}
