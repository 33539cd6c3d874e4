package dev.migaki.datasets.similarity;

import dev.migaki.datasets.spill.SpillSpace;
import dev.migaki.datasets.spill.SpilledRecords;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.IntPredicate;

/**
 * Says for certain whether a text is a near-duplicate of any text seen before: the guard of the
 * split, where a miss of MinHash would be a leak.
 *
 * <p>Prefix filtering (Chaudhuri, Ganti, Kaushik 2006; with k as of Wang, Li, Feng 2012): if two
 * sets of sizes m and n have Jaccard similarity t or more, then among the first m - ceil(t m) + k
 * elements of one and the first n - ceil(t n) + k of the other, in any order common to both, at
 * least k are shared, or all ceil(t m) that must be shared if these are fewer. So only those
 * prefixes are indexed, and nothing is missed. k is {@value #SHARED}: two words that happen to
 * stand side by side in two questions give four common shingles, and the vocabulary of a company is
 * so small that with a million questions each has thousands of such neighbours.
 *
 * <p>The order is: rare shingles first. Questions share their forms ("Could you tell me …"), and a
 * prefix of such shingles would make every question a candidate for every other. How rare a shingle
 * is is counted anew, and the prefixes with it, whenever the texts have doubled.
 *
 * <p>The texts lie in a temporary file; on the heap are some 30 bytes of each, and what the index
 * takes: about 4 bytes per shingle of a prefix. Texts of one group (the wordings of one question)
 * are listed once for each shingle that any of them has in its prefix, which takes a fifth. Texts
 * that are added are indexed when somebody asks. Used by one thread.
 */
public final class SimilarTextGuard {
  private static final int FIRST_ORDER = 1000;
  private static final int COUNTERS = 1 << 20;
  private static final int MOST_FREQUENT = (1 << 15) - 1;

  /** Shingles that the prefixes of similar texts share at least. */
  private static final int SHARED = 6;

  private static final int COUNT_BITS = 3;
  private static final int MOST_QUESTIONS = 1 << 28;

  private final double threshold;
  private final SpillSpace space;
  private final SpilledRecords texts;
  private final Sketches sketches = new Sketches();

  /** Group to the number of its first text. */
  private int[] firstTexts = new int[16];

  private int groups;

  /** How often shingles occur among all texts, by the low bits of their hash. */
  private final int[] counted = new int[COUNTERS];

  /** The same as it was when the order was made. */
  private int[] frequencies = {0};

  private PrefixIndex index = PrefixIndex.empty();

  /** Where what came after the index was made is listed: key to group. */
  private Postings newer = new Postings();

  private int indexedTexts;
  private int textsInOrder;

  /** Group to the last question that shared a key with it, and how many, in the low bits. */
  private int[] shared = new int[16];

  private int questions;

  /**
   * @param threshold least Jaccard similarity of a near-duplicate, above 0, at most 1
   * @param space of the temporary files; must stay open as long as this guard is used
   */
  public SimilarTextGuard(double threshold, SpillSpace space) {
    if (!(threshold > 0 && threshold <= 1)) {
      throw new IllegalArgumentException("threshold must be above 0 and at most 1: " + threshold);
    }
    this.threshold = threshold;
    this.space = space;
    this.texts = new SpilledRecords(space);
  }

  /**
   * Remembers a text as the first of a group.
   *
   * @return its number, from 0
   */
  public int add(String text) {
    if (groups == firstTexts.length) {
      firstTexts = Arrays.copyOf(firstTexts, groups + (groups >> 1));
    }
    firstTexts[groups++] = texts.size();
    return addToGroup(text);
  }

  /**
   * Remembers a text that has much in common with the one added last. What is found does not depend
   * on groups, only the room that the text takes.
   *
   * @return its number, from 0
   */
  public int addToGroup(String text) {
    String folded = TextFold.fold(text);
    Shingles shingles = Shingles.ofFolded(folded);
    for (int i = 0; i < shingles.size(); i++) {
      counted[(int) shingles.hash(i) & (COUNTERS - 1)]++;
    }
    sketches.add(shingles);
    return texts.add(folded.getBytes(StandardCharsets.UTF_8));
  }

  /** Whether a text seen before is nearly the same, or the same. */
  public boolean knows(String text) {
    return anySimilar(text, number -> true);
  }

