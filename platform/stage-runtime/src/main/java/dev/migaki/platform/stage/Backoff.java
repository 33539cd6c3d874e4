package dev.migaki.platform.stage;

import java.time.Duration;

/**
 * Waits that double up to a maximum, with "equal jitter" (half fixed, half spread) so that replicas
 * that failed together do not come back together. The spread follows from the record, not from
 * chance.
 */
final class Backoff {

  private final Duration initial;
  private final Duration max;

  Backoff(Duration initial, Duration max) {
    this.initial = initial;
    this.max = max;
  }

  /**
   * @param attempt the attempt that failed, from 1
   */
  Duration delayAfter(int attempt, String identity) {
    long full = initial.toMillis() << Math.min(attempt - 1, 30);
    long capped = full <= 0 ? max.toMillis() : Math.min(full, max.toMillis());
    int spread = Math.floorMod(31 * identity.hashCode() + attempt * 7919, 1000);
    return Duration.ofMillis(capped / 2 + capped * spread / 2000);
  }
}
