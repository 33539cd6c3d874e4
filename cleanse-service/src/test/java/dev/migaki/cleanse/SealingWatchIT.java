package dev.migaki.cleanse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.cleanse.persistence.DatasetEntity;
import dev.migaki.cleanse.persistence.DatasetRepository;
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
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class SealingWatchIT {
  private static final Instant NOON = Instant.parse("2026-11-28T12:00:00Z");

  @Inject DatasetRepository datasets;

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
  void shouldEndASealingWhenTheDatasetHasChanged() {
    // Given
    DatasetEntity picture = changed("watched");
    SealingWatch watch = new SealingWatch(datasets, new HastyClock());
    SealingProgress progress = watch.begin(picture);
    progress.at(Step.VARIATIONS, 3, 7);
    assertThat(watch.state("watched"))
        .contains(new SealingWatch.State(NOON.plusSeconds(20), "variations", 3, 7));

    // When
    changed("watched");

    // Then
    assertThatThrownBy(() -> progress.at(Step.FILES, 4, 7))
        .isInstanceOf(SealingWatch.ChangedMeanwhile.class);
    watch.end("watched");
    assertThat(watch.state("watched")).isEmpty();
    RestAssured.get("/v1/datasets/watched/sealing").then().statusCode(404);
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

  private DatasetEntity changed(String dataset) {
    return QuarkusTransaction.requiringNew()
        .call(
            () -> {
              datasets.noteChange(
                  dataset,
                  new Cause("test", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"),
                  NOON);
              datasets.flush();
              return datasets.findById(dataset);
            });
  }
}
