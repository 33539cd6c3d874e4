package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;

/**
 * Drops what surrounds the content of a page. Biased to keep: a short answer is the asset, a
 * leftover menu entry is noise that later stages drop.
 */
final class Boilerplate {

  private static final String NEVER_TEXT =
      "script, style, noscript, template, iframe, object, embed, svg, canvas, audio, video, select,"
          + " input, textarea, datalist, head > *:not(title)";
  private static final String NAVIGATION =
      "nav, [role=navigation], [role=banner], [role=contentinfo], [role=search],"
          + " [role=alertdialog], [role=menu], [role=menubar]";
  private static final Pattern CHROME =
      Pattern.compile(
          "(?i)(?:^|[\\s_-])(?:cookie|consent|gdpr|breadcrumbs?|pagination|pager|share|sharing|social"
              + "|sns|newsletter|advert|advertisement|ads|sidebar|skip-?link|global-?nav|gnav|navbar"
              + "|site-?header|site-?footer|page-?top|pagetop|topicpath|related(?:-?(?:posts|links|articles))?"
              + "|toc)(?:$|[\\s_-])");
  private static final Pattern TO_TOP =
      Pattern.compile(
          "(?i)[\\s↑▲△^\\[(]*(?:(?:back|return|go) to (?:the )?(?:top|contents?|index|table of contents)"
              + "|(?:go )?to (?:the )?top|top(?: of (?:the )?page)?"
              + "|(?:この)?(?:ページ|ページの)?(?:先頭|最上部|トップ|上部|top|目次)(?:へ|に)?(?:戻る|もどる|移動)?)[\\s↑▲△^\\])。.]*");
  private static final double KEEP_SHARE = 0.15;

  private Boilerplate() {}

  static void remove(Document page) {
    page.select(NEVER_TEXT).remove();
    page.select("a[href*=#]").stream()
        .filter(link -> TO_TOP.matcher(link.text()).matches() && isAlone(link))
        .forEach(Element::remove);
    unwrapLayoutTables(page);
    int before = page.body().text().length();
    List<Element> chrome = chromeOf(page);
    int dropped = 0;
    for (Element element : chrome) {
      dropped += element.text().length();
    }
    // a page whose text is nearly all "navigation" is a page that we misunderstood
    if (before - dropped >= before * KEEP_SHARE) {
      chrome.forEach(Element::remove);
    }
  }

  /** Whether a link is all that its line says. */
  private static boolean isAlone(Element link) {
    Element line = link.parent();
    if (line == null) {
      return false;
    }
    Element block = line.is("span, small, b, strong, em, sup") ? line.parent() : line;
    String said = line.ownText() + (block == null || block == line ? "" : block.ownText());
    return said.codePoints().noneMatch(Character::isLetterOrDigit);
  }

  private static List<Element> chromeOf(Document page) {
    Elements candidates = new Elements(page.select(NAVIGATION));
    for (Element element : page.select("header, footer")) {
      boolean ofPage = element.closest("article, main, section, blockquote") == null;
      boolean heads = element.selectFirst("h1") != null;
      if (ofPage && !heads) {
        candidates.add(element);
      }
    }
    for (Element element : page.select("div, ul, ol, aside, section, p")) {
      String names = element.className() + " " + element.id();
      if (names.length() > 1 && CHROME.matcher(names).find() && !holdsContent(element)) {
        candidates.add(element);
      }
    }
    List<Element> outermost = new ArrayList<>();
    for (Element candidate : candidates) {
      boolean inside = candidate.parents().stream().anyMatch(parent -> candidates.contains(parent));
      if (!inside && !outermost.contains(candidate)) {
        outermost.add(candidate);
      }
    }
    return outermost;
  }

  private static boolean holdsContent(Element element) {
    return element.selectFirst("main, article, h1, details, dl, [itemprop]") != null
        || element.is("[itemprop]");
  }

  /** Tables that only place things: mail templates and old pages. */
  private static void unwrapLayoutTables(Document page) {
    for (Element table : page.select("table")) {
      boolean layout =
          table.attr("role").equals("presentation")
              || table.selectFirst("table table, h1, h2, h3, article, main, details") != null
              || table.select("table").size() > 1;
      if (layout) {
        unwrap(table);
      }
    }
  }

  private static void unwrap(Element table) {
    for (Element child : table.children()) {
      if (child.is("tbody, thead, tfoot")) {
        child.children().forEach(Boilerplate::unwrapRow);
        child.tagName("div");
      } else {
        unwrapRow(child);
      }
    }
    table.tagName("div");
  }

  private static void unwrapRow(Element row) {
    if (row.is("tr")) {
      row.children().forEach(cell -> cell.tagName("div"));
      row.tagName("div");
    }
  }
}
