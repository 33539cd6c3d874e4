package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Tika's XHTML as blocks: counts pages, slides and sheets, leaves out page headers and footers. */
final class XhtmlHandler extends DefaultHandler {

  private static final Pattern THREAD_NOTICE =
      Pattern.compile("(?s)tc=\\{[0-9A-Fa-f-]+\\}:?\\s*|\\[Threaded comment\\].*?Comment:\\s*");

  private static final Pattern REMARK = Pattern.compile("^\\tComment by [^:\\n]{0,80}: ");

  private final Blocks blocks;
  private final MarkupBlocks markup;
  private final MarkupBlocks furniture;
  private final Blocks furnitureBlocks = new Blocks(100_000);
  private final boolean spreadsheet;
  private final boolean commented;

  /** Whether a line feed within text is a line break that the author set, not the markup's. */
  private final boolean meantBreaks;

  private final List<String> remarks = new ArrayList<>();
  private final List<String> comments = new ArrayList<>();
  private @Nullable StringBuilder comment;
  private boolean hasSlides;
  private int skipDepth;
  private boolean inBody;

  /**
   * @param spans of the cells of tables, which Tika does not tell
   */
  XhtmlHandler(Blocks blocks, String mediaType, CellSpans.Tables spans) {
    this.blocks = blocks;
    this.markup = new MarkupBlocks(blocks, false, spans);
    this.furniture = new MarkupBlocks(furnitureBlocks, false, CellSpans.Tables.NONE);
    this.commented = mediaType.matches(".*(spreadsheetml|ms-excel\\.[a-z.]*macroenabled).*");
    this.meantBreaks =
        mediaType.contains("wordprocessingml")
            || mediaType.contains("ms-word")
            || mediaType.contains("msword")
            || mediaType.contains("rtf");
    this.spreadsheet = mediaType.contains("sheet") || mediaType.contains("excel");
  }

  @Override
  public void startElement(String uri, String localName, String qName, Attributes attributes) {
    String name = localName.toLowerCase(Locale.ROOT);
    if (name.equals("body")) {
      inBody = true;
    }
    if (!inBody) {
      return;
    }
    if (skipDepth > 0 || isPageFurniture(attributes.getValue("class"))) {
      skipDepth++;
      furniture.start(name, attributes::getValue);
      return;
    }
    String kind = attributes.getValue("class");
    boolean sheet = spreadsheet && name.equals("h1");
    if (name.equals("div") && ("page".equals(kind) || "slide".equals(kind)) || sheet) {
      markup.flush();
      blocks.page(blocks.page() + 1);
    } else if (name.equals("div") && "slide-content".equals(kind) && !hasSlides) {
      markup.flush();
      blocks.page(blocks.page() + 1);
    }
    hasSlides |= "slide".equals(kind);
    if (commented && name.equals("br")) {
      // line breaks of a cell are characters; behind this one comes a comment on it
      comment = new StringBuilder();
    } else {
      markup.start(name, attributes::getValue);
    }
  }

  @Override
  public void endElement(String uri, String localName, String qName) {
    if (skipDepth > 0) {
      skipDepth--;
      furniture.end(localName.toLowerCase(Locale.ROOT));
    } else if (inBody) {
      String name = localName.toLowerCase(Locale.ROOT);
      if (name.equals("td")) {
        endComment();
      }
      markup.end(name);
      if (name.equals("table")) {
        comments.forEach(blocks::paragraph);
        comments.clear();
      }
    }
  }

  /** What was said about a cell is no part of its value. */
  private void endComment() {
    if (comment != null) {
      String said = withoutThreadNotice(comment.toString()).strip();
      comments.add(said.startsWith(":") ? said.substring(1) : said);
      comment = null;
    }
  }

  @Override
  public void characters(char[] text, int start, int length) {
    if (comment != null) {
      comment.append(text, start, length);
    } else if (inBody) {
      String said = withoutThreadNotice(new String(text, start, length));
      MarkupBlocks target = skipDepth == 0 ? markup : furniture;
      if (meantBreaks && REMARK.matcher(said).find()) {
        // a reviewer's note on a paragraph or heading is no part of it
        remarks.add(said.strip());
      } else if (meantBreaks && said.indexOf('\n') >= 0) {
        String[] lines = said.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
          if (i > 0) {
            target.start("br", name -> null);
          }
          target.text(lines[i]);
        }
      } else {
        target.text(said);
      }
    }
  }

  /** What Excel tells its older versions, in front of each comment. */
  private static String withoutThreadNotice(String text) {
    boolean noticed = text.contains("[Threaded comment]") || text.contains("tc={");
    return noticed ? THREAD_NOTICE.matcher(text).replaceAll("") : text;
  }

  @Override
  public void ignorableWhitespace(char[] text, int start, int length) {
    if (comment != null || !inBody) {
      characters(text, start, length);
    } else {
      (skipDepth == 0 ? markup : furniture).text(new String(text, start, length));
    }
  }

  void finish() {
    markup.finish();
    furniture.finish();
    if (!remarks.isEmpty()) {
      blocks.heading(1, "Comments");
      remarks.forEach(blocks::paragraph);
    }
    if (blocks.size() == 0) {
      // a letterhead and nothing else is still all that the sender wrote
      blocks.addAll(furnitureBlocks);
    }
  }

  private static boolean isPageFurniture(@Nullable String kind) {
    return kind != null
        && (kind.equals("header")
            || kind.equals("footer")
            || kind.equals("slide-master-content")
            || kind.equals("slideMasterContent")
            || kind.equals("embedded"));
  }
}
