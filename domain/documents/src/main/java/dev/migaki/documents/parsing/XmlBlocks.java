package dev.migaki.documents.parsing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern AFFIXED =
      Pattern.compile("(?:faq)?(questions?|answers?|質問|回答)(?:text|body|html|content|title)?");
  private static final int MAX_VALUE = 120;

  /** Text is handed up level by level, so depth is paid for; what is deeper counts as its text. */
  private static final int MAX_DEPTH = 256;

  private static final class Frame {
    final String name;
    final StringBuilder text = new StringBuilder();
    final List<String> values = new ArrayList<>();
    final List<List<String>> rows = new ArrayList<>();
    boolean hasElements;
    boolean captured;

    /** The text is more than blanks. */
    boolean said;

    /** Inline elements of the same name that are open inside. */
    int namesakes;

    Frame(String name) {
      this.name = name;
    }

    void append(CharSequence more, boolean says) {
      text.append(more);
      said |= says;
    }

    void clear() {
      text.setLength(0);
      said = false;
    }
  }

  private final Blocks blocks;
  private final Deque<Frame> open = new ArrayDeque<>();
  private int headings;

  /** Open elements whose whole text is one cell, question or answer; the innermost first. */
  private final Deque<Frame> captures = new ArrayDeque<>();

  private @Nullable String question;

  /** Open elements below the depth that is told apart. */
  private int below;

  XmlBlocks(Blocks blocks) {
    this.blocks = blocks;
  }

  void start(String localName) {
    if (open.size() >= MAX_DEPTH) {
      if (below++ == 0) {
        blocks.warn("elements nested deeper than " + MAX_DEPTH + " were read as plain text");
      }
      return;
    }
    String name = localName.toLowerCase(Locale.ROOT);
    Frame parent = open.peek();
    if (parent != null && isInline(name, parent)) {
      parent.namesakes += parent.name.equals(localName) ? 1 : 0;
      return;
    }
    release(name);
    if (parent != null) {
      parent.hasElements = true;
      if (captures.isEmpty()) {
        endText(parent);
      } else {
        parent.text.append("\n\n");
      }
    }
    Frame frame = new Frame(localName);
    open.push(frame);
    if (isQuestion(name) || isAnswer(name) || CELLS.contains(name)) {
      frame.captured = true;
      captures.push(frame);
    }
  }

  /** {@code a} links unless a question waits for it; {@code q} quotes where a text is under way. */
  private boolean isInline(String name, Frame parent) {
    if (name.equals("q")) {
      return isAnswer(lower(parent)) || PROSE.contains(lower(parent)) || parent.said;
    }
    boolean answers = name.equals("a") && question != null && captures.isEmpty();
    return INLINE.contains(name) && !answers;
  }

  /**
   * Elements that hold questions and answers are often named like them: {@code faq}, {@code
   * questions}, a {@code question} with its {@code answer} inside. What is inside counts, and what
   * the outer one has said so far is the question or a text before it.
   */
  private void release(String name) {
    Frame outer = captures.peek();
    if (outer == null) {
      return;
    }
    boolean asks = isQuestion(lower(outer));
    boolean list = lower(outer).equals("faq") && outer == open.peek();
    if (asks && (list || isQuestion(name) || isAnswer(name))) {
      String said = saidSoFar(outer);
      if (isAnswer(name) && !list) {
        ask(said);
      } else if (!said.isEmpty()) {
        endQuestion();
        blocks.paragraph(said);
      }
    } else if (isAnswer(lower(outer)) && isAnswer(name) && !outer.said) {
      saidSoFar(outer);
    }
  }

  /** Text of the outermost captured element up to here; it is captured no longer. */
  private String saidSoFar(Frame outer) {
    captures.pop();
    outer.captured = false;
    Deque<Frame> inside = new ArrayDeque<>();
    for (Frame frame : open) {
      inside.push(frame);
      if (frame == outer) {
        break;
      }
    }
    StringBuilder said = new StringBuilder();
    for (Frame frame : inside) {
      said.append(frame.text).append("\n\n");
      frame.clear();
    }
    return clean(said);
  }

  private static boolean isQuestion(String name) {
    return QuestionColumns.isQuestion(name) || QuestionColumns.isQuestion(core(name));
  }

  private static boolean isAnswer(String name) {
    return QuestionColumns.isAnswer(name) || QuestionColumns.isAnswer(core(name));
  }

  /** faqQuestion, question-text, answer_body: the name without what it adds. */
  private static String core(String name) {
    Matcher affixed = AFFIXED.matcher(QuestionColumns.canonical(name));
    return affixed.matches() ? affixed.group(1) : name;
  }

  void text(String text) {
    Frame frame = open.peek();
    if (frame != null) {
      frame.append(text, !text.isBlank());
    }
  }

  /** The innermost element that is no inline one ends; {@link #start} skipped those. */
  void end(String localName) {
    if (below > 0) {
      below--;
      return;
    }
    String name = localName.toLowerCase(Locale.ROOT);
    Frame frame = open.peek();
    if (frame == null || !frame.name.equals(localName)) {
      return;
    }
    if (frame.namesakes > 0) {
      frame.namesakes--;
      return;
    }
    open.pop();
    if (frame.captured) {
      captures.pop();
      endCaptured(name, clean(frame.text));
    } else if (!captures.isEmpty()) {
      open.element().append(frame.text.append("\n\n"), frame.said);
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
    } else if (!captures.isEmpty() && parent != null) {
      parent.append(text + "\n\n", !text.isEmpty());
    } else if (isQuestion(name)) {
      ask(text);
    } else if (question != null) {
      blocks.pair(question, text);
      question = null;
    } else {
      blocks.paragraph(text);
    }
  }

  private void ask(String text) {
    endOpenValues();
    endQuestion();
    question = text;
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
      frame.clear();
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
    below = 0;
    while (!open.isEmpty()) {
      open.element().namesakes = 0;
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
