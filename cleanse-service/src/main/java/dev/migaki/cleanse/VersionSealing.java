package dev.migaki.cleanse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.SealingSnapshots.Snapshot;
import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.VersionFilesStore;
import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.cleanse.persistence.DatasetVersionEntity;
import dev.migaki.cleanse.persistence.DatasetVersionRepository;
import dev.migaki.cleanse.persistence.SealingArtifactRepository;
import dev.migaki.cleanse.persistence.SnapshotDocumentEntity;
import dev.migaki.cleanse.persistence.SnapshotRepository;
import dev.migaki.contracts.Event;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.preparation.VersionPreparation;
import dev.migaki.datasets.probe.PrivacyProbe;
import dev.migaki.datasets.probe.ProbeReport;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.stage.TransactionalOutbox;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Seals a version: takes a snapshot of the dataset's documents, computes the version outside of any
 * long transaction, scans what came out once more, stores it, and in one transaction writes the
 * version down and tells of it. Documents that come or change meanwhile belong to the next version.
 * If one in the snapshot is erased, the work is thrown away, which is found out early; if the
 * version is the one before, nothing is told.
 */
@ApplicationScoped
public class VersionSealing {
  private static final Logger LOG = Logger.getLogger(VersionSealing.class);
  private static final TypeReference<TreeMap<String, Integer>> COUNTS = new TypeReference<>() {};

  private final DatasetRepository datasets;
  private final SealingSnapshots snapshots;
  private final SnapshotRepository documents;
  private final SealingArtifactRepository artifacts;
  private final DatasetVersionRepository versions;
  private final VersionFilesStore files;
  private final Cleansers cleansers;
  private final CleanseConfig config;
  private final SealingWatch watch;
  private final TransactionalOutbox outbox;
  private final ObjectMapper mapper;
  private final Clock clock;

  VersionSealing(
      DatasetRepository datasets,
      SealingSnapshots snapshots,
      SnapshotRepository documents,
      SealingArtifactRepository artifacts,
      DatasetVersionRepository versions,
      VersionFilesStore files,
      Cleansers cleansers,
      CleanseConfig config,
      SealingWatch watch,
      TransactionalOutbox outbox,
      ObjectMapper mapper,
      Clock clock) {
    this.datasets = datasets;
    this.snapshots = snapshots;
    this.documents = documents;
    this.artifacts = artifacts;
    this.versions = versions;
    this.files = files;
    this.cleansers = cleansers;
    this.config = config;
    this.watch = watch;
    this.outbox = outbox;
    this.mapper = mapper;
    this.clock = clock;
  }

  /** Seals the dataset if that gives a new version; the caller holds the lease. */
  public void seal(String dataset, DatasetRecipe recipe, String owner) {
    Optional<Snapshot> taken = snapshots.take(dataset, owner, recipe.examples().minimumExamples());
    if (taken.isEmpty()) {
      return;
    }
    Snapshot snapshot = taken.get();
    try {
      seal(snapshot, recipe, watch.begin(snapshot));
    } catch (SealingSnapshots.SnapshotVoid e) {
      LOG.infof("%s: datasetId=%s", e.getMessage(), dataset);
    } finally {
      watch.end(dataset);
      snapshots.end(snapshot);
    }
  }

  private void seal(Snapshot snapshot, DatasetRecipe recipe, SealingProgress progress) {
    SplitHistory history =
        snapshot
            .previous()
            .map(version -> files.history(DatasetVersionRepository.manifest(version)))
            .orElseGet(SplitHistory::none);
    try (SealedVersion sealed = sealClean(snapshot, recipe, history, progress)) {
      boolean same =
          snapshot.previous().filter(last -> last.version.equals(sealed.version())).isPresent();
      if (same) {
        LOG.infof("nothing new to seal: datasetId=%s", snapshot.name());
        QuarkusTransaction.requiringNew().run(() -> settle(snapshot));
      } else {
        store(snapshot, files.described(manifest(snapshot, recipe, sealed)));
      }
    }
  }

  private void store(Snapshot snapshot, VersionFilesStore.Unstored version) {
    snapshots.note(snapshot, version.artifacts());
    files.store(version);
    try {
      QuarkusTransaction.requiringNew().run(() -> finish(snapshot, version));
    } catch (SealingSnapshots.SnapshotVoid e) {
      snapshots.discard(snapshot, version.artifacts());
      throw e;
    }
  }

  /** The examples of the documents, read from where they are stored one document at a time. */
  private Iterable<DocumentExamples> examples(Snapshot snapshot) {
    return () ->
        StreamSupport.stream(documents.documents(snapshot.name()).spliterator(), false)
            .map(document -> examples(document, snapshot.number()))
            .iterator();
  }

  private DocumentExamples examples(SnapshotDocumentEntity document, int next) {
    return new DocumentExamples(
        document.key.documentId,
        document.version,
        document.generation == null ? next : document.generation,
        document.filename,
        files.examples(document.file()));
  }

