package dev.migaki.cleanse;

import dev.migaki.cleanse.domain.SealedFiles;
import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.cleanse.persistence.DatasetVersionEntity;
import dev.migaki.cleanse.persistence.DatasetVersionRepository;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.cleanse.persistence.SealingArtifactEntity;
import dev.migaki.cleanse.persistence.SealingArtifactRepository;
import dev.migaki.cleanse.persistence.SnapshotRepository;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.platform.artifacts.ContentHash;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/**
 * The snapshot that a sealing works on: taken under the dataset's lock, void as soon as one of its
 * documents is erased, dropped at the end or, after a crash, by whoever comes next. What a sealing
 * stores is noted here before it is stored, and deleted again if no version comes to name it.
 *
 * <pre>
 *            take            finish (a version, or nothing new)
 *   none ───────────▶ valid ───────────────────────────────────▶ none
 *     ▲                 │ a document in it is erased
 *     └──── drop ───── void
 * </pre>
 */
@ApplicationScoped
public class SealingSnapshots {
  private static final Logger LOG = Logger.getLogger(SealingSnapshots.class);

  private final DatasetRepository datasets;
  private final DocumentRepository documents;
  private final DatasetVersionRepository versions;
  private final SnapshotRepository snapshots;
  private final SealingArtifactRepository artifacts;
  private final SealedFiles files;
  private final Clock clock;

  SealingSnapshots(
      DatasetRepository datasets,
      DocumentRepository documents,
      DatasetVersionRepository versions,
      SnapshotRepository snapshots,
      SealingArtifactRepository artifacts,
      SealedFiles files,
      Clock clock) {
    this.datasets = datasets;
    this.documents = documents;
    this.versions = versions;
    this.snapshots = snapshots;
    this.artifacts = artifacts;
    this.files = files;
    this.clock = clock;
  }

  /** The dataset as it was when its sealing began, detached. */
  public record Snapshot(
      DatasetEntity dataset, Optional<DatasetVersionEntity> previous, String owner) {
    String name() {
      return dataset.dataset;
    }

    /** Number of the version that is being sealed. */
    int number() {
      return dataset.lastNumber + 1;
    }
  }

  /** The snapshot is void: a document in it was erased, or another worker has the lease. */
  static final class SnapshotVoid extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SnapshotVoid() {
      super("a document was erased while the dataset was sealed, or the lease is lost");
    }
  }

  /**
   * Takes a snapshot; the caller holds the lease.
   *
   * @param minimum originals without which nobody gets a first version unasked
   * @return empty when there are fewer
   */
  Optional<Snapshot> take(String dataset, String owner, int minimum) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              DatasetEntity row = datasets.locked(dataset).orElseThrow();
              if (!owner.equals(row.leaseOwner)) {
                return Optional.empty();
              }
              // what a killed worker has left
              drop(row);
              Optional<DatasetVersionEntity> previous = versions.latest(dataset);
              if (previous.isEmpty() && !row.isRequested()) {
                long examples = documents.examples(dataset);
                if (examples < minimum) {
                  LOG.debugf("too few examples: datasetId=%s examples=%d", dataset, examples);
                  return Optional.empty();
                }
              }
              snapshots.take(dataset);
              row.snapshotRevision = row.revision;
              row.snapshotChanged = row.changed;
              row.firstSince = null;
              return Optional.of(new Snapshot(row, previous, owner));
            });
  }

  boolean isValid(Snapshot snapshot) {
    return QuarkusTransaction.requiringNew()
        .call(
            () ->
                datasets.isSealing(snapshot.name(), snapshot.owner(), snapshot.dataset().revision));
  }

  /**
   * A document is erased: a snapshot that holds it is void.
   *
   * @param dataset locked by the caller's transaction
   */
  void withdraw(DatasetEntity dataset, String documentId) {
    if (dataset.snapshotRevision != null && snapshots.holds(dataset.dataset, documentId)) {
      dataset.snapshotRevision = null;
    }
  }

  /**
   * Notes what is about to be stored.
   *
   * @throws SnapshotVoid when nothing must be stored any more
   */
  void note(Snapshot snapshot, Collection<ArtifactRef> stored) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              DatasetEntity row = datasets.locked(snapshot.name()).orElseThrow();
              if (!row.isSealing(snapshot.owner(), snapshot.dataset().revision)) {
                throw new SnapshotVoid();
              }
              artifacts.note(row.dataset, snapshot.owner(), stored);
            });
  }

  /** The sealing has ended, whatever came of it. */
  void end(Snapshot snapshot) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                datasets
                    .locked(snapshot.name())
                    .filter(row -> snapshot.owner().equals(row.leaseOwner))
                    .ifPresent(this::drop));
  }

  /** Deletes what a sealing has stored that came to nothing, whoever has the lease now. */
  void discard(Snapshot snapshot, Collection<ArtifactRef> stored) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              artifacts.note(snapshot.name(), snapshot.owner(), stored);
              discard(
                  artifacts.notes(snapshot.name()).stream()
                      .filter(note -> note.key.owner.equals(snapshot.owner()))
                      .toList());
            });
  }

  /**
   * Whether an erasure may go on: no sealing holds the document any more, and nothing is left of
   * one that did. False while a sealing that has become void is about to end.
   */
  boolean makeWay(String dataset) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              DatasetEntity row = datasets.locked(dataset).orElseThrow();
              if (row.leaseUntil != null && !row.leaseUntil.isBefore(clock.instant())) {
                return row.snapshotRevision != null;
              }
              drop(row);
              return true;
            });
  }

  /** Files first: a crash repeats this, and leaves no file that no row knows. */
  private void drop(DatasetEntity dataset) {
    dataset.snapshotRevision = null;
    discard(artifacts.notes(dataset.dataset));
    snapshots.filesOfItsOwn(dataset.dataset).forEach(files::delete);
    snapshots.forget(dataset.dataset);
  }

  private void discard(List<SealingArtifactEntity> notes) {
    if (notes.isEmpty()) {
      return;
    }
    artifacts.pauseNotes();
    Set<String> sealed =
        files.hashes(versions.listAll().stream().map(DatasetVersionRepository::manifest).toList());
    for (SealingArtifactEntity note : notes) {
      boolean needed =
          sealed.contains(note.key.sha256)
              || artifacts.isNotedBesides(note.key)
              || documents.isInUse(note.key.sha256);
      if (!needed) {
        files.delete(new ContentHash(note.key.sha256, note.sizeBytes).toRef(""));
      }
      artifacts.delete(note);
    }
  }
}
