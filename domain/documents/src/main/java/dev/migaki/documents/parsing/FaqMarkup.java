package dev.migaki.documents.parsing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.documents.Block;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jspecify.annotations.Nullable;

/**
 * Questions and answers that a page declares: schema.org FAQPage as JSON-LD or microdata, and
 * accordions whose button is a question.
 */
final class FaqMarkup {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern QUESTION_END = Pattern.compile("[?？]\\s*$|(?:か|とは|は|方法)[。.]?\\s*$");

  private static final Pattern BOLD_QUESTION = Pattern.compile("[?？]\\s*$");

  private static final Pattern METADATA =
      Pattern.compile(
          "(?i)(?:authors?|written by|posted by|editor|date|published(?: on| date)?|posted(?: on)?|created(?: at| on)?"
              + "|(?:last )?(?:updated|modified|reviewed)(?: on| at| date)?|categor(?:y|ies)|tags?|topics?|keywords?|version|license|licence|isbn|source"
              + "|著者|作者|作成者|作成日|投稿者|投稿日|掲載日|公開日|発行日|更新日|最終更新日?|日付|カテゴリー?|タグ|分類|キーワード|版|バージョン|ライセンス)[:：]?");

  /** A declared pair as plain text. */
  record Pair(String question, String answer) {}

  private final List<Pair> pairs;
  private final Set<String> said;

  private FaqMarkup(List<Pair> pairs) {
    this.pairs = List.copyOf(pairs);
    this.said = new HashSet<>();
    for (Pair pair : pairs) {
      said.add(key(pair.question()));
      said.add(key(pair.answer()));
      pair.answer().lines().forEach(line -> said.add(key(line)));
    }
  }

  List<Pair> pairs() {
    return pairs;
  }

  /** Whether a visible block only shows what a declared pair says already. */
  boolean repeats(Block block) {
    if (said.isEmpty()) {
      return false;
    }
    if (block instanceof Block.QuestionAnswer pair) {
      return said.contains(key(pair.question()));
    }
    return said.contains(key(block.text()));
  }

  /** Reads the page's JSON-LD and turns microdata into {@code details} elements in place. */
  static FaqMarkup extract(Document page) {
    Set<Pair> found = new LinkedHashSet<>();
    for (Element script : page.select("script[type=application/ld+json]")) {
      readJsonLd(script.data(), found);
    }
    for (Element item : page.select("[itemtype~=(?i)schema\\.org/Question]")) {
      Element name = item.selectFirst("[itemprop=name]");
      Element answer = item.selectFirst("[itemprop=acceptedAnswer] [itemprop=text]");
      if (name != null && answer != null) {
        toDetails(item, name, answer);
      }
    }
    return new FaqMarkup(new ArrayList<>(found));
  }

  private static void readJsonLd(String json, Set<Pair> found) {
    JsonNode root;
    try {
      root = JSON.readTree(json);
    } catch (JsonProcessingException e) {
      // broken annotations are common; the visible page still holds the text
      return;
    }
    Deque<JsonNode> open = new ArrayDeque<>(List.of(root));
    while (!open.isEmpty()) {
      JsonNode node = open.pollFirst();
      if (node.isObject() && typeOf(node).equals("Question")) {
        String question = plain(node.path("name").asText(node.path("text").asText("")));
        JsonNode accepted = node.path("acceptedAnswer");
        JsonNode answer = accepted.isArray() ? accepted.path(0) : accepted;
        String text = plain(answer.path("text").asText(""));
        if (!question.isEmpty() && !text.isEmpty()) {
          found.add(new Pair(question, text));
        }
      } else if (node.isContainerNode()) {
        List<JsonNode> children = new ArrayList<>();
        node.forEach(children::add);
        for (int i = children.size() - 1; i >= 0; i--) {
          open.addFirst(children.get(i));
        }
      }
    }
  }

  private static String typeOf(JsonNode node) {
    JsonNode type = node.path("@type");
    return type.isArray() ? type.path(0).asText() : type.asText();
  }

  /** HTML in a field, as text. */
  static String plain(String html) {
    if (html.indexOf('<') < 0 && html.indexOf('&') < 0) {
      return TextLines.trim(html);
    }
    Blocks blocks = new Blocks(Integer.MAX_VALUE);
    Document fragment = Jsoup.parseBodyFragment(html);
    HtmlReader.append(fragment, blocks);
    StringBuilder text = new StringBuilder();
    for (Block block : blocks.list()) {
      text.append(text.isEmpty() ? "" : "\n").append(block.text());
    }
    return text.toString();
  }

  /** Accordions: a button that asks, and the region that it opens. */
  static void rewriteAccordions(Document page) {
    for (Element button : page.select("[aria-controls]")) {
      String id = button.attr("aria-controls").strip();
      Element region = id.isEmpty() ? null : page.getElementById(id);
      if (region == null || isInside(button, id) || region.parents().contains(button)) {
        continue;
      }
      if (QUESTION_END.matcher(button.text()).find()) {
        Element details = new Element("details");
        details.appendElement("summary").text(button.text());
        region.before(details);
        details.appendChild(region);
        button.remove();
      }
    }
  }

  /** Several definitions of one term are one. */
  static void joinDefinitions(Document page) {
    for (Element definition : page.select("dt + dd")) {
      Element next = definition.nextElementSibling();
      while (next != null && next.is("dd") && next.selectFirst("dl") == null) {
        Element more = next;
        next = next.nextElementSibling();
        definition.appendChild(more.tagName("div"));
      }
    }
  }

  /**
   * Bold words that ask at the start of a line are a paragraph of their own; the answer follows.
   */
  static void separateBoldQuestions(Document page) {
    for (Element bold : page.select("b, strong")) {
      Node before = beside(bold, Node::previousSibling);
      Node after = beside(bold, Node::nextSibling);
      boolean starts = before == null || isBreak(before);
      if (starts && after != null && BOLD_QUESTION.matcher(bold.text()).find()) {
        if (isBreak(after)) {
          after.remove();
        }
        bold.wrap("<div></div>");
      }
    }
  }

  private static @Nullable Node beside(Node node, UnaryOperator<@Nullable Node> step) {
    Node next = step.apply(node);
    while (next instanceof TextNode text && text.isBlank()) {
      next = step.apply(next);
    }
    return next;
  }

  private static boolean isBreak(Node node) {
    return node instanceof Element element && element.normalName().equals("br");
  }

  private static boolean isInside(Element element, String id) {
    return element.id().equals(id)
        || element.parents().stream().anyMatch(parent -> parent.id().equals(id));
  }

  private static void toDetails(Element item, Element name, Element answer) {
    Element details = new Element("details");
    details.appendElement("summary").text(name.text());
    details.appendElement("div").html(answer.html());
    item.before(details);
    item.remove();
  }

  /** Whether a term of a definition list names what a page says about itself. */
  static boolean isMetadata(String term) {
    return METADATA.matcher(term.strip()).matches();
  }

  private static String key(String text) {
    return text.replaceAll("[\\s\\u3000]+", "");
  }
}
