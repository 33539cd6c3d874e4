package dev.migaki.datasets.augmentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.datasets.quality.StatedFacts;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuestionRewriterTest {
  private static final List<String> ENGLISH =
      List.of(
          "How do I reset my password?",
          "What is the shipping fee?",
          "Can I cancel my order?",
          "How long does delivery take?",
          "How much does the filter cost?",
          "What can you tell me about spare parts?",
          "Where can I find the serial number?",
          "I bought it 3 weeks ago and it is broken. What can I do?");
  private static final List<String> JAPANESE =
      List.of(
          "送料はいくらですか？",
          "返品はできますか？",
          "パスワードを変更するにはどうすればよいですか？",
          "営業時間について教えてください。",
          "フィルターの交換方法を教えてください。",
          "商品はいつ届きますか？",
          "保証期間は何年ですか？",
          "先週買った加湿器が動きません。どうすればいいですか？");

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void shouldHaveAtLeastTenTemplatesWhenAskedForTraining(String language) {
    // When
    Set<String> templates = templates(language, Family.TRAINING);

    // Then
    assertThat(templates).hasSizeGreaterThanOrEqualTo(10);
  }

  @ParameterizedTest
  @CsvSource({"en, Where can I find the serial number?", "ja, 製造番号はどこにありますか？"})
  void shouldKeepMeaningWhenAnyCourtesyStandsAround(String language, String question) {
    // Given
    Courtesies courtesies = new Courtesies(language);
    WordingGuard guard = new WordingGuard(question);

    // When
    List<Wording> wordings = courtesies.around(question, 1, 1000);

    // Then
    assertThat(wordings)
        .hasSizeGreaterThan(25)
        .doesNotHaveDuplicates()
        .isNotEqualTo(courtesies.around(question, 2, 1000))
        .allMatch(wording -> guard.keepsMeaning(wording.question()))
        .allMatch(wording -> wording.question().contains(question.substring(1)));
  }

  @Test
  void shouldGoOnWithSmallLetterWhenCourtesyEndsWithCommaOrColon() {
    // When
    List<Wording> wordings = new Courtesies("en").around("Is it heavy", 1, 1000);

    // Then
    assertThat(wordings)
        .extracting(Wording::question)
        .contains("Hi, is it heavy.", "By the way, is it heavy.", "Good morning. Is it heavy.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void shouldShareNoWordingWhenFamiliesAreCompared(String language) {
    // Given
    QuestionRewriter rewriter = new QuestionRewriter(1, 0);

    // When
    Set<String> both = new HashSet<>();
    for (String question : questions(language)) {
      Set<String> training = new HashSet<>();
      rewriter.forTraining(question, language, 1000).forEach(w -> training.add(w.question()));
      rewriter.heldOut(question, language).stream()
          .map(Wording::question)
          .filter(training::contains)
          .forEach(both::add);
    }

    // Then
    assertThat(both).isEmpty();
    assertThat(templates(language, Family.RESERVED))
        .isNotEmpty()
        .doesNotContainAnyElementsOf(templates(language, Family.TRAINING));
  }

  @ParameterizedTest
  @CsvSource({
    "en, Never wash the HEPA filter; only the grey mesh may be rinsed.",
    "ja, HEPAは水洗い厳禁で、洗えるのは灰色の網だけです。24時間乾かしてください。"
  })
  void shouldAskByWordsOfTheAnswerWhenItHasSome(String language, String answer) {
    // Given
    QuestionRewriter rewriter = new QuestionRewriter(1, 0);

    // When
    List<Wording> wordings = rewriter.byAnswerWords(answer, language, 40);

    // Then
    assertThat(wordings).hasSize(40).isEqualTo(rewriter.byAnswerWords(answer, language, 40));
    List<String> words = AnswerWords.of(answer, language);
    assertThat(wordings)
        .allSatisfy(
            wording ->
                assertThat(words.stream().filter(wording.question()::contains).count())
                    .isGreaterThanOrEqualTo(2));
    assertThat(wordings.stream().map(Wording::question).distinct().count()).isGreaterThan(15);
    assertThat(wordings).extracting(Wording::template).containsOnly(language + "-answer-words");
  }

  @Test
  void shouldTakeWholeJapaneseWordsOfAnAnswer() {
    // Given
    String answer =
        "商品到着後14日以内であれば、未開封の商品に限り<PERSON_1>様へAL-200を返品できます。"
            + "洗えるのは灰色の網だけです。届かない場合は、それも経理課までお問い合わせください。";

    // When / Then
    assertThat(AnswerWords.of(answer, "ja"))
        .containsExactly("商品到着後14日以内", "未開封", "商品", "AL-200", "返品", "灰色", "網", "経理課", "お問い合わせ");
  }

  @ParameterizedTest
  @CsvSource({"en, Yes.", "en, <PERSON_1> <PHONE_NUMBER_1>", "ja, はい。"})
  void shouldAskNothingWhenTheAnswerHasNoWordsOfItsOwn(String language, String answer) {
    // Given
    QuestionRewriter rewriter = new QuestionRewriter(1, 0);

    // When / Then
    assertThat(rewriter.byAnswerWords(answer, language, 3)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void shouldKeepNumbersAndNegationWhenQuestionIsReworded(String language) {
    // Given
    QuestionRewriter rewriter = new QuestionRewriter(1, 0.15);

    for (String question : questions(language)) {
      // When
      List<Wording> wordings = rewriter.forTraining(question, language, 50);

      // Then
      StatedFacts stated = StatedFacts.of(question);
      assertThat(wordings)
          .isNotEmpty()
          .allSatisfy(
              wording -> {
                StatedFacts after = StatedFacts.of(wording.question());
                assertThat(after.values()).isEqualTo(stated.values());
                assertThat(after.negated()).isEqualTo(stated.negated());
              });
    }
  }

  @Test
  void shouldGiveTheSameWordingsWhenSeedIsTheSame() {
    // When
    List<Wording> first = new QuestionRewriter(5, 0.1).forTraining(JAPANESE.get(0), "ja", 8);
    List<Wording> second = new QuestionRewriter(5, 0.1).forTraining(JAPANESE.get(0), "ja", 8);
    List<Wording> other = new QuestionRewriter(6, 0.1).forTraining(JAPANESE.get(0), "ja", 8);

    // Then
    assertThat(second).isEqualTo(first).hasSize(8);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void shouldPutTyposIntoAtMostTheAskedShareWhenThereAreMany() {
    // Given
    QuestionRewriter rewriter = new QuestionRewriter(3, 0.15);

    // When
    List<Wording> wordings =
        ENGLISH.stream().flatMap(q -> rewriter.forTraining(q, "en", 100).stream()).toList();

    // Then
    long typos = wordings.stream().filter(w -> w.template().endsWith("+typo")).count();
    assertThat((double) typos / wordings.size()).isBetween(0.02, 0.20);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "送料はいくらですか | 送料はいくらか",
        "商品はいつ届きますか | 商品はいつ届くか",
        "返品はできますか | 返品はできるか",
        "どこで買えますか | どこで買えるか",
        "保証は付いていますか | 保証は付いているか",
        "費用はかかりますか | 費用はかかるか",
        "予約は必要でしょうか | 予約は必要か"
      })
  void shouldMakeClauseWhenVerbFormIsKnown(String question, String clause) {
    // When
    var found = JapaneseForms.clause(question);

    // Then
    assertThat(found).contains(clause);
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ja"})
  void shouldShipSixtyDeclinesAndMoreWhenLanguageIsKnown(String language) {
    // Given
    DeclineQuestions declines = new DeclineQuestions(1);

    // When
    var training = declines.of(language, true, Set.of());
    var test = declines.of(language, false, Set.of());

    // Then
    assertThat(training.size() + test.size()).isGreaterThanOrEqualTo(60);
    assertThat(test).hasSizeGreaterThanOrEqualTo(20);
    assertThat(training).extracting(e -> e.answer()).containsOnly(DeclineQuestions.reply(language));
    assertThat(training)
        .extracting(e -> e.question())
        .doesNotContainAnyElementsOf(test.stream().map(e -> e.question()).toList());
  }

  @Test
  void shouldNotInventWhatTheDatasetMentionsWhenNamesAreChosen() {
    // Given
    DeclineQuestions declines = new DeclineQuestions(1);
    List<String> texts = List.of("What is new?", "The QUORVEX is our newest product.");

    // When
    Set<String> mentioned = DeclineQuestions.mentionedIn(texts);
    var training = declines.of("en", true, mentioned);
    var test = declines.of("en", false, mentioned);

    // Then
    assertThat(training).noneMatch(e -> e.question().contains("Quorvex"));
    assertThat(test).noneMatch(e -> e.question().contains("Quorvex"));
    assertThat(mentioned).hasSize(1);
  }

  private static Set<String> templates(String language, Family family) {
    QuestionRewriter rewriter = new QuestionRewriter(1, 0);
    Set<String> templates = new TreeSet<>();
    for (String question : questions(language)) {
      List<Wording> wordings =
          family == Family.TRAINING
              ? rewriter.forTraining(question, language, 1000)
              : rewriter.heldOut(question, language);
      wordings.forEach(wording -> templates.add(wording.template()));
    }
    return templates;
  }

  private static List<String> questions(String language) {
    return language.equals("ja") ? JAPANESE : ENGLISH;
  }
}
