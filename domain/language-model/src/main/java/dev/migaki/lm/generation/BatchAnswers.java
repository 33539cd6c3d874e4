package dev.migaki.lm.generation;

import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.GenerationResult.FinishReason;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Answers many prompts at once: prompts of similar length share a batch, finished rows leave it.
 *
 * <p>A row's answer does not depend on the batch it was in, up to rounding.
 */
public final class BatchAnswers {

  private final LanguageModel model;
  private final int batchSize;

  /**
   * @param batchSize rows decoded together; 32 to 64 suit a small model
   */
  public BatchAnswers(LanguageModel model, int batchSize) {
    this.model = model;
    this.batchSize = batchSize;
  }

  /**
   * @param prompts token ids
   * @param options the seed is varied by the prompt's index
   * @param finished told the number of finished prompts after each batch
   * @return answers in the order of the prompts
   * @throws PromptTooLongException when a prompt leaves no room for an answer
   */
  public List<GenerationResult> generate(
      List<int[]> prompts, GenerationOptions options, IntConsumer finished) {
    for (int[] prompt : prompts) {
      if (prompt.length >= model.config().maxPositions()) {
        throw new PromptTooLongException(prompt.length, model.config().maxPositions());
      }
    }
    List<Integer> order = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      order.add(i);
    }
    order.sort(Comparator.comparingInt(i -> prompts.get(i).length));
    GenerationResult[] results = new GenerationResult[prompts.size()];
    for (int start = 0; start < order.size(); start += batchSize) {
      List<Integer> part = order.subList(start, Math.min(order.size(), start + batchSize));
      answer(part, prompts, options, results);
      finished.accept(start + part.size());
    }
    return List.of(results);
  }

  private final class Row {
    private final int index;
    private final int[] prompt;
    private final int limit;
    private final TokenChoice choice;
    private int[] made = new int[0];
    private double logLikelihood;
    private boolean done;

    Row(int index, int[] prompt, GenerationOptions options) {
      this.index = index;
      this.prompt = prompt;
      this.limit = Math.min(options.maxTokens(), model.config().maxPositions() - prompt.length);
      this.choice =
          new TokenChoice(
              new GenerationOptions(
                  options.maxTokens(),
                  options.temperature(),
                  options.topP(),
                  options.stop(),
                  options.seed() + index));
    }

    /** Takes the next token; whether the answer has ended. */
    boolean advance(float[] logProbabilities) {
      int token = choice.pick(logProbabilities);
      made = Arrays.copyOf(made, made.length + 1);
      made[made.length - 1] = token;
      logLikelihood += logProbabilities[token];
      return model.endsAnswer(token) || made.length == limit;
    }

    GenerationResult result(List<String> stop) {
      int last = made.length == 0 ? -1 : made[made.length - 1];
      IncrementalText text = new IncrementalText(model.tokenizer(), stop);
      FinishReason reason = model.endsAnswer(last) ? FinishReason.STOP : FinishReason.LENGTH;
      for (int token : made) {
        if (!model.endsAnswer(token)) {
          text.add(token);
        }
      }
      text.finish();
      return new GenerationResult(
          text.text(),
          prompt.length,
          made.length,
          text.stopped() ? FinishReason.STOP : reason,
          logLikelihood);
    }
  }

  private void answer(
      List<Integer> indices,
      List<int[]> prompts,
      GenerationOptions options,
      GenerationResult[] results) {
    List<Row> active = new ArrayList<>();
    indices.forEach(index -> active.add(new Row(index, prompts.get(index), options)));
    int longest = active.stream().mapToInt(row -> row.prompt.length).max().orElse(0);
    int capacity = longest + active.stream().mapToInt(row -> row.limit).max().orElse(0);
    try (Decoding decoding = new Decoding(model, active.size(), capacity)) {
      float[][] logProbabilities =
          decoding.prompts(active.stream().map(row -> row.prompt).toList());
      while (true) {
        for (int i = 0; i < active.size(); i++) {
          Row row = active.get(i);
          if (!row.done && row.advance(logProbabilities[i])) {
            results[row.index] = row.result(options.stop());
            row.done = true;
          }
        }
        int[] unfinished =
            IntStream.range(0, active.size()).filter(i -> !active.get(i).done).toArray();
        if (unfinished.length == 0) {
          return;
        }
        // dropping rows copies the cache, so a few finished ones are carried along
        if (unfinished.length * 4 <= active.size() * 3) {
          decoding.keepRowsInPlace(unfinished);
          List<Row> remaining = Arrays.stream(unfinished).mapToObj(active::get).toList();
          active.clear();
          active.addAll(remaining);
        }
        logProbabilities =
            decoding.next(active.stream().mapToInt(row -> row.made[row.made.length - 1]).toArray());
      }
    }
  }
}
