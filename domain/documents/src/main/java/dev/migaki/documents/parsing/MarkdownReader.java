package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Node;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;

/**
 * Markdown, by way of HTML: real files mix both, and {@code <details>} in a README is a question
 * and its answer like any other.
 */
final class MarkdownReader implements FormatReader {

  private static final List<TablesExtension> EXTENSIONS =
      List.of((TablesExtension) TablesExtension.create());
  private static final Parser PARSER = Parser.builder().extensions(EXTENSIONS).build();
  private static final HtmlRenderer RENDERER =
      HtmlRenderer.builder().extensions(EXTENSIONS).build();
  private static final Pattern FRONT_MATTER =
      Pattern.compile(
          "^\\s*---[ \\t]*\\n(.*?\\n)(?:---|\\.\\.\\.)[ \\t]*(?:\\n|$)", Pattern.DOTALL);
  private static final Pattern TITLE = Pattern.compile("(?m)^title:\\s*[\"']?(.*?)[\"']?\\s*$");
  private static final Pattern ANCHOR =
      Pattern.compile("(?m)^(#{1,6} [^\\n]*?)[ \\t]*\\{#[^}\\n]{1,80}\\}[ \\t]*$");
  private static final Pattern COMMENT = Pattern.compile("<!--.*?-->", Pattern.DOTALL);

  @Override
  public ParsedDocument read(Source source, Blocks blocks) {
    TextDecoder.Decoded decoded = TextDecoder.decode(source.bytes(), source.hints().charset());
    String title = append(decoded.text(), blocks);
    return new ParsedDocument(
        source.type().mediaType(), decoded.charset(), null, title, blocks.list());
  }

  /**
   * Appends the blocks of a text.
   *
   * @return the title of its front matter, null without one
   */
  static @Nullable String append(String markdown, Blocks blocks) {
    String title = null;
    String body = markdown;
    Matcher front = FRONT_MATTER.matcher(body);
    if (front.find() && front.group(1).indexOf(':') > 0) {
      Matcher named = TITLE.matcher(front.group(1));
      title = named.find() && !named.group(1).isBlank() ? named.group(1) : null;
      body = body.substring(front.end());
    }
    body = ANCHOR.matcher(COMMENT.matcher(body).replaceAll("")).replaceAll("$1");
    body = MarkdownDialects.plain(body);
    Node document = PARSER.parse(body);
    document.accept(new MeantBreaks());
    String html = RENDERER.render(document);
    HtmlReader.append(Jsoup.parseBodyFragment(html), blocks);
    return title;
  }

  /**
   * Line breaks that authors of FAQs mean although Markdown sees none: before a line that is marked
   * as question or answer, and around one that is bold as a whole.
   */
  private static final class MeantBreaks extends AbstractVisitor {
    @Override
    public void visit(SoftLineBreak soft) {
      if (isMarked(soft.getNext())
          || isBold(soft.getNext(), true)
          || isBold(soft.getPrevious(), false)) {
        soft.insertAfter(new HardLineBreak());
        soft.unlink();
      }
    }

    private static boolean isMarked(@Nullable Node start) {
      Node first = start instanceof StrongEmphasis ? start.getFirstChild() : start;
      if (!(first instanceof Text text)) {
        return false;
      }
      String line = text.getLiteral();
      return QuestionText.question(line) != null || QuestionText.answer(line) != null;
    }

    private static boolean isBold(@Nullable Node node, boolean forward) {
      if (!(node instanceof StrongEmphasis)) {
        return false;
      }
      Node beside = forward ? node.getNext() : node.getPrevious();
      return beside == null || beside instanceof SoftLineBreak || beside instanceof HardLineBreak;
    }
  }
}