  private SealedVersion sealClean(
      Snapshot snapshot, DatasetRecipe recipe, SplitHistory history, SealingProgress progress) {
    VersionPreparation.Prepared prepared =
        new VersionPreparation(recipe.examples(), cleansers.of(recipe), config.temporaryDirectory())
            .seal(snapshot.name(), examples(snapshot), history, progress);
    if (prepared.quarantined() > 0) {
      LOG.warnf(
          "examples are quarantined by the last scan: datasetId=%s examples=%d",
          snapshot.name(), prepared.quarantined());
    }
    return prepared.version();
  }

  private Manifest manifest(Snapshot snapshot, DatasetRecipe recipe, SealedVersion sealed) {
    SortedMap<String, Integer> findings = new TreeMap<>();
    SortedMap<String, Integer> rejects = new TreeMap<>(sealed.rejects());
    List<Manifest.Document> described = new ArrayList<>();
    Map<String, Manifest.Range> covered = new TreeMap<>();
    for (SnapshotDocumentEntity document : documents.documents(snapshot.name())) {
      counts(document.findings).forEach((type, n) -> findings.merge(type, n, Integer::sum));
      counts(document.rejects).forEach((reason, n) -> rejects.merge(reason, n, Integer::sum));
      described.add(
          new Manifest.Document(
              document.key.documentId, document.version, document.filename, document.examples));
      cover(covered, document);
    }
    return new Manifest(
        snapshot.name(),
        snapshot.number(),
        sealed,
        recipe.hash(),
        snapshot.previous().map(version -> version.version).orElse(null),
        described,
        List.copyOf(covered.values()),
        findings,
        rejects,
        probe(recipe, snapshot),
        Map.of());
  }

  /** Measures with invented values how much the recipe's cleanser removes, if the recipe asks. */
  private @Nullable ProbeReport probe(DatasetRecipe recipe, Snapshot snapshot) {
    int values = recipe.examples().probeValues();
    if (values == 0) {
      return null;
    }
    Iterable<Example> carriers =
        () ->
            StreamSupport.stream(examples(snapshot).spliterator(), false)
                .flatMap(document -> document.examples().stream())
                .iterator();
    return new PrivacyProbe(cleansers.of(recipe), recipe.examples().seed()).run(carriers, values);
  }

  private static void cover(Map<String, Manifest.Range> ranges, SnapshotDocumentEntity document) {
    ranges.merge(
        document.topic + "/" + document.topicPartition,
        new Manifest.Range(
            document.topic, document.topicPartition, document.topicOffset, document.topicOffset),
        (a, b) ->
            new Manifest.Range(
                a.topic(),
                a.partition(),
                Math.min(a.first(), b.first()),
                Math.max(a.last(), b.last())));
  }

  /**
   * The snapshot is done with; what came after it waits for the next version.
   *
   * @return the dataset, locked
   */
  private DatasetEntity settle(Snapshot snapshot) {
    DatasetEntity row = datasets.locked(snapshot.name()).orElseThrow();
    if (!row.isSealing(snapshot.owner(), snapshot.dataset().revision)) {
      throw new SealingSnapshots.SnapshotVoid();
    }
    row.changed -= row.snapshotChanged;
    row.firstChange = row.firstSince;
    if (row.requestedRevision != null && row.requestedRevision <= row.snapshotRevision) {
      row.requestedRevision = null;
    }
    row.snapshotRevision = null;
    return row;
  }

  private void finish(Snapshot snapshot, VersionFilesStore.Unstored sealed) {
    DatasetEntity row = settle(snapshot);
    int number = sealed.manifest().number();
    row.lastNumber = number;
    persist(row.dataset, sealed);
    documents.noteGeneration(row.dataset, number);
    artifacts.forget(row.dataset, snapshot.owner());
    DatasetEntity before = snapshot.dataset();
    Cause cause = new Cause(before.causeId, before.traceparent).step("seal-" + number);
    outbox.publish(cause, List.of(event(sealed)));
  }

  private void persist(String dataset, VersionFilesStore.Unstored sealed) {
    DatasetVersionEntity version = new DatasetVersionEntity();
    version.dataset = dataset;
    version.number = sealed.manifest().number();
    version.version = sealed.manifest().content().version();
    version.manifestLocation = sealed.reference().location();
    version.manifestSha256 = sealed.reference().sha256();
    version.manifestSizeBytes = sealed.reference().sizeBytes();
    version.sealedAt = clock.instant();
    versions.persist(version);
  }

  private static Event.DatasetSealed event(VersionFilesStore.Unstored sealed) {
    Manifest manifest = sealed.manifest();
    SealedVersion content = manifest.content();
    return new Event.DatasetSealed(
        manifest.dataset(),
        content.version(),
        manifest.number(),
        content.count("train"),
        content.count("validation"),
        content.count("test"),
        content.count("edge"),
        content.tokens().getOrDefault("train", 0L),
        manifest.documents().size(),
        manifest.findings(),
        sealed.reference(),
        content.count("preference"));
  }

  private Map<String, Integer> counts(String json) {
    try {
      return mapper.readValue(json, COUNTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("counts are stored as JSON", e);
    }
  }
}