  /** Offers the numbers of near-duplicates of a text, each once, until one is accepted. */
  public boolean anySimilar(String text, IntPredicate accept) {
    if (texts.size() == 0) {
      return false;
    }
    Shingles asked = Shingles.of(text);
    if (asked.size() == 0) {
      return false;
    }
    indexAll();
    countQuestion();
    int needed = Math.min(SHARED, mustShare(asked.size()));
    Sketches.Asked sketch = new Sketches.Asked(asked, threshold);
    for (long key : prefix(asked)) {
      int bucket = index.bucket(key);
      for (int at = index.begin(bucket); at < index.end(bucket); at++) {
        int group = index.group(at);
        if (sharesOneMore(group, needed) && anySimilar(group, asked, sketch, accept)) {
          return true;
        }
      }
      for (int entry = newer.first(key); entry != Postings.NONE; entry = newer.next(entry)) {
        int group = newer.text(entry);
        if (sharesOneMore(group, needed) && anySimilar(group, asked, sketch, accept)) {
          return true;
        }
      }
    }
    return false;
  }

  private void countQuestion() {
    if (++questions == MOST_QUESTIONS) {
      Arrays.fill(shared, 0);
      questions = 1;
    }
  }

  /** Counts a shared key; true once, when there are enough. */
  private boolean sharesOneMore(int group, int needed) {
    int count = shared[group] >>> COUNT_BITS == questions ? shared[group] + 1 : newCount();
    if ((count & ((1 << COUNT_BITS) - 1)) > needed) {
      return false;
    }
    shared[group] = count;
    return (count & ((1 << COUNT_BITS) - 1)) == needed;
  }

  private int newCount() {
    return questions << COUNT_BITS | 1;
  }

  private boolean anySimilar(
      int group, Shingles asked, Sketches.Asked sketch, IntPredicate accept) {
    for (int number = firstTexts[group]; number < end(group); number++) {
      if (sketches.maySimilar(number, sketch)
          && shingles(number).jaccard(asked) >= threshold
          && accept.test(number)) {
        return true;
      }
    }
    return false;
  }

  private int end(int group) {
    return group + 1 < groups ? firstTexts[group + 1] : texts.size();
  }

  private Shingles shingles(int number) {
    return Shingles.ofFolded(new String(texts.get(number), StandardCharsets.UTF_8));
  }

  private void indexAll() {
    if (indexedTexts == texts.size()) {
      return;
    }
    if (shared.length < groups) {
      shared = new int[firstTexts.length];
    }
    if (texts.size() >= Math.max(FIRST_ORDER, 2 * textsInOrder)) {
      orderAnew();
    } else {
      indexNewer();
    }
    indexedTexts = texts.size();
  }

  private void indexNewer() {
    int group = groups - 1;
    while (group > 0 && firstTexts[group] > indexedTexts) {
      group--;
    }
    for (int number = indexedTexts; number < texts.size(); number++) {
      while (number >= end(group)) {
        group++;
      }
      for (long key : prefix(shingles(number))) {
        newer.add(key, group);
      }
    }
  }

  private void orderAnew() {
    textsInOrder = texts.size();
    frequencies = counted.clone();
    index = PrefixIndex.empty();
    newer = new Postings();
    PrefixIndex.Builder builder = new PrefixIndex.Builder(groups, space);
    for (int group = 0; group < groups; group++) {
      for (int number = firstTexts[group]; number < end(group); number++) {
        builder.add(prefix(shingles(number)));
      }
      builder.endGroup();
    }
    index = builder.build();
  }

  /**
   * Keys of the first shingles in the common order: the frequency in the upper 16 bits, the upper
   * 48 of the hash behind it.
   */
  private long[] prefix(Shingles shingles) {
    int size = shingles.size();
    if (size == 0) {
      return new long[0];
    }
    long[] keys = new long[size];
    for (int i = 0; i < size; i++) {
      long hash = shingles.hash(i);
      long frequency = frequencies[(int) hash & (frequencies.length - 1)];
      keys[i] = Math.min(frequency, MOST_FREQUENT) << 48 | hash >>> 16;
    }
    Arrays.sort(keys);
    return Arrays.copyOf(keys, Math.min(size, size - mustShare(size) + SHARED));
  }

  /** Shingles that every similar text shares with one of this size. */
  private int mustShare(int size) {
    // the small constant keeps a product like 0.7 * 10 = 7.000000000000001 from rounding up
    return (int) Math.ceil(threshold * size - 1e-9);
  }
}
