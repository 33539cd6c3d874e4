package dev.migaki.datasets.similarity;

import dev.migaki.datasets.ContentHash;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An index of exact and near duplicates for millions of texts, on the heap or in files that outlive
 * the process. It keeps no text: of each one 128 values of 16 bits (b-bit MinHash; Li and König
 * 2010), an exact hash, and the id that it was given; about 600 bytes per text, growing linearly.
 *
 * <p>The similarity of a near-duplicate is estimated from the 128 values: its standard error is
 * 0.04 at 0.7 and 0.02 at 0.95. Where a promise needs certainty, compare the texts themselves
 * ({@link Shingles#jaccard}).
 *
 * <p>Files are written through the operating system's page cache: killing the process loses
 * nothing, a power cut loses what came after the last {@link #flush}. Used by one thread.
 */
public final class SignatureIndex implements Closeable {
  private static final int SIGNATURE_BYTES = MinHash.HASHES * Short.BYTES;
  private static final int ENTRY_BYTES = 32;
  private static final int PAGE_BYTES = 1 << 22;
  private static final long MAGIC = 0x4D49_4741_4B49_0001L;
  private static final int COUNT_AT = 8;
  private static final int IDS_END_AT = 16;
  private static final int SEGMENTS_AT = 24;

  private final PagedBytes header;
  private final PagedBytes signatures;
  private final PagedBytes entries;
  private final PagedBytes ids;
  private final KeyTable table;
  private int count;
  private long idsEnd;

  private SignatureIndex(@Nullable Path directory) throws IOException {
    header = new PagedBytes(directory, "header", 4096);
    signatures = new PagedBytes(directory, "signatures", PAGE_BYTES);
    entries = new PagedBytes(directory, "entries", PAGE_BYTES);
    ids = new PagedBytes(directory, "ids", PAGE_BYTES);
    ByteBuffer head = header.page(0);
    long magic = head.getLong(0);
    if (magic != 0 && magic != MAGIC) {
      throw new IOException("the directory holds another kind or version of index: " + directory);
    }
    head.putLong(0, MAGIC);
    count = (int) head.getLong(COUNT_AT);
    idsEnd = head.getLong(IDS_END_AT);
    table = new KeyTable(directory, (int) head.getLong(SEGMENTS_AT));
  }

  /** An index that lives as long as this object. */
  public static SignatureIndex inMemory() {
    try {
      return new SignatureIndex(null);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the heap does not fail", e);
    }
  }

  /** The index in a directory, a new one when there is none. */
  public static SignatureIndex open(Path directory) throws IOException {
    Files.createDirectories(directory);
    return new SignatureIndex(directory);
  }

  /**
   * A text that is nearly the same.
   *
   * @param number of the text in the index, from 0 in the order of adding
   * @param similarity estimated Jaccard similarity of the character 5-grams, 0 to 1
   * @param exact whether the folded texts are equal
   */
  public record Match(int number, String id, double similarity, boolean exact) {}

  /** Texts that were ever added, removed ones too. */
  public int size() {
    return count;
  }

  /** The id under which a text was added; empty for a removed one. */
  public Optional<String> id(int number) {
    try {
      return Optional.ofNullable(readId(number));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException("the index cannot be read", e);
    }
  }

  /**
   * Finds texts that are nearly the same, the most similar first.
   *
   * @param threshold least similarity, 0 to 1; below 0.6 many are missed by the bands
   */
  public List<Match> similarTo(String text, double threshold) throws IOException {
    return find(Fingerprint.of(text), threshold);
  }

  /** Adds a text; one with the same id is replaced. */
  public int add(String id, String text) throws IOException {
    return add(id, Fingerprint.of(text));
  }

  /** What {@link #similarTo} finds; then adds the text. */
  public List<Match> findAndAdd(String id, String text, double threshold) throws IOException {
    Fingerprint fingerprint = Fingerprint.of(text);
    List<Match> found = find(fingerprint, threshold);
    add(id, fingerprint);
    return found;
  }

  /**
   * Forgets a text: its signature, hash and id are overwritten.
   *
   * @return whether it was known
   */
  public boolean remove(String id) throws IOException {
    int number = numberOf(id);
    if (number < 0) {
      return false;
    }
    ByteBuffer page = entries.page(entryAt(number));
    int at = entries.within(entryAt(number));
    long idAt = page.getLong(at + 16);
    int length = page.getInt(at + 24);
    zero(ids, idAt, length);
    zero(signatures, signatureAt(number), SIGNATURE_BYTES);
    zero(entries, entryAt(number), ENTRY_BYTES);
    return true;
  }

  /** Writes everything to the disk. */
  public void flush() {
    signatures.force();
    entries.force();
    ids.force();
    table.force();
    header.force();
  }

  @Override
  public void close() {
    flush();
  }

  private List<Match> find(Fingerprint text, double threshold) throws IOException {
    if (text.isEmpty()) {
      return List.of();
    }
    BitSet candidates = new BitSet();
    table.find(text.exact(), candidates::set);
    for (long key : text.bands()) {
      table.find(key, candidates::set);
    }
    List<Match> matches = new ArrayList<>();
    for (int n = candidates.nextSetBit(0); n >= 0; n = candidates.nextSetBit(n + 1)) {
      // a number beyond the count was being added when the process was killed
      String id = n < count ? readId(n) : null;
      if (id == null) {
        continue;
      }
      boolean exact = entries.page(entryAt(n)).getLong(entries.within(entryAt(n))) == text.exact();
      double similarity = exact ? 1 : similarity(n, text);
      if (similarity >= threshold) {
        matches.add(new Match(n, id, similarity, exact));
      }
    }
    matches.sort(
        Comparator.comparingDouble(Match::similarity).reversed().thenComparingInt(Match::number));
    return matches;
  }

  private double similarity(int number, Fingerprint text) throws IOException {
    ByteBuffer page = signatures.page(signatureAt(number));
    int at = signatures.within(signatureAt(number));
    int same = 0;
    for (int i = 0; i < MinHash.HASHES; i++) {
      if (page.getShort(at + i * Short.BYTES) == text.value(i)) {
        same++;
      }
    }
    return (double) same / MinHash.HASHES;
  }

  private int add(String id, Fingerprint text) throws IOException {
    remove(id);
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    if (bytes.length > ids.pageBytes()) {
      throw new IllegalArgumentException("an id must not be longer than 4 MiB");
    }
    int number = count;
    if (ids.within(idsEnd) + bytes.length > ids.pageBytes()) {
      idsEnd += ids.pageBytes() - ids.within(idsEnd);
    }
    ids.page(idsEnd).put(ids.within(idsEnd), bytes);
    ByteBuffer page = signatures.page(signatureAt(number));
    int at = signatures.within(signatureAt(number));
    for (int i = 0; i < MinHash.HASHES; i++) {
      page.putShort(at + i * Short.BYTES, text.value(i));
    }
    ByteBuffer entry = entries.page(entryAt(number));
    int entryAt = entries.within(entryAt(number));
    entry.putLong(entryAt, text.exact());
    entry.putLong(entryAt + 8, idKey(id));
    entry.putLong(entryAt + 16, idsEnd);
    entry.putInt(entryAt + 24, bytes.length);
    entry.putInt(entryAt + 28, 1);
    table.add(idKey(id), number);
    if (!text.isEmpty()) {
      table.add(text.exact(), number);
      for (long key : text.bands()) {
        table.add(key, number);
      }
    }
    idsEnd += bytes.length;
    ByteBuffer head = header.page(0);
    head.putLong(IDS_END_AT, idsEnd);
    head.putLong(SEGMENTS_AT, table.segmentCount());
    count++;
    head.putLong(COUNT_AT, count);
    return number;
  }

  private int numberOf(String id) throws IOException {
    BitSet candidates = new BitSet();
    table.find(idKey(id), candidates::set);
    for (int n = candidates.nextSetBit(0); n >= 0; n = candidates.nextSetBit(n + 1)) {
      if (n < count && id.equals(readId(n))) {
        return n;
      }
    }
    return -1;
  }

  private @Nullable String readId(int number) throws IOException {
    ByteBuffer page = entries.page(entryAt(number));
    int at = entries.within(entryAt(number));
    if (page.getInt(at + 28) == 0) {
      return null;
    }
    long idAt = page.getLong(at + 16);
    byte[] bytes = new byte[page.getInt(at + 24)];
    ids.page(idAt).get(ids.within(idAt), bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private static void zero(PagedBytes storage, long offset, int length) throws IOException {
    storage.page(offset).put(storage.within(offset), new byte[length]);
  }

  private static long signatureAt(int number) {
    return (long) number * SIGNATURE_BYTES;
  }

  private static long entryAt(int number) {
    return (long) number * ENTRY_BYTES;
  }

  private static long idKey(String id) {
    return Shingles.mix(ContentHash.of("id").add(id).number());
  }
}
