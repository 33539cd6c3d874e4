package dev.migaki.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
import dev.migaki.cleanse.persistence.DocumentEntity;
import dev.migaki.cleanse.persistence.DocumentRepository;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SealingProgress.Step;
import dev.migaki.platform.stage.Cause;
import dev.migaki.platform.testing.KafkaAndPostgres;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class SealingWatchIT {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Inject DatasetRepository datasets;
  @Inject DocumentRepository documents;
  @Inject SealingSnapshots snapshots;

  /** A clock on which twenty seconds pass between two looks. */
  private static final class HastyClock extends Clock {
    private Instant next = NOON;

    @Override
    public Instant instant() {
      next = next.plusSeconds(20);
      return next;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }

  @Test
  void shouldEndASealingWhenADocumentOfItIsErasedAndNotWhenOneCame() {
    // Given
    changed("watched");
    SealingSnapshots.Snapshot snapshot = snapshot("watched");
    SealingWatch watch = new SealingWatch(snapshots, new HastyClock());
    SealingProgress progress = watch.begin(snapshot);
    progress.at(Step.VARIATIONS, 3, 7);
    assertThat(watch.state("watched"))
        .contains(new SealingWatch.State(NOON.plusSeconds(20), "variations", 3, 7));
    changed("watched");
    progress.at(Step.FILES, 4, 7);
    withdraw("watched", "not-in-it.html");
    progress.at(Step.FILES, 5, 7);

    // When
    withdraw("watched", "in-it.html");

    // Then
    assertThatThrownBy(() -> progress.at(Step.FILES, 6, 7))
        .isInstanceOf(SealingSnapshots.SnapshotVoid.class);
    watch.end("watched");
    assertThat(watch.state("watched")).isEmpty();
    RestAssured.get("/v1/datasets/watched/sealing").then().statusCode(404);
  }

  @Test
  void shouldKeepARequestThatCameAfterTheSnapshot() {
    // Given
    changed("asked");
    request("asked");
    SealingSnapshots.Snapshot snapshot = snapshot("asked");
    assertThat(snapshot.dataset().requestedRevision).isEqualTo(1);

    // When
    changed("asked");
    request("asked");

    // Then
    DatasetEntity now = QuarkusTransaction.requiringNew().call(() -> datasets.findById("asked"));
    assertThat(now.requestedRevision).isGreaterThan(snapshot.dataset().revision);
    assertThat(now.changed - now.snapshotChanged).isEqualTo(1);
    assertThat(now.firstSince).isEqualTo(NOON);
  }

  private void request(String dataset) {
    assertThat(QuarkusTransaction.requiringNew().call(() -> datasets.request(dataset))).isTrue();
  }

  private void withdraw(String dataset, String documentId) {
    QuarkusTransaction.requiringNew()
        .run(() -> snapshots.withdraw(datasets.locked(dataset).orElseThrow(), documentId));
  }

  /** Of a dataset with one document, under a lease that nobody else gets. */
  private SealingSnapshots.Snapshot snapshot(String dataset) {
    QuarkusTransaction.requiringNew()
        .run(
            () -> {
              DocumentEntity row = new DocumentEntity();
              row.key = new DocumentEntity.Key(dataset, "in-it.html");
              row.version = 1;
              row.filename = "in-it.html";
              row.fileLocation = "somewhere";
              row.fileSha256 = "0".repeat(64);
              row.fileSizeBytes = 0L;
              row.findings = "{}";
              row.rejects = "{}";
              row.topic = "test";
              row.changedAt = NOON;
              documents.persist(row);
              datasets.claim(dataset, "me", Instant.now(), Instant.now().plus(Duration.ofDays(1)));
            });
    return snapshots.take(dataset, "me", 0).orElseThrow();
  }

  @Test
  void shouldKeepTheLeaseWhenItsOwnerRenewsIt() {
    // Given
    changed("leased");
    assertThat(claim("a", 0)).isTrue();

    // When
    boolean byOwner = renew("a", 300);
    boolean byAnother = renew("b", 900);

    // Then
    assertThat(byOwner).isTrue();
    assertThat(byAnother).isFalse();
    assertThat(claim("b", 200)).isFalse();
    assertThat(claim("b", 301)).isTrue();
  }

  private boolean claim(String owner, int second) {
    Instant now = NOON.plusSeconds(second);
    return QuarkusTransaction.requiringNew()
        .call(() -> datasets.claim("leased", owner, now, now.plusSeconds(60)));
  }

  private boolean renew(String owner, int second) {
    return QuarkusTransaction.requiringNew()
        .call(() -> datasets.renew("leased", owner, NOON.plusSeconds(second)));
  }

  private void changed(String dataset) {
    QuarkusTransaction.requiringNew()
        .run(
            () ->
                datasets.noteChange(
                    dataset,
                    new Cause("test", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                    NOON));
  }
}
