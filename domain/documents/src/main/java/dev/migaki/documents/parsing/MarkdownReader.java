package dev.migaki.documents.parsing;

import dev.migaki.documents.ParsedDocument;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.commonmark.ext.gfm.tables.TablesExtension;
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
    String html = RENDERER.render(PARSER.parse(body));
    HtmlReader.append(Jsoup.parseBodyFragment(html), blocks);
    return title;
  }
}
