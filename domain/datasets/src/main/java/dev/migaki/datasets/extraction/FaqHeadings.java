package dev.migaki.datasets.extraction;

import dev.migaki.datasets.similarity.TextFold;
import dev.migaki.documents.Block;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Headings that ask, answered by their section; and, in documents with at least two questions,
 * paragraphs that are nothing but a question, answered by what follows.
 */
final class FaqHeadings implements ExtractionRule {
  private static final int LEAST_BARE_QUESTIONS = 2;

  /** What pages ask their readers, and no reader asks the company. */
  private static final Pattern ASKED_OF_READERS =
      Pattern.compile(
          "(?i)\\W*(?:(?:was|is|did) (?:this|that|the)(?: \\w+){0,3}?(?: page| article| answer| information| topic| content)?(?: \\w+){0,2}? (?:help|helpful|useful|answer your question)(?: to you| you)?"
              + "|(?:need|want|looking for|got) (?:any )?(?:more |further |additional )?(?:help|support|assistance|information|questions)(?: .{0,30})?"
              + "|(?:do you |still |you )*(?:have|having|got) (?:any |more |other |further |additional |a )*(?:questions?|feedback|suggestions?|comments?|problems?|trouble|issues?)(?: .{0,30})?"
              + "|still (?:need|stuck|not sure).{0,30}|(?:didn['’]t|did not|can['’]t|cannot) find (?:what|your|the|an).{0,50}|what do you think|any (?:other |more )?questions"
              + "|(?:この|こちらの)?(?:ページ|記事|情報|回答|内容)?(?:は|が)?(?:お)?役に(?:立ち|たち)ましたか|(?:問題|疑問)?は?解決(?:でき|し)ましたか|(?:他に|まだ)?(?:ご)?(?:質問|不明(?:な)?点|お困り(?:のこと)?)(?:は|が)?(?:ございますか|ありますか|ですか)|お困りですか"
              + ")[?？。\\s]*");

  @Override
  public List<Candidate> apply(DocumentView document) {
    List<Candidate> candidates = new ArrayList<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.isTaken(i) || !(document.block(i) instanceof Block.Heading heading)) {
        continue;
      }
      if (isAskedOfReaders(heading.text())) {
        document.take(i, document.bodyEnd(i) - 1);
      } else if (QuestionShape.asks(heading.text()) || QuestionShape.isLabelled(heading.text())) {
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
    Set<String> asked = askedElsewhere(document);
    List<Integer> bare = new ArrayList<>();
    for (int i = 0; i + 1 < document.size(); i++) {
      if (!document.isTaken(i)
          && isText(document.block(i))
          && QuestionShape.asksWithMark(document.block(i).text())
          && !asked.contains(key(document.block(i).text()))
          && !isAskedOfReaders(document.block(i).text())
          && isText(document.block(i + 1))
          && !QuestionShape.asksWithMark(document.block(i + 1).text())) {
        bare.add(i);
      }
    }
    return bare;
  }

  /** Questions of headings and declared pairs: a line that repeats one is a table of contents. */
  private static Set<String> askedElsewhere(DocumentView document) {
    Set<String> asked = new HashSet<>();
    for (int i = 0; i < document.size(); i++) {
      if (document.block(i) instanceof Block.Heading heading) {
        asked.add(key(heading.text()));
      } else if (document.block(i) instanceof Block.QuestionAnswer pair) {
        asked.add(key(pair.question()));
      }
    }
    return asked;
  }

  private static String key(String question) {
    return TextFold.fold(QuestionShape.withoutNumbering(question));
  }

  private static boolean isAskedOfReaders(String question) {
    return ASKED_OF_READERS.matcher(question.strip()).matches();
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
