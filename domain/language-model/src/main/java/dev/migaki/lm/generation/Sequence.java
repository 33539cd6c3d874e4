package dev.migaki.lm.generation;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationOptions.Format;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.GenerationResult.FinishReason;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TokenLogprob;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One answer's state while it is in the batch; used by the engine's thread alone. */
final class Sequence {

  private final LanguageModel model;
  private final int[] prompt;
  private final GenerationOptions options;
  private final @Nullable LoadedAdapter adapter;
  private final RunningAnswer answer;
  private final TokenChoice choice;
  private final IncrementalText text;
  private final List<TokenLogprob> logprobs = new ArrayList<>();
  private final int limit;
  private int reported;
  private int made;
  private int cached;
  private int stored;
  private int lastToken;
  private double logLikelihood;
  private boolean released;

  /**
   * @param prompt token ids, fewer than the model's context
   */
  Sequence(
      LanguageModel model,
      int[] prompt,
      GenerationOptions options,
      @Nullable LoadedAdapter adapter,
      RunningAnswer answer) {
    this.model = model;
    this.prompt = prompt;
    this.options = options;
    this.adapter = adapter;
    this.answer = answer;
    this.limit = Math.min(options.maxTokens(), model.config().maxPositions() - prompt.length);
    this.choice =
        new TokenChoice(
            options,
            prompt,
            options.format() == Format.JSON_OBJECT ? new JsonConstraint(model.tokenBytes()) : null);
    this.text = new IncrementalText(model.tokenBytes(), options.stop());
  }

  int[] prompt() {
    return prompt;
  }

  @Nullable LoadedAdapter adapter() {
    return adapter;
  }

  RunningAnswer answer() {
    return answer;
  }

  /** Most tokens that its row of the cache will hold. */
  int longest() {
    return prompt.length + limit;
  }

  /** Tokens whose keys and values are in the cache. */
  int stored() {
    return stored;
  }

  void addStored(int tokens) {
    stored += tokens;
  }

  /** Notes that the prompt's first tokens were known. */
  void reuse(int tokens) {
    cached = tokens;
    stored = tokens;
  }

  /** The token whose successor is wanted. */
  int lastToken() {
    return lastToken;
  }

  /** Whether its distribution is looked at: if not, the likeliest token and its score suffice. */
  boolean needsScores() {
    return !choice.takesTheLikeliest() || options.topLogprobs() >= 0;
  }

  /**
   * Chooses from a distribution.
   *
   * @param logits {@code [V]}, changed in place
   * @return whether the answer has ended
   */
  boolean advance(float[] logits) {
    float[] logProbabilities = logProbabilities(logits);
    int token = choice.pickInPlace(logits);
    if (token < 0) {
      return finish(FinishReason.LENGTH);
    }
    int alternatives = options.topLogprobs();
    return take(
        token,
        logProbabilities[token],
        alternatives < 0
            ? null
            : new TokenReport(model.tokenBytes(), logProbabilities, alternatives));
  }

  private static float[] logProbabilities(float[] logits) {
    float largest = logits[TokenChoice.likeliest(logits)];
    double sum = 0;
    for (float logit : logits) {
      sum += Math.exp(logit - largest);
    }
    float total = (float) (largest + Math.log(sum));
    float[] logProbabilities = new float[logits.length];
    for (int i = 0; i < logits.length; i++) {
      logProbabilities[i] = logits[i] - total;
    }
    return logProbabilities;
  }

  /** Takes the likeliest token. */
  boolean advance(int token, float logProbability) {
    return take(token, logProbability, null);
  }

  private boolean take(int token, float logProbability, @Nullable TokenReport report) {
    lastToken = token;
    made++;
    logLikelihood += logProbability;
    if (model.endsAnswer(token)) {
      return finish(FinishReason.STOP);
    }
    choice.take(token);
    if (report != null) {
      logprobs.add(report.of(token));
    }
    deliver(text.add(token));
    if (text.stopped() || choice.complete()) {
      return finish(FinishReason.STOP);
    }
    return made == limit && finish(FinishReason.LENGTH);
  }

  private void deliver(String piece) {
    if (!piece.isEmpty()) {
      answer.piece(piece, List.copyOf(logprobs.subList(reported, logprobs.size())));
      reported = logprobs.size();
    }
  }

  /** Ends the answer and lets its adapter go; always true. */
  boolean finish(FinishReason reason) {
    String rest = text.finish();
    if (!rest.isEmpty() || reported < logprobs.size()) {
      answer.piece(rest, List.copyOf(logprobs.subList(reported, logprobs.size())));
    }
    answer.finished(
        new GenerationResult(
            text.text(), prompt.length, cached, made, reason, logLikelihood, logprobs));
    release();
    return true;
  }

  /** Ends the answer with a failure and lets its adapter go. */
  void fail(RuntimeException failure) {
    answer.failed(failure);
    release();
  }

  private void release() {
    if (adapter != null && !released) {
      released = true;
      adapter.release();
    }
  }
}
