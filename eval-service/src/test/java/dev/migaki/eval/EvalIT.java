package dev.migaki.eval;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event.EvaluationProgressed;
import dev.migaki.contracts.Event.ModelEvaluated;
import dev.migaki.contracts.Event.ModelTrained;
import dev.migaki.contracts.Topics;
import dev.migaki.eval.config.EvalConfig;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.DirectoryArchive;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The stage on a real broker and database. A model that learned nothing must not be promoted. */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
@WithTestResource(RecipeDirectory.class)
class EvalIT {
  @Inject ArtifactStore artifacts;
  @Inject EvalConfig config;

  @Test
  void shouldHoldAModelThatLearnedNothingAndShowWhy() throws IOException {
    try (TopicProbe probe = TopicProbe.ofApplication()) {
      // When the base model itself is handed in as tuned
      probe.publish(trained("unlearned"), "trained-unlearned");

      // Then
      ModelEvaluated evaluated =
          await()
              .atMost(Duration.ofSeconds(120))
              .until(
                  () ->
                      probe.events(Topics.EVALUATIONS, "unlearned").stream()
                          .map(TopicProbe.ProbedEvent::event)
                          .filter(ModelEvaluated.class::isInstance)
                          .map(ModelEvaluated.class::cast)
                          .toList(),
                  list -> !list.isEmpty())
              .get(0);
      assertThat(evaluated.verdict()).isEqualTo("hold");
      assertThat(probe.events(Topics.EVALUATIONS, "unlearned"))
          .map(TopicProbe.ProbedEvent::event)
          .filteredOn(EvaluationProgressed.class::isInstance)
          .isNotEmpty()
          .allSatisfy(
              event -> assertThat(((EvaluationProgressed) event).questions()).isEqualTo(3 * 5));
      assertThat(evaluated.reasons()).anyMatch(reason -> reason.contains("answered right"));
      given()
          .get("/v1/evaluations?dataset=unlearned")
          .then()
          .statusCode(200)
          .body("[0].verdict", equalTo("hold"));
      given()
          .get("/v1/evaluations/" + evaluated.modelId() + "/scorecard")
          .then()
          .statusCode(200)
          .body("languages.en.few_shot.n", equalTo(4))
          .body("unanswerable.tuned.asked", equalTo(1));
      given()
          .get("/v1/evaluations/" + evaluated.modelId() + "/report")
          .then()
          .statusCode(200)
          .contentType("text/html")
          .body(containsString("<svg"));
      given()
          .get("/v1/evaluations/nobody")
          .then()
          .statusCode(404)
          .body("error.code", equalTo("EVALUATION_UNKNOWN"));
      given()
          .get("/v1/evaluations?limit=0")
          .then()
          .statusCode(400)
          .body("error.message", equalTo("limit must be a whole number from 1 to 500."));
      // and what was asked and answered lies nowhere any more
      assertThat(config.workDirectory().resolve("evaluation-" + evaluated.runId())).doesNotExist();
    }
  }

  @Test
  void shouldWaitForARecipeThatIsWrongAndJudgeWhenItIsMended() throws IOException {
    try (TopicProbe probe = TopicProbe.ofApplication()) {
      // Given
      Path recipe = config.recipesDirectory().resolve("misspelt.yaml");
      Files.writeString(recipe, "gate: {minAnswerdRight: 0.9}");
      probe.publish(trained("misspelt"), "trained-misspelt");
      await()
          .atMost(Duration.ofSeconds(60))
          .untilAsserted(
              () ->
                  assertThat(evaluation("misspelt", "error"))
                      .startsWith("recipe misspelt.yaml: gate: unknown key minAnswerdRight"));
      assertThat(evaluation("misspelt", "state")).isEqualTo("queued");

      // When
      Files.writeString(recipe, "gate: {minAnsweredRight: 0.9}");

      // Then
      await()
          .atMost(Duration.ofSeconds(120))
          .untilAsserted(() -> assertThat(evaluation("misspelt", "verdict")).isEqualTo("hold"));
      assertThat(evaluation("misspelt", "error")).isNull();
    }
  }

  private static @Nullable String evaluation(String dataset, String field) {
    return given().get("/v1/evaluations?dataset=" + dataset).path("[0]." + field);
  }

  private ModelTrained trained(String dataset) throws IOException {
    StringBuilder train = new StringBuilder();
    StringBuilder test = new StringBuilder();
    for (int i = 0; i < 4; i++) {
      train.append(
          """
                    {"messages":[{"role":"user","content":"What is in box %d?"},{"role":"assistant","content":"Box %d holds %d blue pens."}]}
                    """
              .formatted(i, i, i * 7 + 3));
      test.append(
          """
                    {"id":"t%d","language":"en","kind":"paraphrase","messages":[{"role":"user","content":"Tell me about box %d"}],"reference":"Box %d holds %d blue pens."}
                    """
              .formatted(i, i, i, i * 7 + 3));
    }
    ArtifactRef trainFile = text(train.toString());
    ArtifactRef testFile = text(test.toString());
    ArtifactRef outside =
        text(
            """
                {"id":"u1","language":"en","kind":"unanswerable","messages":[{"role":"user","content":"Will it rain?"}],"reference":"I don't have information about that."}
                """);
    ArtifactRef manifest =
        text(
            "{\"files\":{\"train\":%s,\"test\":%s,\"unanswerable\":%s}}"
                .formatted(json(trainFile), json(testFile), json(outside)));
    Path zip = Files.createTempFile("quick-start", ".zip");
    DirectoryArchive.pack(Path.of("../models/quick-start"), zip);
    ArtifactRef model = artifacts.put(zip, "application/vnd.migaki.adapter+zip");
    Files.delete(zip);
    return new ModelTrained(
        dataset,
        "ftjob-evalit",
        "ft:quick-start:migaki:" + dataset + ":1",
        "v1",
        1,
        "quick-start",
        "full",
        10,
        1,
        0,
        "USD",
        0.1,
        null,
        model,
        text("{}"),
        manifest,
        text(
            "{\"event\":\"step\",\"step\":1,\"trainLoss\":0.5}\n{\"event\":\"step\",\"step\":2,\"trainLoss\":0.1}\n"));
  }

  private ArtifactRef text(String content) {
    return artifacts.put(content.getBytes(StandardCharsets.UTF_8), "application/json");
  }

  private static String json(ArtifactRef ref) {
    return "{\"location\":\"%s\",\"sha256\":\"%s\",\"sizeBytes\":%d,\"mediaType\":\"%s\"}"
        .formatted(ref.location(), ref.sha256(), ref.sizeBytes(), ref.mediaType());
  }
}
