package dev.migaki.documents.parsing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** From XML elements to blocks. No recursion: nesting depth is the input's choice. */
final class XmlBlocks {

  private static final Set<String> INLINE =
      Set.of(
          "a",
          "b",
          "i",
          "u",
          "em",
          "strong",
          "emphasis",
          "span",
          "sup",
          "sub",
          "code",
          "link",
          "xref",
          "ref",
          "ulink",
          "literal",
          "ruby",
          "rb",
          "rt",
          "small",
          "tt",
          "ph",
          "uicontrol");
  private static final Set<String> HEADINGS =
      Set.of("title", "head", "heading", "headline", "h1", "h2", "h3", "h4", "h5", "h6");
  private static final Set<String> ITEMS = Set.of("li", "listitem", "item", "step");
  private static final Set<String> PROSE =
      Set.of(
          "p", "para", "paragraph", "text", "body", "description", "summary", "abstract", "note");
  private static final Set<String> CELLS = Set.of("td", "th", "entry", "cell");
  private static final Set<String> ROWS = Set.of("tr", "row");
  private static final int MAX_VALUE = 120;

  private static final class Frame {
    final String name;
    final StringBuilder text = new StringBuilder();
    final List<String> values = new ArrayList<>();
    final List<List<String>> rows = new ArrayList<>();
    boolean hasElements;

    Frame(String name) {
      this.name = name;
    }
  }

  private final Blocks blocks;
  private final Deque<Frame> open = new ArrayDeque<>();
  private int headings;
  private int capturing;
  private @Nullable String question;

  XmlBlocks(Blocks blocks) {
    this.blocks = blocks;
  }

  void start(String localName) {
    String name = localName.toLowerCase(Locale.ROOT);
    if (INLINE.contains(name) && !open.isEmpty()) {
      return;
    }
    Frame parent = open.peek();
    if (parent != null) {
      parent.hasElements = true;
      if (capturing > 0) {
        parent.text.append("\n\n");
      } else {
        endText(parent);
      }
    }
    Frame frame = new Frame(localName);
    open.push(frame);
    if (isCaptured(name)) {
      capturing++;
    }
  }

  private static boolean isCaptured(String name) {
    return QuestionColumns.isQuestion(name)
        || QuestionColumns.isAnswer(name)
        || CELLS.contains(name);
  }

  void text(String text) {
    Frame frame = open.peek();
    if (frame != null) {
      frame.text.append(text);
    }
  }

  /** The innermost element that is no inline one ends; {@link #start} skipped those. */
  void end(String localName) {
    String name = localName.toLowerCase(Locale.ROOT);
    Frame frame = open.peek();
    if (frame == null || !frame.name.equals(localName)) {
      return;
    }
    open.pop();
    if (isCaptured(name)) {
      capturing--;
      endCaptured(name, clean(frame.text));
    } else if (capturing > 0) {
      open.element().text.append(frame.text).append("\n\n");
    } else if (ROWS.contains(name)) {
      Frame table = open.peek();
      if (table != null && !frame.values.isEmpty()) {
        tableOf(table).rows.add(List.copyOf(frame.values));
      }
    } else {
      endBlock(name, frame);
    }
  }

  /** Rows are collected in the outermost of table, tgroup, thead and tbody. */
  private Frame tableOf(Frame parent) {
    Frame table = parent;
    for (Frame frame : open) {
      String name = frame.name.toLowerCase(Locale.ROOT);
      if (name.equals("table") || name.equals("informaltable")) {
        table = frame;
        break;
      }
    }
    return table;
  }

  private void endCaptured(String name, String text) {
    Frame parent = open.peek();
    if (CELLS.contains(name) && parent != null && ROWS.contains(lower(parent))) {
      parent.values.add(text);
    } else if (capturing > 0 && parent != null) {
      parent.text.append(text).append("\n\n");
    } else if (QuestionColumns.isQuestion(name)) {
      endOpenValues();
      endQuestion();
      question = text;
    } else if (question != null) {
      blocks.pair(question, text);
      question = null;
    } else {
      blocks.paragraph(text);
    }
  }

  /** A question that nobody answered is text like any other. */
  private void endQuestion() {
    if (question != null) {
      blocks.paragraph(question);
      question = null;
    }
  }

  private void endBlock(String name, Frame frame) {
    Frame parent = open.peek();
    String text = clean(frame.text);
    if (!frame.rows.isEmpty()) {
      blocks.table(frame.rows, TableShape.firstRowIsHeader(frame.rows));
    }
    boolean leaf = !frame.hasElements;
    boolean value =
        leaf
            && parent != null
            && !text.isEmpty()
            && text.length() <= MAX_VALUE
            && text.indexOf('\n') < 0
            && !HEADINGS.contains(name)
            && !ITEMS.contains(name)
            && !PROSE.contains(name);
    if (value) {
      parent.values.add(frame.name + ": " + text);
      return;
    }
    endValues(frame);
    if (!text.isEmpty()) {
      endQuestion();
      emit(name, text);
    }
  }

  private void emit(String name, String text) {
    endOpenValues();
    if (HEADINGS.contains(name)) {
      headings++;
      blocks.heading(headings == 1 ? 1 : Math.max(2, Math.min(open.size(), 6)), text);
    } else if (ITEMS.contains(name)) {
      blocks.listItem(text, 0);
    } else {
      blocks.paragraph(text);
    }
  }

  /** Text before a child element is a block of its own. */
  private void endText(Frame frame) {
    String text = clean(frame.text);
    if (!text.isEmpty()) {
      endValues(frame);
      endQuestion();
      emit(lower(frame), text);
      frame.text.setLength(0);
    }
  }

  /** Named values stand before what follows them, also inside other elements. */
  private void endOpenValues() {
    Iterator<Frame> outermostFirst = open.descendingIterator();
    while (outermostFirst.hasNext()) {
      Frame frame = outermostFirst.next();
      if (!frame.values.isEmpty() && !ROWS.contains(lower(frame))) {
        endValues(frame);
      }
    }
  }

  private void endValues(Frame frame) {
    if (!frame.values.isEmpty()) {
      blocks.paragraph(String.join("\n", frame.values));
      frame.values.clear();
    }
  }

  /** Ends everything that is still open: a cut-off document is shown as far as it goes. */
  void finish() {
    while (!open.isEmpty()) {
      end(open.element().name);
    }
    endQuestion();
  }

  private static String lower(Frame frame) {
    return frame.name.toLowerCase(Locale.ROOT);
  }

  /** Line breaks inside elements are the editor's; blank lines are the author's. */
  private static String clean(StringBuilder text) {
    StringBuilder clean = new StringBuilder();
    for (String paragraph : text.toString().split("\\n\\s*\\n", -1)) {
      String one = TextLines.collapse(paragraph);
      if (!one.isEmpty()) {
        clean.append(clean.isEmpty() ? "" : "\n").append(one);
      }
    }
    return clean.toString();
  }
}
