package dev.migaki.documents.parsing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From a stream of markup events (HTML elements and text) to blocks.
 *
 * <p>One machine serves HTML, Markdown (rendered to HTML) and everything that Tika turns into
 * XHTML. It keeps a buffer of inline text and, while inside a table cell, a definition or a
 * summary, a capture that swallows whole blocks as lines. No recursion: nesting depth is the
 * input's choice.
 */
final class MarkupBlocks {

  private static final Set<String> BLOCK_ELEMENTS =
      Set.of(
          "p",
          "div",
          "section",
          "article",
          "main",
          "header",
          "footer",
          "aside",
          "nav",
          "address",
          "blockquote",
          "figure",
          "figcaption",
          "form",
          "fieldset",
          "legend",
          "hr",
          "body",
          "html",
          "center",
          "label",
          "option",
          "caption",
          "menu",
          "dir",
          "hgroup",
          "search");

  private enum Leaf {
    PARAGRAPH,
    HEADING,
    LIST_ITEM,
    CODE
  }

  /** What a capture collects; {@code lines} grows block by block. */
  private static final class Capture {
    final String element;
    final StringBuilder lines = new StringBuilder();

    Capture(String element) {
      this.element = element;
    }

    void line(String text) {
      if (text.isEmpty()) {
        return;
      }
      if (!lines.isEmpty()) {
        lines.append('\n');
      }
      lines.append(text);
    }
  }

  private final Blocks blocks;
  private final boolean definitionsArePairs;
  private final CellSpans.Tables spans;
  private final StringBuilder inline = new StringBuilder();
  private final Deque<Capture> captures = new ArrayDeque<>();
  private final Deque<TableBuilder> tables = new ArrayDeque<>();
  private final Deque<Integer> counters = new ArrayDeque<>();
  private Leaf leaf = Leaf.PARAGRAPH;
  private int headingLevel = 1;
  private int preDepth;
  private int nestedDetails;
  private int nestedCells;
  private @Nullable String term;
  private @Nullable String summary;

  /**
   * @param definitionsArePairs whether {@code dl} holds questions and answers (HTML) or names and
   *     values (what Tika makes of mail headers)
   * @param spans of table cells, where the markup does not say
   */
  MarkupBlocks(Blocks blocks, boolean definitionsArePairs, CellSpans.Tables spans) {
    this.blocks = blocks;
    this.definitionsArePairs = definitionsArePairs;
    this.spans = spans;
  }

  /** Attributes of an element; null where absent. */
  interface Attributes {
    @Nullable String get(String name);
  }

