package dev.migaki.documents.worker;

import static java.util.Objects.requireNonNull;

import dev.migaki.documents.parsing.ParseLimits;
import java.time.Duration;

/**
 * Everything that one document may take: what the parser counts, and what only the process around
 * it can bound.
 *
 * @param heapMegabytes heap of the process ({@code -Xmx}), 64 or more
 * @param timeout wall clock for one document
 */
public record ParseBounds(ParseLimits limits, int heapMegabytes, Duration timeout) {

  private static final int LEAST_HEAP = 64;
  private static final ParseBounds DEFAULTS =
      new ParseBounds(ParseLimits.defaults(), 384, Duration.ofSeconds(15));

  public ParseBounds {
    requireNonNull(limits, "limits");
    requireNonNull(timeout, "timeout");
    if (heapMegabytes < LEAST_HEAP) {
      throw new IllegalArgumentException(
          "heap must be " + LEAST_HEAP + " MB or more: " + heapMegabytes);
    }
    if (timeout.toMillis() < 1) {
      throw new IllegalArgumentException("timeout must be positive: " + timeout);
    }
  }

  /** {@link ParseLimits#defaults()}, 384 MB, 15 seconds. */
  public static ParseBounds defaults() {
    return DEFAULTS;
  }
}
