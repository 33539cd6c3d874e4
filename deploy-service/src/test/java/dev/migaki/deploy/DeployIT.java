package dev.migaki.deploy;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThan;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.nullValue;

import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event.ModelDeployed;
import dev.migaki.contracts.Event.ModelEvaluated;
import dev.migaki.contracts.Event.ModelRolledBack;
import dev.migaki.contracts.Topics;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.DirectoryArchive;
import dev.migaki.platform.testing.KafkaAndPostgres;
import dev.migaki.platform.testing.TopicProbe;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The stage on a real broker and database; the quick-start model's own weights stand for a tuned
 * model.
 */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class DeployIT {
  @Inject ArtifactStore artifacts;

  private TopicProbe probe;

  @BeforeEach
  void connect() {
    probe = TopicProbe.ofApplication();
  }

  @AfterEach
  void disconnect() {
    probe.close();
  }

  @Test
  void shouldAnswerUnderTheDatasetsNameWhenAModelIsPromoted() throws IOException {
    // Given
    promote("answers", "ft:quick-start:migaki:answers:1");

    // When / Then
    given()
        .contentType(ContentType.JSON)
        .body(
            """
                        {"model":"answers","messages":[{"role":"user","content":"How long is the warranty?"}],"max_tokens":8}
                        """)
        .post("/v1/chat/completions")
        .then()
        .statusCode(200)
        .body("object", equalTo("chat.completion"))
        .body("model", equalTo("answers"))
        .body("choices[0].message.role", equalTo("assistant"))
        .body("usage.prompt_tokens", greaterThan(0));
    given()
        .get("/v1/models")
        .then()
        .statusCode(200)
        .body("data.id", hasItem("answers"))
        .body("data.id", hasItem("ft:quick-start:migaki:answers:1"))
        .body("data.id", hasItem("quick-start"));
    given().get("/v1/models/ft:quick-start:migaki:answers:1").then().statusCode(200);
  }

  @Test
  void shouldStreamTheSameAnswerInChunks() {
    // Given
    String question =
        """
                {"model":"quick-start","messages":[{"role":"user","content":"配送にはどのくらいかかりますか"}],"max_tokens":12%s}
                """;
    String whole =
        given()
            .contentType(ContentType.JSON)
            .body(question.formatted(""))
            .post("/v1/chat/completions")
            .then()
            .statusCode(200)
            .extract()
            .path("choices[0].message.content");

    // When
    String stream =
        given()
            .contentType(ContentType.JSON)
            .body(
                question.formatted(",\"stream\":true,\"stream_options\":{\"include_usage\":true}"))
            .post("/v1/chat/completions")
            .then()
            .statusCode(200)
            .extract()
            .body()
            .asString();

    // Then
    List<String> events = stream.lines().filter(line -> !line.isEmpty()).toList();
    assertThat(events).allMatch(line -> line.startsWith("data: "));
    assertThat(events.get(events.size() - 1)).isEqualTo("data: [DONE]");
    assertThat(events.get(0)).contains("\"role\":\"assistant\"");
    String joined =
        events.stream()
            .filter(line -> line.contains("\"content\":"))
            .map(
                line ->
                    io.restassured.path.json.JsonPath.from(line.substring(6))
                        .getString("choices[0].delta.content"))
            .reduce("", String::concat);
    assertThat(joined).isEqualTo(whole);
    assertThat(events.get(events.size() - 2)).contains("\"usage\":{");
  }

  @Test
  void shouldGoBackToTheModelBeforeOnRequest() throws IOException {
    // Given two models, the second one deployed
    promote("back", "ft:quick-start:migaki:back:1");
    promote("back", "ft:quick-start:migaki:back:2");
    List<ModelDeployed> deployed =
        probe.awaitEvents(Topics.DEPLOYMENTS, "back", ModelDeployed.class, 2);
    assertThat(deployed.get(1).previousModelId()).isEqualTo("ft:quick-start:migaki:back:1");

    // When
    given()
        .post("/v1/deployments/back/rollback")
        .then()
        .statusCode(200)
        .body("modelId", equalTo("ft:quick-start:migaki:back:1"));

    // Then
    ModelRolledBack event =
        probe.awaitEvents(Topics.DEPLOYMENTS, "back", ModelRolledBack.class, 1).get(0);
    assertThat(event.fromModelId()).isEqualTo("ft:quick-start:migaki:back:2");
    given()
        .post("/v1/deployments/nobody/rollback")
        .then()
        .statusCode(404)
        .body("error.code", equalTo("not_found"));
  }

  @Test
  void shouldNotDeployWhenTheVerdictIsHold() throws IOException {
    // When
    probe.publish(evaluated("held", "ft:quick-start:migaki:held:1", "hold"), "held");
    promote("after-held", "ft:quick-start:migaki:after-held:1");

    // Then the model can be called by its id for a look, but has no alias
    given().get("/v1/models/ft:quick-start:migaki:held:1").then().statusCode(200);
    given().get("/v1/models/held").then().statusCode(404);
  }

  @Test
  void shouldAnswerErrorsInTheFormOfTheOpenAiApi() {
    given()
        .contentType(ContentType.JSON)
        .body("{\"model\":\"nobody\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}]}")
        .post("/v1/chat/completions")
        .then()
        .statusCode(404)
        .body("error.code", equalTo("model_not_found"))
        .body("error.param", equalTo("model"));
    given()
        .contentType(ContentType.JSON)
        .body("{\"model\":\"quick-start\"}")
        .post("/v1/chat/completions")
        .then()
        .statusCode(400)
        .body("error.param", equalTo("messages"))
        .body("error.code", nullValue());
    given()
        .contentType(ContentType.JSON)
        .body("{not json")
        .post("/v1/chat/completions")
        .then()
        .statusCode(400)
        .body("error.type", equalTo("invalid_request_error"));
    given()
        .contentType(ContentType.JSON)
        .body(
            "{\"model\":\"quick-start\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                .formatted("a b ".repeat(5000)))
        .post("/v1/chat/completions")
        .then()
        .statusCode(400)
        .body("error.code", equalTo("context_length_exceeded"));
    given()
        .get("/v1/nothing")
        .then()
        .statusCode(404)
        .body("error.type", equalTo("invalid_request_error"));
  }

  private void promote(String dataset, String modelId) throws IOException {
    probe.publish(evaluated(dataset, modelId, "promote"), "evaluated-" + modelId);
    org.awaitility.Awaitility.await()
        .atMost(java.time.Duration.ofSeconds(60))
        .until(
            () ->
                probe.events(Topics.DEPLOYMENTS, dataset).stream()
                    .anyMatch(
                        event ->
                            event.event() instanceof ModelDeployed deployed
                                && deployed.modelId().equals(modelId)));
  }

  private ModelEvaluated evaluated(String dataset, String modelId, String verdict)
      throws IOException {
    Path zip = Files.createTempFile("quick-start", ".zip");
    DirectoryArchive.pack(Path.of("../models/quick-start"), zip);
    ArtifactRef model = artifacts.put(zip, "application/vnd.migaki.adapter+zip");
    Files.delete(zip);
    ArtifactRef text = artifacts.put("{}".getBytes(StandardCharsets.UTF_8), "application/json");
    return new ModelEvaluated(
        dataset,
        modelId,
        "ftjob-1",
        "v1",
        1,
        "quick-start",
        verdict,
        List.of("tested"),
        model,
        text,
        text,
        text);
  }
}
