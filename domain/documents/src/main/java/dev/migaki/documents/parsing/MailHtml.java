package dev.migaki.documents.parsing;

import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;

/**
 * HTML mail bodies as plain text with {@code >} before quoted lines, so that threads can be cut.
 */
final class MailHtml {

  private static final Set<String> BREAKING =
      Set.of(
          "p",
          "div",
          "br",
          "tr",
          "li",
          "h1",
          "h2",
          "h3",
          "h4",
          "h5",
          "h6",
          "blockquote",
          "table",
          "ul",
          "ol",
          "pre",
          "hr");

  private MailHtml() {}

  static String toText(Document mail) {
    mail.select("script, style, head, title").remove();
    Lines lines = new Lines();
    NodeTraversor.traverse(lines, mail.body());
    lines.end();
    return lines.text.toString();
  }

  private static final class Lines implements NodeVisitor {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder line = new StringBuilder();
    private int quoteDepth;

    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode words) {
        line.append(words.getWholeText());
      } else if (node instanceof Element element) {
        String name = element.normalName();
        if (BREAKING.contains(name)) {
          end();
        }
        if (name.equals("hr")) {
          text.append("----\n");
        }
        quoteDepth += name.equals("blockquote") ? 1 : 0;
        if (name.equals("td") || name.equals("th")) {
          line.append(' ');
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element && BREAKING.contains(element.normalName())) {
        end();
        quoteDepth -= element.normalName().equals("blockquote") ? 1 : 0;
        if (element.normalName().equals("p")) {
          text.append("\n");
        }
      }
    }

    void end() {
      String collapsed = TextLines.collapse(line.toString());
      line.setLength(0);
      if (!collapsed.isEmpty()) {
        text.append(">".repeat(Math.min(quoteDepth, 10)))
            .append(quoteDepth > 0 ? " " : "")
            .append(collapsed)
            .append('\n');
      }
    }
  }
}
