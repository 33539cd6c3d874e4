package dev.migaki.eval.domain;

import static java.util.Objects.requireNonNull;

import dev.migaki.eval.domain.AnsweringModel.Answer;
import dev.migaki.eval.domain.AnsweringModel.Prompt;
import dev.migaki.eval.domain.AnsweringModel.PromptMessage;
import dev.migaki.eval.domain.AnsweringModel.Watch;
import dev.migaki.eval.domain.AnsweringModel.Way;
import java.lang.Character.UnicodeScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks an exam's questions in three ways: the base model, the base model with a few-shot prompt,
 * the tuned model.
 */
public final class Examiner {
  private static final String BASE = "base";
  private static final String FEW_SHOT = "few-shot";
  private static final String TUNED = "tuned";

  private final AnsweringModel model;
  private final Exam exam;
  private final GateSettings settings;
  private final Path directory;

  /** The directory is for files of this exam. */
  public Examiner(AnsweringModel model, Exam exam, GateSettings settings, Path directory) {
    this.model = model;
    this.exam = exam;
    this.settings = settings;
    this.directory = directory;
  }

  /**
   * All answers.
   *
   * @param tunedModel unpacked adapter or full model
   * @throws AnsweringModel.InterruptedEvaluation when the watch gives up
   */
  public Grading.Answers ask(String baseModel, Path tunedModel, Watch watch) {
    List<Prompt> plain =
        prompts(question -> List.of(new PromptMessage("user", question.question())));
    Map<String, Map<String, Answer>> answers =
        model.answer(
            baseModel,
            List.of(
                new Way(BASE, null, plain),
                new Way(FEW_SHOT, null, withShownPairs()),
                new Way(TUNED, tunedModel, plain)),
            settings.maxNewTokens(),
            directory,
            watch);
    return new Grading.Answers(
        requireNonNull(answers.get(BASE), BASE),
        requireNonNull(answers.get(FEW_SHOT), FEW_SHOT),
        requireNonNull(answers.get(TUNED), TUNED));
  }

  private List<Prompt> withShownPairs() {
    Map<String, FewShotPrompt> shown = new LinkedHashMap<>();
    for (ExamQuestion question : exam.questions()) {
      shown.computeIfAbsent(question.language(), this::shownPairs);
    }
    return prompts(
        question ->
            requireNonNull(shown.get(question.language()), "language").around(question.question()));
  }

  private FewShotPrompt shownPairs(String language) {
    List<TrainedPair> sameLanguage =
        exam.trained().stream()
            .filter(pair -> language.equals("ja") == containsKana(pair.answer()))
            .toList();
    return FewShotPrompt.ofShortest(sameLanguage, settings.fewShotExamples());
  }

  private static boolean containsKana(String text) {
    return text.codePoints()
        .mapToObj(UnicodeScript::of)
        .anyMatch(script -> script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA);
  }

  private List<Prompt> prompts(Function<ExamQuestion, List<PromptMessage>> messages) {
    List<Prompt> prompts = new ArrayList<>();
    for (ExamQuestion question : exam.questions()) {
      prompts.add(
          new Prompt(
              question.id(),
              messages.apply(question),
              question.isAnswerable() ? question.reference() : null));
    }
    return prompts;
  }
}
