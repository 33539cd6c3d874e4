package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Headings that ask, answered by their section; and, in documents with at least two questions,
 * paragraphs that are nothing but a question, answered by what follows.
 */
final class FaqHeadings implements ExtractionRule {
  private static final int LEAST_BARE_QUESTIONS = 2;

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (!document.isTaken(i)
          && document.block(i) instanceof Block.Heading heading
          && QuestionShape.asks(heading.text())) {
        add(candidates, document, i, document.bodyEnd(i), heading.text(), "faq-heading");
      }
    }
    List<Integer> bare = bareQuestions(document);
    long declared =
        IntStream.range(0, document.size())
            .filter(i -> document.block(i) instanceof Block.QuestionAnswer)
            .count();
    if (!bare.isEmpty() && bare.size() + declared >= LEAST_BARE_QUESTIONS) {
      for (int i : bare) {
        add(candidates, document, i, bareEnd(document, i), document.block(i).text(), "faq-line");
      }
    }
    return candidates;
  }

  private static void add(
      List<Candidate> candidates,
      DocumentView document,
      int index,
      int end,
      String question,
      String extractor) {
    int stop = index + 1;
    while (stop < end && !document.isTaken(stop)) {
      stop++;
    }
    String answer = LabelledPairs.withoutAnswerLabel(SectionText.of(document, index + 1, stop));
    if (!answer.isBlank()) {
      candidates.add(
          Candidate.pair(
              extractor, QuestionShape.withoutNumbering(question), answer, index, stop - 1));
      document.take(index, stop - 1);
    }
  }

  private static List<Integer> bareQuestions(DocumentView document) {
    List<Integer> bare = new ArrayList<>();
    for (int i = 0; i + 1 < document.size(); i++) {
      if (!document.isTaken(i)
          && isText(document.block(i))
          && QuestionShape.asksWithMark(document.block(i).text())
          && isText(document.block(i + 1))
          && !QuestionShape.asksWithMark(document.block(i + 1).text())) {
        bare.add(i);
      }
    }
    return bare;
  }

  private static int bareEnd(DocumentView document, int question) {
    int end = question + 1;
    while (end < document.size()
        && isText(document.block(end))
        && !QuestionShape.asksWithMark(document.block(end).text())) {
      end++;
    }
    return end;
  }

  private static boolean isText(Block block) {
    return block instanceof Block.Paragraph || block instanceof Block.ListItem;
  }
}
