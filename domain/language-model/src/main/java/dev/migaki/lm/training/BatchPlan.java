package dev.migaki.lm.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * Which examples form the batches of an epoch.
 *
 * <p>Examples of similar length share a batch, so little is padded; which ones, and the order of
 * batches, changes every epoch. Same examples, seed and epoch, same batches.
 */
final class BatchPlan {

  private static final int WINDOW_BATCHES = 12;

  private BatchPlan() {}

  /**
   * @param batchTokens most tokens of a batch, padding included; a single longer example is a batch
   *     of its own
   * @param multiple row lengths are multiples of it
   */
  static <E extends TrainingExample> List<List<E>> epoch(
      List<E> examples, int batchTokens, int multiple, long seed, int epoch) {
    Random random = new Random(mix(seed, epoch));
    List<E> shuffled = new ArrayList<>(examples);
    Collections.shuffle(shuffled, random);
    long tokens = tokens(examples);
    int window =
        (int)
            Math.max(
                8, (long) examples.size() * batchTokens * WINDOW_BATCHES / Math.max(1, tokens));
    List<List<E>> batches = new ArrayList<>();
    for (int start = 0; start < shuffled.size(); start += window) {
      List<E> part =
          new ArrayList<>(shuffled.subList(start, Math.min(shuffled.size(), start + window)));
      // stable, so equally long examples keep their random order
      part.sort(Comparator.comparingInt(TrainingExample::inputLength));
      addBatches(part, batchTokens, multiple, batches);
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  private static long tokens(List<? extends TrainingExample> examples) {
    return examples.stream().mapToLong(BatchPlan::tokens).sum();
  }

  private static long tokens(TrainingExample example) {
    return (long) example.inputLength() * example.rows();
  }

  private static <E extends TrainingExample> void addBatches(
      List<E> sorted, int batchTokens, int multiple, List<List<E>> batches) {
    List<E> open = new ArrayList<>();
    for (E example : sorted) {
      int rows = example.rows() * (open.size() + 1);
      if (!open.isEmpty() && padded(example.inputLength(), multiple) * rows > batchTokens) {
        batches.add(open);
        open = new ArrayList<>();
      }
      open.add(example);
    }
    if (!open.isEmpty()) {
      batches.add(open);
    }
  }

  /** Mixes seed and number so that neighbouring numbers give unrelated sequences. */
  static long mix(long seed, long number) {
    long mixed = seed * 0x9E3779B97F4A7C15L + number * 0xBF58476D1CE4E5B9L + 0x94D049BB133111EBL;
    mixed ^= mixed >>> 31;
    return mixed * 0x9E3779B97F4A7C15L;
  }

  /** The next multiple. */
  static int padded(int length, int multiple) {
    return (length + multiple - 1) / multiple * multiple;
  }

  /**
   * The batch with some question tokens left out.
   *
   * @param dropout share of question tokens left out
   * @param seed decides which
   */
  static List<ChatExample> thinned(List<ChatExample> examples, double dropout, long seed) {
    if (dropout <= 0) {
      return examples;
    }
    Random random = new Random(seed);
    return examples.stream().map(example -> thinned(example, dropout, random)).toList();
  }

  /**
   * Divides a batch into parts of about equally many tokens, each part of examples of similar
   * length. Fewer parts than wanted when there are fewer examples.
   */
  static <E extends TrainingExample> List<List<E>> parts(List<E> batch, int wanted) {
    List<E> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt(TrainingExample::inputLength));
    long total = tokens(batch);
    List<List<E>> parts = new ArrayList<>();
    List<E> open = new ArrayList<>();
    long done = 0;
    for (int i = 0; i < sorted.size(); i++) {
      E example = sorted.get(i);
      // the boundary nearest to an equal share: half of the example decides
      boolean full = (done + tokens(example) / 2.0) * wanted > total * (parts.size() + 1.0);
      if (full && !open.isEmpty() && parts.size() < wanted - 1) {
        parts.add(open);
        open = new ArrayList<>();
      }
      open.add(example);
      done += tokens(example);
    }
    parts.add(open);
    return parts;
  }

  /**
   * Divides a step's batch into passes, one after the other, and each pass among the lanes.
   *
   * @param passTokens most tokens of a pass, all lanes together, padding included; a single longer
   *     example is a pass of its own. 0 for one pass, whatever it holds
   * @param multiple row lengths are multiples of it
   * @return in the order of passes, then lanes
   */
  static <E extends TrainingExample> List<Share<E>> shares(
      List<E> batch, int passTokens, int multiple, int lanes) {
    List<Share<E>> shares = new ArrayList<>();
    List<List<E>> passes = passes(batch, passTokens, multiple);
    for (int pass = 0; pass < passes.size(); pass++) {
      List<List<E>> parts = parts(passes.get(pass), lanes);
      for (int lane = 0; lane < parts.size(); lane++) {
        shares.add(new Share<>(pass * lanes + lane, lane, parts.get(lane)));
      }
    }
    return shares;
  }

  private static <E extends TrainingExample> List<List<E>> passes(
      List<E> batch, int passTokens, int multiple) {
    if (passTokens <= 0) {
      return List.of(batch);
    }
    List<E> sorted = new ArrayList<>(batch);
    sorted.sort(Comparator.comparingInt(TrainingExample::inputLength));
    List<List<E>> passes = new ArrayList<>();
    addBatches(sorted, passTokens, multiple, passes);
    return passes;
  }

  /** A padded batch, its rows' length a multiple of {@code multiple}. */
  static TokenBatch batch(List<ChatExample> kept, int multiple) {
    int length =
        padded(kept.stream().mapToInt(ChatExample::inputLength).max().orElseThrow(), multiple);
    long[] inputs = new long[kept.size() * length];
    long[] targets = new long[inputs.length];
    float[] weights = new float[inputs.length];
    for (int row = 0; row < kept.size(); row++) {
      ChatExample example = kept.get(row);
      for (int i = 0; i < example.inputLength(); i++) {
        inputs[row * length + i] = example.tokens()[i];
        targets[row * length + i] = example.tokens()[i + 1];
        weights[row * length + i] = example.weights()[i + 1];
      }
    }
    return new TokenBatch(kept.size(), length, inputs, targets, weights);
  }

  private static ChatExample thinned(ChatExample example, double dropout, Random random) {
    int[] tokens = new int[example.tokens().length];
    float[] weights = new float[tokens.length];
    int length = 0;
    for (int i = 0; i < tokens.length; i++) {
      if (example.droppable()[i] && random.nextDouble() < dropout) {
        continue;
      }
      tokens[length] = example.tokens()[i];
      weights[length++] = example.weights()[i];
    }
    return new ChatExample(
        example.line(),
        Arrays.copyOf(tokens, length),
        Arrays.copyOf(weights, length),
        new boolean[length]);
  }
}
