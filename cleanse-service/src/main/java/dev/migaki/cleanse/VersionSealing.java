package dev.migaki.cleanse;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.VersionFilesStore;
import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.cleanse.persistence.DatasetVersionEntity;
import dev.migaki.cleanse.persistence.DatasetVersionRepository;
import dev.migaki.cleanse.persistence.DocumentEntity;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.contracts.ArtifactRef;
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
 * Seals a version: notes the dataset's revision, computes the version outside of any long
 * transaction, scans what came out once more, stores it, and in one transaction writes the version
 * down and tells of it. If something has changed meanwhile, the work is thrown away, which is found
 * out early; if the version is the one before, nothing is told.
 */
@ApplicationScoped
public class VersionSealing {
  private static final Logger LOG = Logger.getLogger(VersionSealing.class);
  private static final TypeReference<TreeMap<String, Integer>> COUNTS = new TypeReference<>() {};

  private final DatasetRepository datasets;
  private final DocumentRepository documents;
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
      DocumentRepository documents,
      DatasetVersionRepository versions,
      VersionFilesStore files,
      Cleansers cleansers,
      CleanseConfig config,
      SealingWatch watch,
      TransactionalOutbox outbox,
      ObjectMapper mapper,
      Clock clock) {
    this.datasets = datasets;
    this.documents = documents;
    this.versions = versions;
    this.files = files;
    this.cleansers = cleansers;
    this.config = config;
    this.watch = watch;
    this.outbox = outbox;
    this.mapper = mapper;
    this.clock = clock;
  }

  /**
   * The dataset as it was when sealing began. Its documents are read from the database whenever
   * they are needed; if one has changed, so has the dataset's revision.
   */
  private record Picture(DatasetEntity dataset, Optional<DatasetVersionEntity> previous) {
    String name() {
      return dataset.dataset;
    }
  }

  /** Seals the dataset if that gives a new version; the caller holds the lease. */
  public void seal(String dataset, DatasetRecipe recipe, String owner) {
    Picture picture = QuarkusTransaction.requiringNew().call(() -> picture(dataset));
    if (picture.previous().isEmpty() && !picture.dataset().requested) {
      long examples = QuarkusTransaction.requiringNew().call(() -> documents.examples(dataset));
      if (examples < recipe.examples().minimumExamples()) {
        LOG.debugf("too few examples to seal: datasetId=%s examples=%d", dataset, examples);
        return;
      }
    }
    try {
      seal(picture, recipe, owner, watch.begin(picture.dataset()));
    } catch (SealingWatch.ChangedMeanwhile e) {
      LOG.infof("%s: datasetId=%s", e.getMessage(), dataset);
    } finally {
      watch.end(dataset);
    }
  }

  private void seal(Picture picture, DatasetRecipe recipe, String owner, SealingProgress progress) {
    SplitHistory history =
        picture
            .previous()
            .map(version -> files.history(DatasetVersionRepository.manifest(version)))
            .orElseGet(SplitHistory::none);
    try (SealedVersion sealed = sealClean(picture, recipe, history, progress)) {
      boolean same =
          picture.previous().filter(last -> last.version.equals(sealed.version())).isPresent();
      Manifest manifest = files.withCard(manifest(picture, recipe, sealed));
      ArtifactRef stored = files.storeManifest(manifest);
      QuarkusTransaction.requiringNew()
          .run(() -> finish(picture, owner, same ? null : new Sealed(manifest, stored)));
    }
  }

  private Picture picture(String dataset) {
    return new Picture(datasets.findById(dataset), versions.latest(dataset));
  }

  /** The examples of the documents, read from where they are stored one document at a time. */
  private Iterable<DocumentExamples> examples(Picture picture) {
    int next = picture.dataset().lastNumber + 1;
    return () ->
        StreamSupport.stream(documents.inUseByPages(picture.name()).spliterator(), false)
            .map(document -> examples(document, next))
            .iterator();
  }

  private DocumentExamples examples(DocumentEntity document, int next) {
    return new DocumentExamples(
        document.key.documentId,
        document.version,
        document.generation == null ? next : document.generation,
        document.filename,
        files.examples(DocumentRepository.file(document)));
  }

  private SealedVersion sealClean(
      Picture picture, DatasetRecipe recipe, SplitHistory history, SealingProgress progress) {
    VersionPreparation.Prepared prepared =
        new VersionPreparation(recipe.examples(), cleansers.of(recipe), config.temporaryDirectory())
            .seal(picture.name(), examples(picture), history, progress);
    if (prepared.quarantined() > 0) {
      LOG.warnf(
          "examples are quarantined by the last scan: datasetId=%s examples=%d",
          picture.name(), prepared.quarantined());
    }
    return prepared.version();
  }

  private Manifest manifest(Picture picture, DatasetRecipe recipe, SealedVersion sealed) {
    SortedMap<String, Integer> findings = new TreeMap<>();
    SortedMap<String, Integer> rejects = new TreeMap<>(sealed.rejects());
    List<Manifest.Document> described = new ArrayList<>();
    Map<String, Manifest.Range> covered = new TreeMap<>();
    for (DocumentEntity document : documents.inUseByPages(picture.name())) {
      counts(document.findings).forEach((type, n) -> findings.merge(type, n, Integer::sum));
      counts(document.rejects).forEach((reason, n) -> rejects.merge(reason, n, Integer::sum));
      described.add(
          new Manifest.Document(
              document.key.documentId, document.version, document.filename, document.examples));
      cover(covered, document);
    }
    return new Manifest(
        picture.name(),
        picture.dataset().lastNumber + 1,
        sealed,
        recipe.hash(),
        picture.previous().map(version -> version.version).orElse(null),
        described,
        List.copyOf(covered.values()),
        findings,
        rejects,
        probe(recipe, picture),
        files.storeFiles(sealed.files()));
  }

  /** Measures with invented values how much the recipe's cleanser removes, if the recipe asks. */
  private @Nullable ProbeReport probe(DatasetRecipe recipe, Picture picture) {
    int values = recipe.examples().probeValues();
    if (values == 0) {
      return null;
    }
    Iterable<Example> carriers =
        () ->
            StreamSupport.stream(examples(picture).spliterator(), false)
                .flatMap(document -> document.examples().stream())
                .iterator();
    return new PrivacyProbe(cleansers.of(recipe), recipe.examples().seed()).run(carriers, values);
  }

  private static void cover(Map<String, Manifest.Range> ranges, DocumentEntity document) {
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

  /** What is written down. */
  private record Sealed(Manifest manifest, ArtifactRef stored) {}

  private void finish(Picture picture, String owner, @Nullable Sealed sealed) {
    DatasetEntity row = datasets.locked(picture.dataset().dataset).orElseThrow();
    if (row.revision != picture.dataset().revision || !owner.equals(row.leaseOwner)) {
      LOG.infof("the dataset changed while it was sealed: datasetId=%s", row.dataset);
      return;
    }
    row.changed = 0;
    row.requested = false;
    row.firstChange = null;
    if (sealed == null) {
      LOG.infof("nothing new to seal: datasetId=%s", row.dataset);
      return;
    }
    int number = sealed.manifest().number();
    row.lastNumber = number;
    persist(row.dataset, sealed);
    documents.update(
        "generation = ?1 where key.dataset = ?2 and generation is null and not erased",
        number,
        row.dataset);
    Cause cause = new Cause(row.causeId, row.traceparent).step("seal-" + number);
    outbox.publish(cause, List.of(event(sealed)));
  }

  private void persist(String dataset, Sealed sealed) {
    DatasetVersionEntity version = new DatasetVersionEntity();
    version.dataset = dataset;
    version.number = sealed.manifest().number();
    version.version = sealed.manifest().content().version();
    version.manifestLocation = sealed.stored().location();
    version.manifestSha256 = sealed.stored().sha256();
    version.manifestSizeBytes = sealed.stored().sizeBytes();
    version.sealedAt = clock.instant();
    versions.persist(version);
  }

  private static Event.DatasetSealed event(Sealed sealed) {
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
        sealed.stored(),
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