  void start(String element, Attributes attributes) {
    String name = element.toLowerCase(Locale.ROOT);
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        flush();
        leaf = Leaf.HEADING;
        headingLevel = name.charAt(1) - '0';
      }
      case "br" -> inline.append('\n');
      case "ul", "ol" -> {
        flush();
        counters.push(name.equals("ol") ? startOf(attributes) : -1);
      }
      case "li" -> {
        flush();
        leaf = Leaf.LIST_ITEM;
      }
      case "pre" -> {
        flush();
        preDepth++;
        leaf = Leaf.CODE;
      }
      case "table" -> {
        flush();
        if (tables.isEmpty()) {
          tables.push(new TableBuilder());
        }
      }
      case "tr" -> startRow();
      case "td", "th" -> startCell(name, attributes);
      case "dt", "dd", "summary", "details" -> startCapture(name);
      default -> {
        if (BLOCK_ELEMENTS.contains(name)) {
          flush();
        }
      }
    }
  }

  void end(String element) {
    String name = element.toLowerCase(Locale.ROOT);
    switch (name) {
      case "h1", "h2", "h3", "h4", "h5", "h6" -> {
        flush();
        leaf = Leaf.PARAGRAPH;
      }
      case "ul", "ol" -> {
        flush();
        counters.poll();
        leaf = Leaf.PARAGRAPH;
      }
      case "li" -> {
        flush();
        leaf = Leaf.PARAGRAPH;
      }
      case "pre" -> {
        flush();
        preDepth = Math.max(0, preDepth - 1);
        leaf = Leaf.PARAGRAPH;
      }
      case "table" -> endTable();
      case "td", "th" -> endCell(name);
      case "dt", "dd", "summary", "details" -> endCapture(name);
      default -> {
        if (BLOCK_ELEMENTS.contains(name)) {
          flush();
        }
      }
    }
  }

  void text(CharSequence text) {
    if (preDepth > 0) {
      inline.append(text);
      return;
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean space = c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\u00a0';
      if (!space) {
        inline.append(c);
      } else if (!inline.isEmpty() && !isSpace(inline.charAt(inline.length() - 1))) {
        inline.append(' ');
      }
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c == '\n';
  }

  /** Ends the inline text; to be called at page boundaries and at the end. */
  void flush() {
    if (inline.isEmpty()) {
      return;
    }
    String text = leaf == Leaf.CODE ? inline.toString() : tidy(inline.toString());
    inline.setLength(0);
    if (text.isBlank()) {
      return;
    }
    Capture capture = captures.peek();
    if (capture != null) {
      capture.line(leaf == Leaf.LIST_ITEM ? marker("- ") + text.strip() : text.strip());
    } else {
      emit(text);
    }
    if (leaf == Leaf.LIST_ITEM) {
      leaf = Leaf.PARAGRAPH;
    }
  }

  private void emit(String text) {
    switch (leaf) {
      case HEADING -> blocks.heading(headingLevel, text);
      case LIST_ITEM -> blocks.listItem(marker("") + text.strip(), counters.size() - 1);
      case CODE -> blocks.code(text);
      case PARAGRAPH -> blocks.paragraph(text);
    }
  }

  private String marker(String bullet) {
    Integer counter = counters.peek();
    if (counter == null || counter < 0) {
      return bullet;
    }
    counters.pop();
    counters.push(counter + 1);
    return counter + ". ";
  }

  private static String tidy(String text) {
    return text.replace(" \n", "\n").replace("\n ", "\n");
  }

  private static int startOf(Attributes attributes) {
    String start = attributes.get("start");
    return start != null && start.matches("\\d{1,6}") ? Integer.parseInt(start) : 1;
  }

  private void startRow() {
    flush();
    TableBuilder table = tables.peek();
    if (table != null && !isInside("td") && !isInside("th")) {
      table.startRow();
    }
  }

  private void startCell(String name, Attributes attributes) {
    flush();
    if (isInside("td") || isInside("th")) {
      // a table in a cell: its text belongs to the outer cell
      nestedCells++;
    } else if (!tables.isEmpty()) {
      captures.push(new Capture(name));
      tables.element().span(attributes.get("colspan"), attributes.get("rowspan"));
    }
  }

  private void endCell(String name) {
    flush();
    Capture capture = captures.peek();
    if (nestedCells > 0) {
      nestedCells--;
    } else if (capture != null && capture.element.equals(name)) {
      captures.pop();
      if (!tables.isEmpty()) {
        tables.element().cell(capture.lines.toString(), name.equals("th"));
      }
    } else {
      return;
    }
    leaf = Leaf.PARAGRAPH;
  }

  private void endTable() {
    flush();
    if (tables.isEmpty() || isInside("td") || isInside("th")) {
      return;
    }
    TableGrid table = tables.pop().finish(spans);
    Capture capture = captures.peek();
    if (capture != null) {
      table.captions().forEach(capture::line);
      table.rows().forEach(row -> capture.line(String.join(" | ", row)));
    } else {
      table.captions().forEach(blocks::paragraph);
      blocks.table(table.rows(), table.hasHeader());
    }
  }

  private void startCapture(String name) {
    flush();
    if (name.equals("details") && isInside("details")) {
      nestedDetails++;
    } else {
      captures.push(new Capture(name));
    }
    leaf = Leaf.PARAGRAPH;
  }

  private void endCapture(String name) {
    flush();
    if (name.equals("details") && nestedDetails > 0) {
      nestedDetails--;
      return;
    }
    Capture capture = captures.peek();
    if (capture == null || !capture.element.equals(name)) {
      return;
    }
    captures.pop();
    String text = capture.lines.toString();
    switch (name) {
      case "dt" -> term = term == null ? text : term + "\n" + text;
      case "dd" -> endDefinition(text);
      case "summary" -> endSummary(text);
      default -> endDetails(text);
    }
  }

  private void endDefinition(String text) {
    String name = term == null ? "" : term;
    term = null;
    Capture outer = captures.peek();
    if (outer != null) {
      outer.line(name.isEmpty() ? text : name + ": " + text);
    } else if (definitionsArePairs && !name.isEmpty() && !FaqMarkup.isMetadata(name)) {
      blocks.pair(name, text);
    } else {
      blocks.paragraph(name.isEmpty() ? text : name + ": " + text);
    }
  }

  private void endSummary(String text) {
    if (depthOf("details") == 1 && summary == null) {
      summary = text;
    } else if (!captures.isEmpty()) {
      captures.element().line(text);
    } else {
      blocks.paragraph(text);
    }
  }

  private void endDetails(String text) {
    String question = summary == null ? "" : summary;
    summary = null;
    Capture outer = captures.peek();
    if (outer != null) {
      outer.line(question);
      outer.line(text);
    } else {
      blocks.pair(question, text);
    }
  }

  private boolean isInside(String element) {
    return depthOf(element) > 0;
  }

  private int depthOf(String element) {
    int depth = 0;
    for (Capture capture : captures) {
      if (capture.element.equals(element)) {
        depth++;
      }
    }
    return depth;
  }

  /** Ends everything that is still open: a cut-off table is shown as far as it goes. */
  void finish() {
    flush();
    nestedDetails = 0;
    nestedCells = 0;
    while (!captures.isEmpty()) {
      String open = captures.element().element;
      if (open.equals("td") || open.equals("th")) {
        endCell(open);
      } else {
        endCapture(open);
      }
    }
    if (!tables.isEmpty()) {
      endTable();
    }
    if (term != null) {
      blocks.paragraph(term);
      term = null;
    }
  }
}
