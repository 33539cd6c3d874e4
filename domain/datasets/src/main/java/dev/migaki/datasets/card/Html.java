package dev.migaki.datasets.card;

import java.util.List;

/** Writes escaped HTML; nothing that comes from a document is ever markup. */
final class Html {
  private final StringBuilder text = new StringBuilder();

  /** Adds markup of our own. */
  Html raw(String markup) {
    text.append(markup);
    return this;
  }

  /** Adds an element with a text in it. */
  Html element(String tag, String content) {
    String name = tag.split(" ", 2)[0];
    text.append('<').append(tag).append('>').append(escaped(content));
    text.append("</").append(name).append(">\n");
    return this;
  }

  /** Adds a table; columns whose heading starts with # hold numbers. */
  Html table(List<String> headings, List<List<String>> rows) {
    text.append("<table><thead><tr>");
    for (String heading : headings) {
      boolean number = heading.startsWith("#");
      text.append(number ? "<th class=\"n\">" : "<th>");
      text.append(escaped(number ? heading.substring(1) : heading)).append("</th>");
    }
    text.append("</tr></thead><tbody>\n");
    for (List<String> row : rows) {
      text.append("<tr>");
      for (int i = 0; i < row.size(); i++) {
        text.append(headings.get(i).startsWith("#") ? "<td class=\"n\">" : "<td>");
        text.append(escaped(row.get(i))).append("</td>");
      }
      text.append("</tr>\n");
    }
    text.append("</tbody></table>\n");
    return this;
  }

  static String escaped(String content) {
    return content
        .replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}
