package dev.migaki.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.startsWith;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.contracts.Event.DatasetSealed;
import dev.migaki.contracts.Event.RunFailed;
import dev.migaki.contracts.Event.RunQuoted;
import dev.migaki.contracts.Topics;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A version whose recipe is wrong waits for it, alone. */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
@WithTestResource(ChangingRecipes.class)
class HeldVersionsIT {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int PARTITIONS = 3;

  /** Quoted and refused, so that nothing is trained. */
  private static final String QUOTED_ONLY =
      "training: {baseModel: quick-start}\n"
          + "budget: {perRun: 0.0001, pricePerMillionTokens: 100000}\n";

  @Inject ArtifactStore artifacts;

  @ConfigProperty(name = "migaki.training.recipes-directory")
  Path recipes;

  private TopicProbe probe;

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  private void recipe(String dataset, String yaml) throws IOException {
    Files.writeString(recipes.resolve(dataset + ".yaml"), yaml);
  }

  private static int partition(String dataset) {
    return BuiltInPartitioner.partitionForKey(dataset.getBytes(StandardCharsets.UTF_8), PARTITIONS);
  }

  private List<RunQuoted> quotes(String dataset) {
    return probe.events(Topics.RUNS, dataset, RunQuoted.class);
  }

  @Test
  void shouldConsiderTheNewestVersionWhenTheRecipeIsMendedAndLetOthersPassMeanwhile()
      throws IOException {
    // Given
    String dataset = "held-version";
    String neighbour =
        IntStream.range(0, 1000)
            .mapToObj(n -> dataset + "-neighbour-" + n)
            .filter(name -> partition(name) == partition(dataset))
            .findFirst()
            .orElseThrow();
    recipe(dataset, "training: {baseModle: quick-start}");
    recipe(neighbour, QUOTED_ONLY);
    DatasetSealed newest = sealed(dataset, 2);

    // When
    probe.publish(sealed(dataset, 1), dataset + "/1");
    probe.publish(newest, dataset + "/2");
    probe.publish(
        new Event.RetrainRequested(dataset, "never-trained", "the verdict asks for it", Map.of()),
        dataset + "/retrain");
    probe.publish(sealed(neighbour, 1), neighbour + "/1");

    // Then
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(quotes(neighbour)).hasSize(1));
    String found = "held.find { it.dataset == '" + dataset + "' }.";
    RestAssured.get("/v1/held")
        .then()
        .statusCode(200)
        .body(found + "code", equalTo("RECIPE_INVALID"))
        .body(found + "records", equalTo(2))
        .body(
            found + "reason",
            startsWith("recipe held-version.yaml: training: unknown key baseModle"));
    assertThat(probe.events(Topics.RUNS, dataset)).isEmpty();

    // And when
    recipe(dataset, QUOTED_ONLY);

    // Then: nobody sealed anything meanwhile
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(probe.events(Topics.RUNS, dataset, RunFailed.class))
                    .extracting(RunFailed::code)
                    .containsExactly("BUDGET_EXCEEDED"));
    assertThat(quotes(dataset)).extracting(RunQuoted::version).containsExactly(newest.version());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                RestAssured.get("/v1/held")
                    .then()
                    .body("held.findAll { it.dataset == '" + dataset + "' }.size()", equalTo(0)));
    assertThat(probe.records(Topics.deadLetterOf(Topics.DATASETS), dataset)).isEmpty();
  }

  private DatasetSealed sealed(String dataset, int number) {
    StringBuilder train = new StringBuilder();
    for (int i = 0; i < 24 + number; i++) {
      train.append(
          """
          {"messages":[{"role":"user","content":"What is in box %d?"},{"role":"assistant","content":"Box %d holds %d blue pens."}]}
          """
              .formatted(i, i, i * 7 + 3));
    }
    ArtifactRef file =
        artifacts.put(train.toString().getBytes(StandardCharsets.UTF_8), "application/jsonl");
    String manifest =
        "{\"dataset\":\"%s\",\"files\":{\"train\":{\"location\":\"%s\",\"sha256\":\"%s\",\"sizeBytes\":%d,\"mediaType\":\"%s\"}}}"
            .formatted(dataset, file.location(), file.sha256(), file.sizeBytes(), file.mediaType());
    return new DatasetSealed(
        dataset,
        file.sha256(),
        number,
        24 + number,
        0,
        0,
        0,
        1000,
        1,
        Map.of(),
        artifacts.put(
            manifest.getBytes(StandardCharsets.UTF_8), "application/vnd.migaki.manifest+json"),
        null);
  }
}
