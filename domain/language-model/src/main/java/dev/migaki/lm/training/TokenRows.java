package dev.migaki.lm.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Documents packed into rows of equal length for pre-training.
 *
 * <p>Short documents are never cut: first fit over a few open rows. Long ones are cut into full
 * rows, their rest is packed like a short one. Same documents and seed, same rows.
 */
public final class TokenRows {

  /** Marks a token that is context only: its loss has the context weight. */
  public static final int CONTEXT = 1 << 30;

  /** Fills a row behind its last document; never a target. */
  public static final int PADDING = -1;

  private static final int OPEN_ROWS = 24;

  private final int rowLength;
  private final List<int[]> rows = new ArrayList<>();

  private TokenRows(int rowLength) {
    this.rowLength = rowLength;
  }

  /**
   * Packs one epoch.
   *
   * @param documents token ids; ids marked {@link #CONTEXT} as wanted
   * @param context tokens that a row feeds to the model; rows hold one more, the last target
   * @param seed decides the order of documents and rows
   */
  public static TokenRows pack(List<int[]> documents, int context, long seed) {
    TokenRows packed = new TokenRows(context + 1);
    Random random = new Random(seed);
    int[] order = shuffled(documents.size(), random);
    List<int[]> open = new ArrayList<>();
    List<Integer> fill = new ArrayList<>();
    for (int index : order) {
      int[] document = documents.get(index);
      int start = 0;
      while (document.length - start > packed.rowLength) {
        packed.rows.add(Arrays.copyOfRange(document, start, start + packed.rowLength));
        // the last token is fed again, because as a target only it was not yet seen as input
        start += packed.rowLength - 1;
      }
      packed.place(document, start, open, fill);
    }
    packed.rows.addAll(open);
    java.util.Collections.shuffle(packed.rows, random);
    return packed;
  }

  private void place(int[] document, int start, List<int[]> open, List<Integer> fill) {
    int length = document.length - start;
    for (int i = 0; i < open.size(); i++) {
      if (fill.get(i) + length <= rowLength) {
        System.arraycopy(document, start, open.get(i), fill.get(i), length);
        fill.set(i, fill.get(i) + length);
        return;
      }
    }
    if (open.size() == OPEN_ROWS) {
      int fullest = 0;
      for (int i = 1; i < open.size(); i++) {
        if (fill.get(i) > fill.get(fullest)) {
          fullest = i;
        }
      }
      rows.add(open.remove(fullest));
      fill.remove(fullest);
    }
    int[] row = new int[rowLength];
    Arrays.fill(row, PADDING);
    System.arraycopy(document, start, row, 0, length);
    open.add(row);
    fill.add(length);
  }

  private static int[] shuffled(int size, Random random) {
    int[] order = new int[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    for (int i = size - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int swap = order[i];
      order[i] = order[j];
      order[j] = swap;
    }
    return order;
  }

  /** Number of rows. */
  public int size() {
    return rows.size();
  }

  /** One row of {@code context + 1} entries; not a copy. */
  int[] row(int index) {
    return rows.get(index);
  }
}
