package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeTraversor;
import org.jsoup.select.NodeVisitor;
import org.jspecify.annotations.Nullable;

/**
 * HTML pages: pairs that the page declares for search engines first, then the visible content
 * without navigation.
 */
final class HtmlReader implements FormatReader {

  private static final Pattern META_CHARSET =
      Pattern.compile(
          "(?i)<meta[^>]+charset\\s*=\\s*[\"']?([\\w-]+)|<\\?xml[^>]+encoding=\"([\\w-]+)\"");
  private static final int META_WINDOW = 8192;

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal, IOException {
    byte[] bytes = source.bytes();
    String charset = charsetOf(bytes, source.hints().charset());
    Document page = Jsoup.parse(new ByteArrayInputStream(bytes), charset, "");
    append(page, blocks);
    String language = page.select("html").attr("lang");
    return new ParsedDocument(
        source.type().mediaType(),
        charset,
        language.isBlank() ? null : language,
        titleOf(page),
        blocks.list());
  }

  /** Appends the blocks of a page. */
  static void append(Document page, Blocks blocks) {
    FaqMarkup faq = FaqMarkup.extract(page);
    faq.pairs().forEach(pair -> blocks.pair(pair.question(), pair.answer()));
    Boilerplate.remove(page);
    FaqMarkup.rewriteAccordions(page);
    FaqClasses.rewrite(page);
    FaqMarkup.joinDefinitions(page);
    FaqMarkup.separateBoldQuestions(page);
    Blocks visible = new Blocks(Integer.MAX_VALUE);
    visible.page(blocks.page());
    MarkupBlocks markup = new MarkupBlocks(visible, true, CellSpans.Tables.NONE);
    NodeTraversor.traverse(new Walker(markup), page.body());
    markup.finish();
    visible.list().stream().filter(block -> !faq.repeats(block)).forEach(blocks::add);
  }

  static @Nullable String titleOf(Document page) {
    String title = TextLines.collapse(page.title());
    return title.isEmpty() ? null : title;
  }

  private static String charsetOf(byte[] bytes, @Nullable String declared) {
    String hint = declared;
    if (hint == null) {
      int length = Math.min(bytes.length, META_WINDOW);
      Matcher meta =
          META_CHARSET.matcher(
              new String(bytes, 0, length, java.nio.charset.StandardCharsets.ISO_8859_1));
      if (meta.find()) {
        hint = meta.group(1) == null ? meta.group(2) : meta.group(1);
      }
    }
    String detected = TextDecoder.decode(bytes, hint).charset();
    return Charset.isSupported(detected) ? forJsoup(detected) : "UTF-8";
  }

  private static String forJsoup(String charset) {
    return charset.equals("Shift_JIS") ? "windows-31j" : charset;
  }

  private record Walker(MarkupBlocks markup) implements NodeVisitor {
    @Override
    public void head(Node node, int depth) {
      if (node instanceof TextNode text) {
        String said = text.getWholeText();
        boolean tagged = said.indexOf("{%") >= 0 && !isCode(text);
        markup.text(tagged ? MarkdownDialects.TEMPLATE_TAG.matcher(said).replaceAll("") : said);
      } else if (node instanceof Element element) {
        markup.start(element.normalName(), name -> attribute(element, name));
        if (element.normalName().equals("img")) {
          markup.text(element.attr("alt"));
        }
      }
    }

    @Override
    public void tail(Node node, int depth) {
      if (node instanceof Element element) {
        markup.end(element.normalName());
      }
    }

    private static boolean isCode(Node text) {
      return text.parent() instanceof Element element
          && element.closest("pre, code, samp, kbd") != null;
    }

    private static @Nullable String attribute(Element element, String name) {
      return element.hasAttr(name) ? element.attr(name) : null;
    }
  }
}
