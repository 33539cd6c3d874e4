package dev.migaki.datasets.teacher;

import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.extraction.Passage;
import dev.migaki.datasets.quality.StatedFacts;
import dev.migaki.datasets.similarity.ContentTerms;
import java.text.Normalizer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Holds a proposed pair against the passage it was made from. A model that was asked for the truth
 * still makes things up; what is kept here can be read in the document.
 *
 * <ul>
 *   <li>The evidence stands in the passage, letter for letter but for width and white space.
 *   <li>Numbers with their units, dates, codes and placeholders of the answer stand in the
 *       evidence, those of the question in the passage or its headings.
 *   <li>The answer denies something if and only if the sentences of the evidence do, and not more
 *       often: a quotation may leave the "not" out.
 *   <li>Most content words of the answer stand in these sentences, the headings or the question;
 *       and the question names nothing that the passage has in other sentences only.
 *   <li>Question and answer are in the passage's language.
 * </ul>
 */
final class EvidenceGuard {
  private static final int LEAST_EVIDENCE = 6;
  private static final double LEAST_SHARE_OF_WORDS = 0.6;
  private static final int LEAST_LETTERS_OF_A_LANGUAGE = 12;
  private static final String SENTENCE_ENDS = "。！？!?";

  /** A reply's "no" denies nothing by itself: the sentence behind it does. */
  private static final Pattern OPENING_NO = Pattern.compile("(?i)^\\W*no\\b\\s*[,.:;–—-]\\s*");

  private final String text;
  private final FoldedText folded;
  private final StatedDetails stated;
  private final String headings;
  private final String language;

  /**
   * @param documentLanguage BCP 47 tag of most of the document
   */
  EvidenceGuard(Passage passage, String documentLanguage) {
    text = passage.text();
    folded = new FoldedText(text);
    headings = String.join("\n", passage.headingPath());
    stated = StatedDetails.of(headings + "\n" + text);
    language = TextLanguage.of(text, documentLanguage);
  }

  /**
   * The guard's word.
   *
   * @param evidence where it stands in the passage's text; null when there is a problem
   * @param problem why the pair is not kept; null when it is
   */
  record Verdict(FoldedText.@Nullable Span evidence, @Nullable RejectReason problem) {}

  /** Language of the passage, BCP 47. */
  String language() {
    return language;
  }

  Verdict check(ProposedPair pair) {
    if (!pair.isComplete()) {
      return new Verdict(null, RejectReason.TEACHER_PAIR_INCOMPLETE);
    }
    Optional<FoldedText.Span> found =
        new FoldedText(pair.evidence()).length() < LEAST_EVIDENCE
            ? Optional.empty()
            : folded.find(pair.evidence());
    if (found.isEmpty()) {
      return new Verdict(null, RejectReason.TEACHER_EVIDENCE_NOT_FOUND);
    }
    FoldedText.Span evidence = found.get();
    RejectReason problem = problem(pair, evidence);
    return problem == null ? new Verdict(evidence, null) : new Verdict(null, problem);
  }

  private @Nullable RejectReason problem(ProposedPair pair, FoldedText.Span evidence) {
    String quoted = text.substring(evidence.from(), evidence.to());
    String sentences = sentences(evidence);
    if (!isOfLanguage(pair.question(), 1)
        || !isOfLanguage(pair.answer(), LEAST_LETTERS_OF_A_LANGUAGE)) {
      return RejectReason.LANGUAGE_MISMATCH;
    }
    if (!StatedDetails.of(pair.answer()).isProvenBy(StatedDetails.of(quoted))
        || !StatedDetails.of(pair.question()).isProvenBy(stated)) {
      return RejectReason.TEACHER_FACTS_UNPROVEN;
    }
    String answer = OPENING_NO.matcher(pair.answer()).replaceFirst("");
    int denied = StatedFacts.negations(answer.isBlank() ? pair.answer() : answer);
    int deniedThere = StatedFacts.negations(sentences);
    if (denied > deniedThere || (denied == 0) != (deniedThere == 0)) {
      return RejectReason.TEACHER_NEGATION_DIFFERS;
    }
    String known = normal(sentences + "\n" + headings);
    boolean proven =
        shareOfWords(pair.answer(), known + "\n" + normal(pair.question())) >= LEAST_SHARE_OF_WORDS
            && !asksAboutElsewhere(pair.question(), known);
    return proven ? null : RejectReason.TEACHER_WORDS_UNPROVEN;
  }

  private boolean isOfLanguage(String written, int leastLetters) {
    return written.codePoints().filter(Character::isLetter).count() < leastLetters
        || TextLanguage.of(written, language).equals(language);
  }

  /** Share of the content words that stand in a text, numbers aside; 1 without any. */
  private static double shareOfWords(String written, String known) {
    List<String> terms =
        ContentTerms.of(written).stream()
            .filter(term -> StatedFacts.of(term).numbers().isEmpty())
            .toList();
    long proven = terms.stream().filter(term -> stands(term, known)).count();
    return terms.isEmpty() ? 1 : (double) proven / terms.size();
  }

  private boolean asksAboutElsewhere(String question, String known) {
    String whole = normal(text);
    return ContentTerms.of(question).stream()
        .anyMatch(term -> !stands(term, known) && whole.contains(term));
  }

  /** Inflected words and longer compounds count where most of them stands. */
  private static boolean stands(String term, String known) {
    if (known.contains(term)) {
      return true;
    }
    if (term.charAt(0) < 0x250) {
      return term.length() > 5 && known.contains(term.substring(0, Math.max(4, term.length() - 3)));
    }
    if (term.length() < 3) {
      return false;
    }
    int found = 0;
    for (int i = 0; i + 2 <= term.length(); i++) {
      found += known.contains(term.substring(i, i + 2)) ? 1 : 0;
    }
    return found * 2 >= term.length() - 1;
  }

  /** The sentences that the evidence is a part of; rows of a table are sentences. */
  private String sentences(FoldedText.Span evidence) {
    int from = evidence.from();
    while (from > 0 && !endsSentence(from - 1)) {
      from--;
    }
    int to = evidence.to();
    while (to < text.length() && !endsSentence(to - 1)) {
      to++;
    }
    return text.substring(from, to);
  }

  private boolean endsSentence(int at) {
    char c = text.charAt(at);
    if (SENTENCE_ENDS.indexOf(c) >= 0) {
      return true;
    }
    if (c == '.') {
      return at + 1 == text.length() || Character.isWhitespace(text.charAt(at + 1));
    }
    return c == '\n' && (at + 1 == text.length() || !continues(at));
  }

  /** Whether a line goes on in the next: neither a row of a table nor an item of a list. */
  private boolean continues(int lineFeed) {
    int lineStart = text.lastIndexOf('\n', lineFeed - 1) + 1;
    int nextEnd = text.indexOf('\n', lineFeed + 1);
    String line = text.substring(lineStart, lineFeed);
    String next = text.substring(lineFeed + 1, nextEnd < 0 ? text.length() : nextEnd);
    List<String> both = List.of(line, next);
    return both.stream()
        .noneMatch(part -> part.isBlank() || part.contains(" | ") || part.matches("[・●■*–-].*"));
  }

  private static String normal(String written) {
    return Normalizer.normalize(written, Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
