package dev.migaki.datasets.similarity;

import dev.migaki.datasets.spill.SpillFile;
import dev.migaki.datasets.spill.SpillSpace;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Groups by the keys of their texts, made once: four bytes per entry, and about as many for the
 * buckets. Keys are not kept; groups of keys that share a bucket are offered for each of them.
 */
final class PrefixIndex {
  private static final int BUCKETS_PER_GROUP = 16;
  private static final int FEWEST_BUCKETS = 1 << 10;
  private static final int MOST_BUCKETS = 1 << 26;

  /** Bucket to its first entry; one more than there are buckets. */
  private final int[] begins;

  private final int[] groups;

  private PrefixIndex(int[] begins, int[] groups) {
    this.begins = begins;
    this.groups = groups;
  }

  static PrefixIndex empty() {
    return new PrefixIndex(new int[2], new int[0]);
  }

  int bucket(long key) {
    return bucket(key, begins.length - 1);
  }

  int begin(int bucket) {
    return begins[bucket];
  }

  int end(int bucket) {
    return begins[bucket + 1];
  }

  int group(int entry) {
    return groups[entry];
  }

  private static int bucket(long key, int buckets) {
    return (int) Shingles.mix(key) & (buckets - 1);
  }

  /** Counts the entries of each bucket, then fills them; the entries wait in a file meanwhile. */
  static final class Builder {
    private final SpillFile entries;
    private final int buckets;
    private final int[] begins;
    private int[] ofGroup = new int[64];
    private int countOfGroup;
    private int groupCount;

    Builder(int groups, SpillSpace space) {
      entries = space.newFile();
      long wanted = Math.max(FEWEST_BUCKETS, (long) groups * BUCKETS_PER_GROUP);
      buckets = (int) Math.min(MOST_BUCKETS, Long.highestOneBit(wanted));
      begins = new int[buckets + 1];
    }

    void add(long[] keys) {
      if (countOfGroup + keys.length > ofGroup.length) {
        ofGroup = Arrays.copyOf(ofGroup, 2 * (countOfGroup + keys.length));
      }
      for (long key : keys) {
        ofGroup[countOfGroup++] = bucket(key, buckets);
      }
    }

    void endGroup() {
      Arrays.sort(ofGroup, 0, countOfGroup);
      int distinct = 0;
      for (int i = 0; i < countOfGroup; i++) {
        if (i == 0 || ofGroup[i] != ofGroup[i - 1]) {
          ofGroup[distinct++] = ofGroup[i];
          begins[ofGroup[i] + 1]++;
        }
      }
      ByteBuffer bytes = ByteBuffer.allocate((1 + distinct) * Integer.BYTES);
      bytes.putInt(distinct);
      bytes.asIntBuffer().put(ofGroup, 0, distinct);
      entries.append(bytes.array());
      countOfGroup = 0;
      groupCount++;
    }

    PrefixIndex build() {
      for (int bucket = 0; bucket < buckets; bucket++) {
        begins[bucket + 1] = Math.addExact(begins[bucket + 1], begins[bucket]);
      }
      int[] groups = new int[begins[buckets]];
      try (DataInputStream in = new DataInputStream(entries.open())) {
        for (int group = 0; group < groupCount; group++) {
          for (int left = in.readInt(); left > 0; left--) {
            groups[begins[in.readInt()]++] = group;
          }
        }
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read a temporary file", e);
      }
      entries.close();
      // each bucket's begin has moved to its end, which is where the next one begins
      System.arraycopy(begins, 0, begins, 1, buckets);
      begins[0] = 0;
      return new PrefixIndex(begins, groups);
    }
  }
}
