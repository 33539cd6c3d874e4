package dev.migaki.datasets.quality;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.RejectReason;
import dev.migaki.datasets.TextLanguage;
import dev.migaki.datasets.similarity.TextFold;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks one example by itself. */
public final class ExampleQuality {
  private static final Pattern PLACEHOLDER = Pattern.compile("<[A-Z][A-Z_]*_[0-9a-f]+>");

  /** Below that many characters a command or a price is an answer too. */
  private static final int LEAST_SHAPED = 60;

  private static final double LEAST_LETTERS = 0.4;
  private static final Pattern URL = Pattern.compile("https?://\\S+");
  private static final Pattern EMPTY_PHRASE =
      Pattern.compile(
          "(?i)[\\s\\p{Punct}。、…・ー―—]*(n/?a|tbd|tba|todo|none|null|なし|未定|準備中|工事中|調整中|作成中|略|同上|coming"
              + " soon)?[\\s\\p{Punct}。、…・ー―—]*");

  private static final Pattern LIST_OF_POINTERS =
      Pattern.compile(
          "(?is)(these|the following) (resources|links|pages|web ?sites) [^:]{0,160}:\\s*- .*|"
              + "(以下|次)の(資料|リンク|ページ|サイト)を(ご覧|ご参照|参照して)ください[。：:]?\\s*(・|- ).*");

  private final QualityLimits limits;

  public ExampleQuality(QualityLimits limits) {
    this.limits = limits;
  }

  /** Why the example is not worth training on; empty when it is. */
  public Optional<RejectReason> check(Example example) {
    String question = example.question().strip();
    String answer = example.answer().strip();
    if (!limits.languages().contains(example.language())) {
      return Optional.of(RejectReason.LANGUAGE_NOT_WANTED);
    }
    Optional<RejectReason> length = checkLength(question, answer, example.isPassage());
    if (length.isPresent()) {
      return length;
    }
    Optional<RejectReason> placeholders = checkPlaceholders(question, answer);
    if (placeholders.isPresent()) {
      return placeholders;
    }
    Optional<RejectReason> shape = checkShape(answer);
    if (shape.isPresent()) {
      return shape;
    }
    if (!sameLanguage(question, answer, example.language())) {
      return Optional.of(RejectReason.LANGUAGE_MISMATCH);
    }
    if (TextFold.fold(question).equals(TextFold.fold(answer))) {
      return Optional.of(RejectReason.ANSWER_REPEATS_QUESTION);
    }
    return Optional.empty();
  }

  /**
   * Why two answers are no pair that a preference can be learned from; empty when they are one, or
   * when there is only one. How good the other answer is does not matter: it is the worse one.
   *
   * @param messages end in the preferred answer
   * @param nonPreferred the other answer, null without one
   */
  public Optional<RejectReason> checkPair(List<Message> messages, @Nullable String nonPreferred) {
    if (nonPreferred == null) {
      return Optional.empty();
    }
    if (messages.isEmpty() || bare(nonPreferred).isEmpty()) {
      return Optional.of(RejectReason.PREFERENCE_INCOMPLETE);
    }
    if (nonPreferred.codePointCount(0, nonPreferred.length()) > limits.maxAnswerCharacters()) {
      return Optional.of(RejectReason.ANSWER_TOO_LONG);
    }
    return messages.get(messages.size() - 1).content().equals(nonPreferred)
        ? Optional.of(RejectReason.PREFERENCE_WITHOUT_DIFFERENCE)
        : Optional.empty();
  }

  private Optional<RejectReason> checkLength(String question, String answer, boolean passage) {
    int asked = question.codePointCount(0, question.length());
    if (TextFold.fold(URL.matcher(question).replaceAll(" ")).isEmpty()) {
      return Optional.of(RejectReason.QUESTION_TOO_SHORT);
    }
    int answered = answer.codePointCount(0, answer.length());
    if (asked < limits.minQuestionCharacters() || TextFold.fold(question).isEmpty()) {
      return Optional.of(RejectReason.QUESTION_TOO_SHORT);
    }
    if (asked > limits.maxQuestionCharacters()) {
      return Optional.of(RejectReason.QUESTION_TOO_LONG);
    }
    if (answered < limits.minAnswerCharacters() || EMPTY_PHRASE.matcher(answer).matches()) {
      return Optional.of(RejectReason.ANSWER_TOO_SHORT);
    }
    return answered > limits.maxAnswerCharacters()
            || passage && answered > limits.maxPassageCharacters()
        ? Optional.of(RejectReason.ANSWER_TOO_LONG)
        : Optional.empty();
  }

  private Optional<RejectReason> checkPlaceholders(String question, String answer) {
    if (bare(question).isEmpty() || bare(answer).isEmpty()) {
      return Optional.of(RejectReason.PLACEHOLDER_ONLY);
    }
    int removed = 0;
    Matcher placeholder = PLACEHOLDER.matcher(answer);
    while (placeholder.find()) {
      removed += placeholder.end() - placeholder.start();
    }
    return removed > answer.length() * limits.maxPlaceholderShare()
        ? Optional.of(RejectReason.TOO_MANY_PLACEHOLDERS)
        : Optional.empty();
  }

  private Optional<RejectReason> checkShape(String answer) {
    if (TextShape.isFrame(answer) || LIST_OF_POINTERS.matcher(answer).matches()) {
      return Optional.of(RejectReason.BOILERPLATE);
    }
    if (TextShape.repetition(answer) > limits.maxRepetition()) {
      return Optional.of(RejectReason.REPETITIVE);
    }
    boolean complex =
        TextShape.longestSentence(answer) > limits.maxSentenceCharacters()
            || answer.length() >= LEAST_SHAPED && TextShape.letters(answer) < LEAST_LETTERS;
    return complex ? Optional.of(RejectReason.TOO_COMPLEX) : Optional.empty();
  }

  private static String bare(String text) {
    return TextFold.fold(PLACEHOLDER.matcher(text).replaceAll(" "));
  }

  private static boolean sameLanguage(String question, String answer, String language) {
    // codes, addresses and numbers answer in any language
    if (answer.codePoints().filter(Character::isLetter).count() < 12) {
      return true;
    }
    return TextLanguage.of(question, language).equals(TextLanguage.of(answer, language));
  }
}
