package dev.migaki.datasets.sealing;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;

/**
 * When new examples become a version. Too early, and one delivery of documents becomes five
 * versions and five training runs; too late, and the model stays behind the documents.
 */
public sealed interface SealPolicy {

  /** Whether to seal now. A request by a person always seals what has changed. */
  default Decision decide(PendingChanges pending, Instant now) {
    if (pending.documents() == 0) {
      return new Decision.Wait("nothing has changed since the last version");
    }
    if (pending.requested()) {
      return new Decision.Seal("requested");
    }
    return decideUnasked(pending, now);
  }

  /** Whether to seal changes that nobody asked to seal. */
  Decision decideUnasked(PendingChanges pending, Instant now);

  /**
   * What has happened to a dataset since its last version.
   *
   * @param documents documents that came, changed or went
   * @param firstChange when the first of them was cleansed
   * @param lastChange when the last of them was cleansed
   * @param moreExpected whether documents are known to be on their way
   * @param requested whether a person asked to seal
   */
  record PendingChanges(
      int documents,
      Instant firstChange,
      Instant lastChange,
      boolean moreExpected,
      boolean requested) {
    public PendingChanges {
      requireNonNull(firstChange, "firstChange");
      requireNonNull(lastChange, "lastChange");
    }
  }

  /** The policy's word, with a reason for a person. */
  sealed interface Decision {
    String reason();

    record Seal(String reason) implements Decision {}

    record Wait(String reason) implements Decision {}
  }

  /** After a pause in the stream: the delivery is complete. The default. */
  record QuietPeriod(Duration quiet) implements SealPolicy {
    @Override
    public Decision decideUnasked(PendingChanges pending, Instant now) {
      if (pending.moreExpected()) {
        return new Decision.Wait("documents are on their way");
      }
      return pending.lastChange().plus(quiet).isAfter(now)
          ? new Decision.Wait("quiet for less than " + quiet)
          : new Decision.Seal("quiet for " + quiet);
    }
  }

  /** When so many documents have changed. */
  record Count(int documents) implements SealPolicy {
    @Override
    public Decision decideUnasked(PendingChanges pending, Instant now) {
      return pending.documents() >= documents
          ? new Decision.Seal(documents + " documents have changed")
          : new Decision.Wait(
              "%d of %d documents have changed".formatted(pending.documents(), documents));
    }
  }

  /** When the oldest change has waited so long. */
  record Age(Duration age) implements SealPolicy {
    @Override
    public Decision decideUnasked(PendingChanges pending, Instant now) {
      return pending.firstChange().plus(age).isAfter(now)
          ? new Decision.Wait("the oldest change is younger than " + age)
          : new Decision.Seal("the oldest change is " + age + " old");
    }
  }

  /** Whichever of the two says so first. */
  record CountOrAge(Count count, Age age) implements SealPolicy {
    @Override
    public Decision decideUnasked(PendingChanges pending, Instant now) {
      Decision byCount = count.decideUnasked(pending, now);
      return byCount instanceof Decision.Seal ? byCount : age.decideUnasked(pending, now);
    }
  }

  /** Only on request. */
  record Manual() implements SealPolicy {
    @Override
    public Decision decideUnasked(PendingChanges pending, Instant now) {
      return new Decision.Wait("sealed on request only");
    }
  }
}
