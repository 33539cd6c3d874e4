package dev.migaki.lm.generation;

import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keys and values of earlier prompts, so that what a new prompt has in common with one of them (a
 * system prompt, the conversation so far) is copied instead of computed.
 *
 * <p>The least recently used ones give way to a budget. Not thread-safe.
 */
final class PrefixCache implements AutoCloseable {

  /** Fewer tokens in common are computed as fast as they are copied. */
  static final int MIN_TOKENS = 16;

  private static final class Entry {
    private final @Nullable Object owner;
    private final int[] tokens;
    private final RowCache.Saved saved;
    private long lastUsed;

    Entry(@Nullable Object owner, int[] tokens, RowCache.Saved saved) {
      this.owner = owner;
      this.tokens = tokens;
      this.saved = saved;
    }
  }

  /** A known beginning: its saved row, and how many tokens of it can be used. */
  record Match(RowCache.Saved saved, int length) {}

  private final long bytesPerToken;
  private final long budgetBytes;
  private final List<Entry> entries = new ArrayList<>();
  private long usedTokens;
  private long clock;

  PrefixCache(ModelConfig config, long budgetBytes) {
    this.bytesPerToken = RowCache.bytesPerToken(config);
    this.budgetBytes = budgetBytes;
  }

  /**
   * The longest known beginning; never the whole prompt, whose last token must be computed.
   *
   * @param owner the adapter that the keys and values were made with, null for the base model
   */
  Optional<Match> find(@Nullable Object owner, int[] prompt) {
    Entry best = null;
    int longest = MIN_TOKENS - 1;
    for (Entry entry : entries) {
      int common = entry.owner == owner ? common(entry.tokens, prompt) : 0;
      if (common > longest) {
        longest = common;
        best = entry;
      }
    }
    if (best == null) {
      return Optional.empty();
    }
    best.lastUsed = ++clock;
    return Optional.of(new Match(best.saved, longest));
  }

  private static int common(int[] known, int[] prompt) {
    int limit = Math.min(known.length, prompt.length - 1);
    int mismatch = Arrays.mismatch(known, 0, limit, prompt, 0, limit);
    return mismatch < 0 ? limit : mismatch;
  }

  /** Whether a prompt is worth keeping: it is new, and it fits. */
  boolean wants(@Nullable Object owner, int[] prompt) {
    return prompt.length >= MIN_TOKENS
        && prompt.length * bytesPerToken <= budgetBytes
        && entries.stream()
            .noneMatch(
                entry ->
                    entry.owner == owner
                        && Arrays.mismatch(
                                entry.tokens,
                                0,
                                Math.min(entry.tokens.length, prompt.length),
                                prompt,
                                0,
                                prompt.length)
                            < 0);
  }

  /** Keeps a prompt; takes the saved row over. */
  void add(@Nullable Object owner, int[] prompt, RowCache.Saved saved) {
    Entry entry = new Entry(owner, prompt, saved);
    entry.lastUsed = ++clock;
    entries.add(entry);
    usedTokens += prompt.length;
    while (usedTokens * bytesPerToken > budgetBytes) {
      drop(entries.stream().min(Comparator.comparingLong(e -> e.lastUsed)).orElseThrow());
    }
  }

  /** Forgets what was made with an adapter. */
  void dropAll(Object owner) {
    List.copyOf(entries).stream().filter(entry -> entry.owner == owner).forEach(this::drop);
  }

  private void drop(Entry entry) {
    entries.remove(entry);
    usedTokens -= entry.tokens.length;
    entry.saved.close();
  }

  @Override
  public void close() {
    List.copyOf(entries).forEach(this::drop);
  }
}
