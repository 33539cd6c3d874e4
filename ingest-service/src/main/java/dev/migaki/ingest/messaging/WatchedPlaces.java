package dev.migaki.ingest.messaging;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.DatasetName;
import dev.migaki.ingest.outbound.frontdoor.IngestTopic;
import dev.migaki.ingest.persistence.WatchedDocumentRepository;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.ContentHash;
import dev.migaki.platform.artifacts.DocumentDrop;
import dev.migaki.platform.artifacts.DocumentDrop.Dropped;
import dev.migaki.platform.artifacts.FolderDrop;
import dev.migaki.platform.artifacts.S3Drop;
import dev.migaki.platform.artifacts.S3Settings;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Takes documents from watched folders and buckets to the front door. One document at a time, from
 * stream to stream: a full folder fills neither memory nor the topic with bytes. What was taken is
 * noted after the broker has it, so a crash takes a document twice, which the stage recognises.
 */
@ApplicationScoped
public class WatchedPlaces {

  private static final Logger LOG = Logger.getLogger(WatchedPlaces.class);
  private static final String MEDIA_TYPE = "application/octet-stream";

  private final IngestConfig config;
  private final WatchedDocumentRepository taken;
  private final ArtifactStore artifacts;
  private final IngestTopic topic;
  private final Clock clock;
  private final Map<String, DocumentDrop> places = new LinkedHashMap<>();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "watched-places");
            thread.setDaemon(true);
            return thread;
          });

  WatchedPlaces(
      IngestConfig config,
      WatchedDocumentRepository taken,
      ArtifactStore artifacts,
      IngestTopic topic,
      Clock clock,
      @ConfigProperty(name = "migaki.artifacts.s3.region", defaultValue = "us-east-1")
          String region,
      @ConfigProperty(name = "migaki.artifacts.s3.endpoint") Optional<URI> endpoint) {
    this.config = config;
    this.taken = taken;
    this.artifacts = artifacts;
    this.topic = topic;
    this.clock = clock;
    config
        .watch()
        .forEach(
            (dataset, place) -> {
              if (!DatasetName.isValid(dataset)) {
                throw new IllegalArgumentException(
                    "migaki.ingest.watch.\"" + dataset + "\": " + DatasetName.RULE);
              }
              places.put(
                  dataset,
                  place.startsWith("s3:")
                      ? S3Drop.connect(
                          S3Settings.of(
                              URI.create(place),
                              region,
                              endpoint.orElse(null),
                              endpoint.isPresent()))
                      : new FolderDrop(Path.of(place), clock, config.watchRest()));
            });
  }

  void start(@Observes StartupEvent started) {
    if (!places.isEmpty()) {
      long millis = config.watchInterval().toMillis();
      var unused =
          timer.scheduleWithFixedDelay(this::lookAround, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  void stop(@Observes ShutdownEvent stopping) {
    timer.shutdownNow();
  }

  private void lookAround() {
    places.forEach(
        (dataset, place) -> {
          try {
            take(dataset, place);
          } catch (RuntimeException e) {
            // what was not noted is taken in the next round
            LOG.warnf("watched place waits: datasetId=%s: %s", dataset, e.getClass().getName());
          }
        });
  }

  private void take(String dataset, DocumentDrop place) {
    Map<String, String> known = QuarkusTransaction.requiringNew().call(() -> taken.taken(dataset));
    for (Dropped document : place.list()) {
      if (!document.stamp().equals(known.get(document.name()))) {
        topic.offer(
            dataset,
            stored(place, document),
            new IngestTopic.Label(document.name(), document.name(), "watched", null));
        QuarkusTransaction.requiringNew()
            .run(() -> taken.note(dataset, document.name(), document.stamp(), clock.instant()));
      }
    }
  }

  private ArtifactRef stored(DocumentDrop place, Dropped document) {
    if (document.sizeBytes() > config.maxDocumentBytes()) {
      // the stage rejects it by its size; its bytes need not travel for that
      return reference(document);
    }
    try (InputStream content = place.open(document)) {
      return artifacts.put(content, MEDIA_TYPE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A claim check for something that is not in the store; its hash tells versions apart. */
  private static ArtifactRef reference(Dropped document) {
    byte[] stamp = (document.name() + document.stamp()).getBytes(StandardCharsets.UTF_8);
    try {
      ContentHash hash =
          ContentHash.copy(new ByteArrayInputStream(stamp), OutputStream.nullOutputStream());
      return new ArtifactRef(hash.location(), hash.sha256(), document.sizeBytes(), MEDIA_TYPE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
