package dev.migaki.datasets.extraction;

import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Pairs that the format itself declares: FAQPage markup, details/summary, definition lists. */
final class DeclaredPairs implements ExtractionRule {
  private static final Pattern NAVIGATION =
      Pattern.compile(
          "(?is)すべての(スライド|項目)|もっと見る|詳細(を見る)?|メニュー|目次|(show|read|see) (all|more).*|menu|contents"
              + "|details|[^\\n]+\\n[^\\n]+\\n.*");

  /** A term of a definition list does not ask; a question is made of it. */
  private static String question(String asked) {
    boolean asks = QuestionShape.asks(asked) || asked.contains("\n") || asked.length() > MOST_TERM;
    boolean sentence =
        asked.matches(
            "(?is).*([。.!！]|ください|ます|たい)\\s*$|^(how|what|when|where|who|why|which|can|do|does|is|are|i|my|please)\\b.*");
    if (asks || sentence) {
      return asked;
    }
    boolean japanese = asked.codePoints().anyMatch(c -> c >= 0x3041 && c <= 0x9FFF);
    return japanese ? asked + "について教えてください。" : "What is " + asked + "?";
  }

  private static final int MOST_TERM = 40;

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.block(i) instanceof Block.QuestionAnswer pair) {
        String asked = QuestionShape.withoutNumbering(pair.question());
        if (!NAVIGATION.matcher(asked).matches()) {
          candidates.add(
              Candidate.pair(
                  "declared-pair",
                  question(asked),
                  LabelledPairs.withoutAnswerLabel(pair.answer()),
                  i,
                  i));
        }
        document.take(i, i);
      }
    }
    return candidates;
  }
}
