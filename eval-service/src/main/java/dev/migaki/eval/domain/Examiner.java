package dev.migaki.eval.domain;

import static java.util.Objects.requireNonNull;

import dev.migaki.eval.domain.AnsweringModel.Answer;
import dev.migaki.eval.domain.AnsweringModel.InterruptedEvaluation;
import dev.migaki.eval.domain.AnsweringModel.Prompt;
import dev.migaki.eval.domain.AnsweringModel.PromptMessage;
import java.lang.Character.UnicodeScript;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks an exam's questions in three ways: the base model, the base model with a few-shot prompt,
 * the tuned model.
 *
 * <p>The tuned model answers beside the other two: decoding a small model keeps one core busy.
 */
public final class Examiner {
  private static final int LOOK_EVERY_MILLIS = 500;
  private static final String ALONE = "alone/";
  private static final String FEW_SHOT = "few-shot/";

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
   * @param abandoned asked about once a second, from the calling thread only; a true answer ends
   *     the exam with {@link InterruptedEvaluation}
   */
  public Grading.Answers ask(String baseModel, Path tunedModel, BooleanSupplier abandoned) {
    List<Prompt> plain =
        prompts(question -> List.of(new PromptMessage("user", question.question())));
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService beside = Executors.newSingleThreadExecutor();
    try {
      Future<Map<String, Answer>> tuned =
          beside.submit(() -> answers(baseModel, tunedModel, plain, "tuned", over::get));
      List<Prompt> untuned = new ArrayList<>();
      plain.forEach(prompt -> untuned.add(prompt.named(ALONE)));
      withShownPairs().forEach(prompt -> untuned.add(prompt.named(FEW_SHOT)));
      // one process: loading the model takes as long as a part of the answers
      Map<String, Answer> base = answers(baseModel, null, untuned, "base", abandoned);
      return new Grading.Answers(
          named(ALONE, base), named(FEW_SHOT, base), awaited(tuned, abandoned));
    } finally {
      over.set(true);
      beside.shutdown();
    }
  }

  private Map<String, Answer> answers(
      String baseModel,
      @Nullable Path modelDirectory,
      List<Prompt> prompts,
      String way,
      BooleanSupplier abandoned) {
    return model.answer(
        baseModel,
        modelDirectory,
        prompts,
        settings.maxNewTokens(),
        directory.resolve(way),
        abandoned);
  }

  private static Map<String, Answer> named(String way, Map<String, Answer> answers) {
    Map<String, Answer> named = new HashMap<>();
    answers.forEach(
        (id, answer) -> {
          if (id.startsWith(way)) {
            named.put(id.substring(way.length()), answer);
          }
        });
    return named;
  }

  private static Map<String, Answer> awaited(
      Future<Map<String, Answer>> answers, BooleanSupplier abandoned) {
    try {
      while (true) {
        try {
          return answers.get(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          if (abandoned.getAsBoolean()) {
            throw new InterruptedEvaluation("the evaluation is no longer ours");
          }
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedEvaluation("the service is going down");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException failure) {
        throw failure;
      }
      throw new IllegalStateException("the tuned model did not answer", e.getCause());
    }
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
