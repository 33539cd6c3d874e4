package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Text that labels its questions and answers: "Q: … A: …", 「質問：… 回答：…」, 「Q1 … A1 …」, within one
 * paragraph or over several. An answer goes on until the next question or heading.
 */
final class LabelledPairs implements ExtractionRule {
  private static final Pattern QUESTION =
      Pattern.compile(
          "^\\s*[(（\\[【]?\\s*(?:Q|Ｑ|q|問い?|質問|ご質問|お問い?合わせ|Question|Customer question)\\s*[-#]?\\s*[0-9０-９]{0,3}\\s*(?:[.:：．、)）\\]】]|\\s-\\s)+\\s*(.+)$",
          Pattern.DOTALL);
  private static final Pattern ANSWER =
      Pattern.compile(
          "^\\s*[(（\\[【]?\\s*(?:A|Ａ|a|答え?|回答|ご回答|Answer|Reply)\\s*[-#]?\\s*[0-9０-９]{0,3}\\s*(?:[.:：．、)）\\]】]|\\s-\\s)+\\s*(.*)$",
          Pattern.DOTALL);

  /** The answer without a label such as "A." in front. */
  static String withoutAnswerLabel(String answer) {
    Matcher labelled = ANSWER.matcher(answer.strip());
    return labelled.matches() && !labelled.group(1).isBlank() ? labelled.group(1).strip() : answer;
  }

  @Override
  public List<Candidate> apply(DocumentView document) {
    Reader reader = new Reader(document);
    for (int i = 0; i < document.size(); i++) {
      Block block = document.block(i);
      boolean text = block instanceof Block.Paragraph || block instanceof Block.ListItem;
      if (document.isTaken(i) || !(text || block instanceof Block.Heading)) {
        reader.close();
        continue;
      }
      if (block instanceof Block.Heading && !isLabelled(block.text())) {
        reader.close();
        continue;
      }
      for (String line : block.text().split("\n")) {
        reader.read(line, i);
      }
    }
    reader.close();
    return reader.candidates;
  }

  private static boolean isLabelled(String text) {
    return QUESTION.matcher(text).matches() || ANSWER.matcher(text).matches();
  }

  /** Collects lines into pairs; closed at headings and at the end. */
  private static final class Reader {
    private final DocumentView document;
    private final List<Candidate> candidates = new ArrayList<>();
    private final StringBuilder question = new StringBuilder();
    private final StringBuilder answer = new StringBuilder();
    private boolean answering;
    private int first = -1;
    private int last = -1;

    private Reader(DocumentView document) {
      this.document = document;
    }

    private void read(String line, int block) {
      Matcher asks = QUESTION.matcher(line);
      if (asks.matches()) {
        close();
        question.append(asks.group(1).strip());
        first = block;
        last = block;
        return;
      }
      if (first < 0 || line.isBlank()) {
        return;
      }
      Matcher answers = ANSWER.matcher(line);
      if (!answering && answers.matches()) {
        answering = true;
        append(answer, answers.group(1));
      } else {
        append(answering ? answer : question, line);
      }
      last = block;
    }

    private void close() {
      if (first >= 0 && answering && !answer.isEmpty()) {
        candidates.add(
            Candidate.pair("labelled-pair", question.toString(), answer.toString(), first, last));
        document.take(first, last);
      }
      question.setLength(0);
      answer.setLength(0);
      answering = false;
      first = -1;
    }

    private static void append(StringBuilder text, String line) {
      if (!line.isBlank()) {
        text.append(text.isEmpty() ? "" : "\n").append(line.strip());
      }
    }
  }
}
