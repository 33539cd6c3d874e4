package dev.migaki.datasets.similarity;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts that are nearly the same among many, by MinHash and locality-sensitive hashing; every
 * hit is verified by its exact Jaccard similarity. Fast and nearly complete; where completeness is
 * a promise, use {@link SimilarTextGuard}.
 *
 * <p>It keeps neither texts nor shingles, which would be ten times as large as the index: what a
 * hit is verified against is asked of the caller and made anew, the last {@value #REMEMBERED}
 * excepted. What is kept of a text are 16 keys of 32 bits in chained hash tables, about 200 bytes;
 * keys that agree by chance cost a verification and change nothing. Used by one thread.
 */
public final class NearDuplicateIndex {
  private static final int REMEMBERED = 1 << 14;
  private static final int NONE = -1;
  private static final int UNUSED = -2;

  private final double threshold;
  private final IntFunction<String> texts;
  private final Shingles[] remembered = new Shingles[REMEMBERED];
  private final int[] rememberedNumbers = new int[REMEMBERED];

  /** Slot to its newest entry; an entry's number is its text's times 16 plus its band's. */
  private int[] newest = filled(1 << 10);

  private int[] keys = new int[1 << 10];
  private int[] before = new int[1 << 10];
  private int count;

  private @Nullable Shingles lastText;
  private long @Nullable [] lastKeys;

  /**
   * @param threshold least Jaccard similarity of a hit, 0 to 1
   * @param texts the text that was added under a number; the same whenever it is asked for
   */
  public NearDuplicateIndex(double threshold, IntFunction<String> texts) {
    this.threshold = threshold;
    this.texts = texts;
    Arrays.fill(rememberedNumbers, NONE);
  }

  /**
   * Adds a text, of which {@code texts} has to know from now on.
   *
   * @return its number, from 0
   */
  public int add(Shingles text) {
    int number = count++;
    grow();
    if (text.size() == 0) {
      int first = number * MinHash.BANDS;
      Arrays.fill(before, first, first + MinHash.BANDS, UNUSED);
    } else {
      long[] bands = bandKeys(text);
      for (int band = 0; band < MinHash.BANDS; band++) {
        link(number * MinHash.BANDS + band, (int) bands[band]);
      }
      remember(number, text);
    }
    return number;
  }

  /** Numbers of the added texts that are nearly the same as this one, ascending. */
  public List<Integer> similarTo(Shingles text) {
    if (text.size() == 0) {
      return List.of();
    }
    List<Integer> similar = new ArrayList<>();
    for (int number : candidates(text)) {
      if (shingles(number).jaccard(text) >= threshold) {
        similar.add(number);
      }
    }
    return similar;
  }

  /** Numbers of the texts that share a key with this one, each once, ascending. */
  private int[] candidates(Shingles text) {
    IntStream.Builder candidates = IntStream.builder();
    for (long band : bandKeys(text)) {
      int key = (int) band;
      for (int entry = newest[slot(key)]; entry != NONE; entry = before[entry]) {
        if (keys[entry] == key) {
          candidates.add(entry / MinHash.BANDS);
        }
      }
    }
    return candidates.build().sorted().distinct().toArray();
  }

  /** What was asked for is usually added next. */
  private long[] bandKeys(Shingles text) {
    if (lastKeys == null || lastText != text) {
      lastKeys = MinHash.bandKeys(text);
      lastText = text;
    }
    return lastKeys;
  }

  private Shingles shingles(int number) {
    int place = number % REMEMBERED;
    @Nullable Shingles known = rememberedNumbers[place] == number ? remembered[place] : null;
    if (known != null) {
      return known;
    }
    Shingles made = Shingles.of(texts.apply(number));
    remember(number, made);
    return made;
  }

  private void remember(int number, Shingles text) {
    remembered[number % REMEMBERED] = text;
    rememberedNumbers[number % REMEMBERED] = number;
  }

  private int slot(int key) {
    // bands of the same texts differ in all bits, so the lowest ones will do
    return key & (newest.length - 1);
  }

  private void link(int entry, int key) {
    keys[entry] = key;
    before[entry] = newest[slot(key)];
    newest[slot(key)] = entry;
  }

  /** Makes room for one more text; the chains are made anew when there are more keys than slots. */
  private void grow() {
    int entries = Math.multiplyExact(count, MinHash.BANDS);
    if (entries <= keys.length) {
      return;
    }
    int length = (int) Math.min(Integer.MAX_VALUE - 16L, keys.length + (keys.length >> 1) + 16L);
    keys = Arrays.copyOf(keys, length);
    before = Arrays.copyOf(before, length);
    if (length > newest.length && newest.length < 1 << 29) {
      newest = filled(newest.length << 1);
      relink();
    }
  }

  private void relink() {
    for (int number = 0; number < count - 1; number++) {
      int first = number * MinHash.BANDS;
      for (int entry = first; entry < first + MinHash.BANDS; entry++) {
        if (before[entry] != UNUSED) {
          link(entry, keys[entry]);
        }
      }
    }
  }

  private static int[] filled(int length) {
    int[] slots = new int[length];
    Arrays.fill(slots, NONE);
    return slots;
  }
}
