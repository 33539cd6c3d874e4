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
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The stage on a real broker and database; the quick-start model's own weights stand for a tuned
 * model.
 */
@QuarkusTest
@WithTestResource(KafkaAndPostgres.class)
class DeployIT {
  private static final String QUESTION = "How long is the warranty?";

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
            .map(line -> JsonPath.from(line.substring(6)).getString("choices[0].delta.content"))
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "'temperature':2.5|temperature",
        "'top_p':0|top_p",
        "'top_k':-1|top_k",
        "'min_p':1|min_p",
        "'n':0|n",
        "'stop':''|stop",
        "'stop':['a','b','c','d','e']|stop",
        "'max_tokens':0|max_completion_tokens",
        "'top_logprobs':2|top_logprobs",
        "'logprobs':true,'top_logprobs':21|top_logprobs",
        "'presence_penalty':-2.5|presence_penalty",
        "'frequency_penalty':3|frequency_penalty",
        "'repetition_penalty':0|repetition_penalty",
        "'logit_bias':{'x':1}|logit_bias",
        "'logit_bias':{'7':101}|logit_bias",
        "'response_format':{'type':'xml'}|response_format.type",
        "'response_format':{'type':'json_object'}|messages",
        "'stream_options':{'include_usage':true}|stream_options",
        "'stream':true,'n':0|n"
      })
  void shouldNameTheFieldWhenItsValueIsOfNoUse(String fields, String named) {
    request("Hello", fields)
        .then()
        .statusCode(400)
        .contentType(ContentType.JSON)
        .body("error.type", equalTo("invalid_request_error"))
        .body("error.param", equalTo(named));
  }

  @Test
  void shouldEndBeforeTheStopText() {
    // Given
    JsonPath whole = answer(QUESTION, "'max_tokens':24");
    String text = whole.getString("choices[0].message.content");
    String stop = text.substring(text.length() / 2, text.length() / 2 + 3);

    // When
    JsonPath stopped = answer(QUESTION, "'max_tokens':24,'stop':['never said','" + stop + "']");

    // Then
    assertThat(stopped.getString("choices[0].message.content"))
        .isEqualTo(text.substring(0, text.indexOf(stop)));
    assertThat(stopped.getString("choices[0].finish_reason")).isEqualTo("stop");
  }

  @Test
  void shouldRepeatADrawWhenTheSeedIsTheSame() {
    // When
    String first = text("'temperature':2,'seed':1");
    String again = text("'temperature':2,'seed':1");
    List<String> others =
        Stream.of(2, 3, 4).map(seed -> text("'temperature':2,'seed':" + seed)).toList();

    // Then
    assertThat(again).isEqualTo(first);
    assertThat(others).anyMatch(other -> !other.equals(first));
  }

  @Test
  void shouldDrawTheLikeliestOnlyWhenNothingElseIsLeft() {
    // Given
    String likeliest = text("'temperature':0");

    // When / Then
    assertThat(text("'temperature':2,'seed':1")).isNotEqualTo(likeliest);
    assertThat(text("'temperature':2,'seed':1,'top_k':1")).isEqualTo(likeliest);
    assertThat(text("'temperature':2,'seed':1,'min_p':0.999")).isEqualTo(likeliest);
    assertThat(text("'temperature':2,'seed':1,'top_p':0.000001")).isEqualTo(likeliest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"presence_penalty", "frequency_penalty", "repetition_penalty"})
  void shouldRepeatLessWhenRepetitionCosts(String penalty) {
    // Given a model that may not end its answer, and so begins to repeat itself
    String fields = "'max_tokens':48,'logprobs':true,'logit_bias':{'0':-100,'2':-100}";

    // When
    long without = distinctTokens(answer(QUESTION, fields));
    long with = distinctTokens(answer(QUESTION, fields + ",'" + penalty + "':2"));

    // Then
    assertThat(with).isGreaterThan(without);
  }

  private static long distinctTokens(JsonPath answer) {
    List<String> tokens = answer.getList("choices[0].logprobs.content.token", String.class);
    assertThat(tokens).hasSize(48).hasSize(answer.getInt("usage.completion_tokens"));
    return tokens.stream().distinct().count();
  }

  @Test
  void shouldReportEachTokenWithItsAlternatives() {
    // When
    JsonPath answer = answer(QUESTION, "'max_tokens':8,'logprobs':true,'top_logprobs':3");

    // Then
    List<Map<String, Object>> tokens = answer.getList("choices[0].logprobs.content");
    assertThat(tokens).hasSize(answer.getInt("usage.completion_tokens"));
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < tokens.size(); i++) {
      String path = "choices[0].logprobs.content[" + i + "]";
      text.append(answer.getString(path + ".token"));
      // the likeliest token was taken, so it is its own first alternative
      assertThat(answer.getString(path + ".top_logprobs[0].token"))
          .isEqualTo(answer.getString(path + ".token"));
      assertThat(answer.getList(path + ".top_logprobs.logprob", Double.class))
          .hasSize(3)
          .isSortedAccordingTo(Comparator.reverseOrder())
          .allMatch(logprob -> logprob <= 0)
          .first()
          .isEqualTo(answer.getDouble(path + ".logprob"));
    }
    assertThat(text.toString().strip())
        .startsWith(answer.getString("choices[0].message.content").strip());
    assertThat((Object) answer(QUESTION, "'max_tokens':8").get("choices[0].logprobs")).isNull();
  }

  @Test
  void shouldGiveSeveralAnswersWhenAskedFor() {
    // When
    String fields = "'n':3,'temperature':1.5,'seed':4,'max_tokens':10";
    JsonPath answers = answer(QUESTION, fields);

    // Then
    assertThat(answers.getList("choices.index", Integer.class)).containsExactly(0, 1, 2);
    List<String> texts = answers.getList("choices.message.content", String.class);
    assertThat(texts).doesNotHaveDuplicates();
    assertThat(texts.get(0)).isEqualTo(text("'temperature':1.5,'seed':4,'max_tokens':10"));
    assertThat(answers.getInt("usage.completion_tokens")).isBetween(3, 30);
    assertThat(answers.getInt("usage.total_tokens"))
        .isEqualTo(
            answers.getInt("usage.prompt_tokens") + answers.getInt("usage.completion_tokens"));

    // and in a stream each piece says which answer it belongs to, and nobody asked for counts
    String stream = request(QUESTION, fields + ",'stream':true").asString();
    for (int i = 0; i < 3; i++) {
      assertThat(streamed(stream, i)).isEqualTo(texts.get(i));
    }
    assertThat(stream).doesNotContain("\"usage\"");
  }

  private static String streamed(String stream, int choice) {
    return stream
        .lines()
        .filter(line -> line.startsWith("data: {"))
        .map(line -> JsonPath.from(line.substring(6)))
        .filter(chunk -> chunk.getInt("choices[0].index") == choice)
        .map(chunk -> chunk.getString("choices[0].delta.content"))
        .filter(Objects::nonNull)
        .collect(Collectors.joining());
  }

  @Test
  void shouldAnswerWithAJsonObjectWhenTheFormatSaysSo() {
    // When
    JsonPath answer =
        answer(
            "Give me the price as JSON.",
            "'max_tokens':200,'response_format':{'type':'json_object'}");

    // Then
    String text = answer.getString("choices[0].message.content").strip();
    assertThat(text).startsWith("{");
    if (answer.getString("choices[0].finish_reason").equals("stop")) {
      assertThat(JsonPath.from(text).getMap("")).isNotNull();
    } else {
      assertThat(answer.getInt("usage.completion_tokens")).isEqualTo(200);
    }
  }

  /** Of sixteen tokens, when nothing else is said. */
  private static String text(String fields) {
    String limited = fields.contains("max_tokens") ? fields : fields + ",'max_tokens':16";
    return answer(QUESTION, limited).getString("choices[0].message.content");
  }

  private static JsonPath answer(String question, String fields) {
    return request(question, fields).then().statusCode(200).extract().jsonPath();
  }

  private static Response request(String question, String fields) {
    String body =
        "{'model':'quick-start','messages':[{'role':'user','content':'" + question + "'}],%s}";
    return given()
        .contentType(ContentType.JSON)
        .body(body.formatted(fields).replace('\'', '"'))
        .post("/v1/chat/completions");
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
