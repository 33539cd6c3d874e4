package dev.migaki.documents.parsing;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;

/**
 * Questions and answers that only the design of a page tells apart: classes such as {@code
 * faq-question} and {@code faq-answer}, and letters Q and A in boxes of their own.
 */
final class FaqClasses {

  private static final Pattern QUESTION = named("q|ques|question|questions");
  private static final Pattern ANSWER = named("a|ans|answer|answers");
  private static final Pattern LETTER =
      Pattern.compile("([QAＱＡ])\\s*\\d{0,3}\\s*[.．:：]?", Pattern.CASE_INSENSITIVE);
  private static final int MOST_QUESTION = 300;

  private FaqClasses() {}

  private static Pattern named(String names) {
    return Pattern.compile(
        "(?i)(?:^|\\s)(?:[a-z0-9]{1,20}[-_]{1,2}){0,3}(?:"
            + names
            + ")(?:[-_](?:text|title|body|content|box|item|inner))?(?:$|\\s)");
  }

  /** Turns what is marked so into {@code details} elements, and letters in boxes into "Q." */
  static void rewrite(Document page) {
    spellLetters(page);
    for (Element element : page.select("[class]")) {
      boolean asks = QUESTION.matcher(element.className()).find() && element.parent() != null;
      if (asks && isText(element) && element.closest("summary, dt, table, details") == null) {
        List<Element> answer = answerTo(element);
        if (!answer.isEmpty()) {
          Element details = new Element("details");
          element.before(details);
          details.appendElement("summary").text(element.text());
          answer.forEach(details::appendChild);
          element.remove();
        }
      }
    }
  }

  private static boolean isText(Element element) {
    String text = element.text();
    return text.length() > 3
        && text.length() <= MOST_QUESTION
        && element.select("[class]").stream()
            .noneMatch(inner -> inner != element && ANSWER.matcher(inner.className()).find());
  }

  /** The siblings that follow and are marked as answers. */
  private static List<Element> answerTo(Element question) {
    List<Element> answer = new ArrayList<>();
    Element next = question.nextElementSibling();
    while (next != null && ANSWER.matcher(next.className()).find()) {
      answer.add(next);
      next = next.nextElementSibling();
    }
    while (next != null && !answer.isEmpty() && isOnlyQuestion(question)) {
      // the box holds one question: what follows the marked answer goes on with it
      answer.add(next);
      next = next.nextElementSibling();
    }
    return answer;
  }

  private static boolean isOnlyQuestion(Element question) {
    Element box = question.parent();
    return box != null
        && box.children().stream()
                .filter(child -> QUESTION.matcher(child.className()).find() || child.is("details"))
                .count()
            == 1;
  }

  /** "Q" in a box before the question, without a point: read on, it would grow into the word. */
  private static void spellLetters(Document page) {
    for (Element box : page.select("span, i, b, strong, em, div, p")) {
      Element parent = box.parent();
      if (parent != null
          && box.childrenSize() == 0
          && LETTER.matcher(box.text()).matches()
          && isFirst(box)
          && parent.text().length() > box.text().length() + 1) {
        String text = box.text().strip();
        boolean marked = ".．:：".indexOf(text.charAt(text.length() - 1)) >= 0;
        box.replaceWith(new TextNode(marked ? text + " " : text + ". "));
      }
    }
  }

  private static boolean isFirst(Element box) {
    Node before = box.previousSibling();
    while (before instanceof TextNode text && text.isBlank()) {
      before = before.previousSibling();
    }
    return before == null;
  }
}
