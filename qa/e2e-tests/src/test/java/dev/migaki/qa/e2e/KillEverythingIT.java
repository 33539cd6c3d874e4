package dev.migaki.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.RunView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code kill -9} of every process once, each at a moment drawn from a seed: the counts are the
 * same as without. About two minutes per process; run with {@code mvn -Pe2e verify}.
 */
@Tag("kill-everything")
final class KillEverythingIT {
  private static final long SEED = 20261122;
  private static final int PAGES = 12;
  private static final int EXAMPLES_PER_PAGE = 3;

  private static final Duration PATIENCE = Duration.ofMinutes(15);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ingest",
        "cleanse",
        "training",
        "training-child",
        "eval",
        "deploy",
        "kafka",
        "postgresql"
      })
  void shouldEndWithTheSameCountsWhenProcessIsKilled(String victim) throws IOException {
    // Given
    Random random = new Random(SEED ^ victim.hashCode());
    int delayMillis = random.nextInt(victim.startsWith("training") ? 8_000 : 20_000);
    System.out.println(victim + ": killed " + delayMillis + " ms after its moment, seed " + SEED);
    try (TestStack stack =
            TestStack.start(
                directory, TestStack.recipe("quick.yaml"), List.of(StageService.values()));
        DocumentSubmitter submitter = stack.submitter()) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (Branches.Page page : Branches.pages(PAGES)) {
        sent.add(
            submitter.send(
                TestStack.DATASET, page.text().getBytes(StandardCharsets.UTF_8), page.name()));
      }
      for (Future<RecordMetadata> one : sent) {
        DocumentSubmitter.await(one);
      }
      // When
      if (victim.startsWith("training")) {
        stack.awaitDataset(PATIENCE, view -> assertThat(view.runs()).isNotEmpty());
      }
      Awaitility.await()
          .pollDelay(Duration.ofMillis(delayMillis))
          .atMost(Duration.ofMinutes(1))
          .until(() -> kill(stack, victim));
      // Then
      stack.awaitDataset(PATIENCE, KillEverythingIT::assertDone);
      assertThat(stack.pipeline().deadLetters()).isEmpty();
    }
  }

  private static void assertDone(DatasetView view) {
    assertThat(view.ingested()).isEqualTo(PAGES);
    assertThat(view.ingestedRecords()).isEqualTo(PAGES);
    assertThat(view.cleansed()).isEqualTo(PAGES);
    assertThat(view.examples()).isEqualTo(EXAMPLES_PER_PAGE * PAGES);
    assertThat(view.versions()).hasSize(1);
    assertThat(view.newestRun().flatMap(RunView::ending)).as("failed run").isEmpty();
    assertThat(view.runs()).hasSize(1);
    assertThat(view.deployments()).hasSize(1);
  }

  private static boolean kill(TestStack stack, String victim) {
    if (!victim.equals("training-child")) {
      stack.kill(victim);
      return true;
    }
    long service = stack.state().child("training").orElseThrow().pid();
    Optional<ProcessHandle> child =
        ProcessHandle.of(service).stream()
            .flatMap(ProcessHandle::children)
            .filter(
                process ->
                    process.info().command().orElse("").toLowerCase(Locale.ROOT).contains("java"))
            .findFirst();
    child.ifPresent(ProcessHandle::destroyForcibly);
    return child.isPresent();
  }
}
