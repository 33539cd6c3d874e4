package dev.migaki.eval.domain;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that answers many questions. */
public interface AnsweringModel {

  /** One message of a prompt. */
  record PromptMessage(String role, String content) {
    @Override
    public String toString() {
      return "PromptMessage[role=" + role + "]";
    }
  }

  /** A prompt and, where its likelihood is wanted, the reference answer. */
  record Prompt(String id, List<PromptMessage> messages, @Nullable String reference) {
    public Prompt {
      messages = List.copyOf(messages);
    }

    @Override
    public String toString() {
      return "Prompt[id=" + id + "]";
    }
  }

  /**
   * A model that is asked, and what.
   *
   * @param name a directory name, unlike the other ways'
   * @param modelDirectory unpacked adapter or full model, or null for the base model itself
   */
  record Way(String name, @Nullable Path modelDirectory, List<Prompt> prompts) {
    public Way {
      prompts = List.copyOf(prompts);
    }
  }

  /**
   * An answer; the log-likelihood is the mean per token of the reference in nats, NaN when it was
   * not asked for.
   */
  record Answer(String text, double referenceLogLikelihood) {
    @Override
    public String toString() {
      return "Answer[…]";
    }
  }

  /**
   * Answers greedily, so that the same model gives the same answers.
   *
   * @param baseModel name of the base model
   * @param workDirectory for files of this call
   * @param watch called about twice a second
   * @return answers by the way's name and the prompt's id
   */
  Map<String, Map<String, Answer>> answer(
      String baseModel, List<Way> ways, int maxNewTokens, Path workDirectory, Watch watch);

  /** Who waits for the answers. */
  interface Watch {

    /** Told how many of the questions of all ways are answered. */
    void answered(int answered, int questions);

    /** Whether to give up: then the call ends with {@link InterruptedEvaluation}. */
    boolean abandoned();
  }

  /** The call was given up; the evaluation can be done again. */
  final class InterruptedEvaluation extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InterruptedEvaluation(String message) {
      super(message);
    }
  }
}
