package dev.migaki.cleanse.outbound.recognizers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.migaki.cleanse.outbound.recognizers.ReaderStandIn.Answer;
import dev.migaki.cleanse.outbound.recognizers.ReaderStandIn.Behaviour;
import dev.migaki.cleansing.PseudonymKey;
import dev.migaki.cleansing.recognition.Finding;
import dev.migaki.cleansing.recognition.Passage;
import dev.migaki.datasets.recipes.DatasetRecipe;
import dev.migaki.datasets.recipes.RecipeReader;
import dev.migaki.platform.http.JsonPost;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.recipes.RecipeFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSecondReadersTest {
  private static final String KEY = "sk-of-the-reader-4711";
  private static final String SECRET_TEXT = "Quorvex Zibble lives here.";

  private final HttpSecondReaders readers =
      new HttpSecondReaders(
          JsonPost.waiting(List.of(Duration.ofMillis(1), Duration.ofMillis(1))),
          Map.of("READER_KEY", KEY)::get);
  private ReaderStandIn standIn;

  @BeforeEach
  void start() {
    standIn = ReaderStandIn.start(request -> new Answer(200, "[]"));
  }

  @AfterEach
  void stop() {
    standIn.close();
  }

  private static DatasetRecipe recipe(String remote) {
    RecipeReader reader =
        new RecipeReader(PseudonymKey.of("key".getBytes(StandardCharsets.UTF_8)), true);
    return RecipeFiles.read(
        ("findings: {remote: [" + remote + "]}").getBytes(StandardCharsets.UTF_8),
        (root, bytes) -> reader.read(root, "none"));
  }

  private String presidio(String more) {
    return "{kind: presidio, url: '" + standIn.url() + "', timeout: PT1S" + more + "}";
  }

  private String model(String more) {
    return "{kind: model, url: '" + standIn.url() + "/v1', model: m, timeout: PT1S" + more + "}";
  }

  private List<List<Finding>> read(String remote, Passage... passages) {
    return readers.of(recipe(remote)).get(0).recognize(List.of(passages));
  }

  private static Passage english(String text) {
    return new Passage(text, null, "en");
  }

  /** The value of each finding and what it is. */
  private static List<String> values(String text, List<Finding> findings) {
    return findings.stream()
        .map(finding -> text.substring(finding.start(), finding.end()) + "=" + finding.type())
        .toList();
  }

  @Test
  void shouldAskPresidioAndTakeItsEntitiesByTheirNamesHere() {
    // Given
    standIn.behave(
        request ->
            new Answer(
                200,
                List.of(
                        ReaderStandIn.entity("US_SSN", 0, 11, 0.85),
                        ReaderStandIn.entity("URL", 12, 16, 0.5),
                        ReaderStandIn.entity("NRP", 17, 23, 1.7))
                    .toString()));
    String text = "078-05-1120 a.io French";

    // When
    List<List<Finding>> found = read(presidio(", threshold: 0.4"), english(text));

    // Then
    assertThat(values(text, found.get(0))).containsExactly("078-05-1120=SSN", "French=NATIONALITY");
    assertThat(found.get(0)).extracting(Finding::score).containsExactly(0.85, 1.0);
    assertThat(found.get(0)).extracting(Finding::recognizer).containsOnly("presidio");
    assertThat(standIn.requests()).hasSize(1);
    assertThat(standIn.requests().get(0).path()).isEqualTo("/analyze");
    assertThat(standIn.requests().get(0).authorization()).isEqualTo("null");
    assertThat(standIn.requests().get(0).body())
        .isEqualTo(
            ReaderStandIn.json(
                "{\"text\":\"078-05-1120 a.io French\",\"language\":\"en\",\"score_threshold\":0.4}"));
  }

  @Test
  void shouldAskForTheRecipesEntitiesOnlyWhenItNamesThem() {
    // Given
    standIn.behave(
        request ->
            new Answer(
                200,
                List.of(
                        ReaderStandIn.entity("PERSON", 0, 4, 0.9),
                        ReaderStandIn.entity("STAFF_NUMBER", 5, 8, 0.9))
                    .toString()));

    // When
    List<List<Finding>> found =
        read(presidio(", name: staff, types: {STAFF_NUMBER: EMPLOYEE_ID}"), english("Aiko 123"));

    // Then
    assertThat(values("Aiko 123", found.get(0))).containsExactly("123=EMPLOYEE_ID");
    assertThat(found.get(0).get(0).recognizer()).isEqualTo("staff");
    assertThat(standIn.requests().get(0).body().path("entities"))
        .isEqualTo(ReaderStandIn.json("[\"STAFF_NUMBER\"]"));
  }

  @Test
  void shouldFindTheRightCharactersWhenEmojiAndRareKanjiStandBefore() {
    // Given
    standIn.behave(ReaderStandIn.presidioThatKnows("𠮷田 花子", "Zibble😀"));
    String text = "😀👩‍💻 𠮷野家: 𠮷田 花子 → Zibble😀!";

    // When
    List<List<Finding>> found = read(presidio(""), english("😀"), english("😀 x"), english(text));

    // Then
    assertThat(values(text, found.get(2))).containsExactly("𠮷田 花子=PERSON", "Zibble😀=PERSON");
    assertThat(found.get(1)).isEmpty();
  }

  @Test
  void shouldFindNamesInEveryPartWhenATextIsLongerThanARequest() {
    // Given
    standIn.behave(ReaderStandIn.presidioThatKnows("Quorvex Zibble"));
    String text = "😀 Some words. Quorvex Zibble ".repeat(100);

    // When
    List<List<Finding>> found = read(presidio(", maxCharacters: 500"), english(text));

    // Then
    assertThat(standIn.requests()).hasSizeGreaterThan(5);
    assertThat(standIn.requests()).allMatch(request -> request.text().length() <= 500);
    assertThat(values(text, found.get(0))).containsOnly("Quorvex Zibble=PERSON");
    assertThat(found.get(0).stream().map(Finding::start).distinct()).hasSize(100);
  }

  @Test
  void shouldSendEachLanguageByItselfAndNoneThatTheRecipeDoesNotName() {
    // Given
    standIn.behave(ReaderStandIn.presidioThatKnows("Zibble"));

    // When
    List<List<Finding>> found =
        read(
            presidio(", languages: [en, de]"),
            english("Zibble one"),
            new Passage("Zibble zwei", null, "de"),
            new Passage("Zibbleさん", null, "ja"),
            new Passage("Zibble", null, "und"));

    // Then
    assertThat(found).extracting(List::size).containsExactly(1, 1, 0, 1);
    assertThat(standIn.requests())
        .extracting(request -> request.body().path("language").asText() + ":" + request.text())
        .containsExactly("de:Zibble zwei", "en:Zibble one\n\nZibble");
  }

  @Test
  void shouldAskTheModelForQuotesWithItsKey() {
    // Given
    standIn.behave(
        ReaderStandIn.modelThatSays(
            "{\"findings\": [{\"text\": \"Zibble\", \"type\": \"PERSON\"}]}"));
    String text = "Zibble met Zibble's Zibbleton.";

    // When
    List<List<Finding>> found = read(model(", apiKeyVariable: READER_KEY"), english(text));

    // Then
    assertThat(found.get(0)).extracting(Finding::start).containsExactly(0, 11);
    assertThat(found.get(0)).extracting(Finding::recognizer).containsOnly("model");
    ReaderStandIn.Request request = standIn.requests().get(0);
    assertThat(request.path()).isEqualTo("/v1/chat/completions");
    assertThat(request.authorization()).isEqualTo("Bearer " + KEY);
    assertThat(request.body().path("model").asText()).isEqualTo("m");
    assertThat(request.body().path("temperature").isInt()).isTrue();
    assertThat(request.body().path("temperature").asInt()).isZero();
    assertThat(request.body().at("/response_format/type").asText()).isEqualTo("json_object");
    assertThat(request.text()).isEqualTo(text);
  }

  @Test
  void shouldIgnoreWhatTheModelMakesUp() {
    // Given: a value that does not stand there, a type nobody knows, one that nobody asked for, a
    // character that stands everywhere, a part of a word
    standIn.behave(
        ReaderStandIn.modelThatSays(
            """
            ```json
            {"findings": [
              {"text": "Wimbrel Oxtak", "type": "PERSON"},
              {"text": "parcels", "type": "THING"},
              {"text": "shop", "type": "LOCATION"},
              {"text": "e", "type": "PERSON"},
              {"text": "are", "type": "PERSON"},
              {"text": "", "type": "PERSON"},
              {"text": "\\ud83d", "type": "PERSON"},
              {"text": " Zibble ", "type": "person"},
              {"text": "0799", "type": "Phone number"}]}
            ```
            """));
    String text = "The careful Zibble 😀 packs parcels in the shop, 07995.";

    // When
    List<List<Finding>> found = read(model(""), english(text));

    // Then
    assertThat(values(text, found.get(0))).containsExactly("Zibble=PERSON", "0799=PHONE_NUMBER");
  }

  @Test
  void shouldAskAgainWhenTheServiceIsBrokenForAMoment() {
    // Given
    standIn.behave(ReaderStandIn.presidioThatKnows("Zibble"));
    standIn.first(request -> new Answer(500, "{\"error\": \"oops\"}"));

    // When
    List<List<Finding>> found = read(presidio(""), english("Zibble"));

    // Then
    assertThat(found.get(0)).hasSize(1);
    assertThat(standIn.requests()).hasSize(2);
  }

  @ParameterizedTest
  @CsvSource({
    "401, RECOGNIZER_KEY_REFUSED",
    "403, RECOGNIZER_KEY_REFUSED",
    "404, RECOGNIZER_NOT_FOUND",
    "302, RECOGNIZER_NOT_FOUND",
    "408, RECOGNIZER_UNAVAILABLE",
    "429, RECOGNIZER_UNAVAILABLE",
    "500, RECOGNIZER_UNAVAILABLE",
    "503, RECOGNIZER_UNAVAILABLE",
    "204, RECOGNIZER_UNAVAILABLE"
  })
  void shouldHoldTheDocumentBackWhenTheServiceDoesNotRead(int status, String code) {
    // Given
    standIn.behave(request -> new Answer(status, status == 204 ? "" : echo(request)));

    // When
    Throwable failure = failure(model(", apiKeyVariable: READER_KEY"));

    // Then
    assertThat(failure).isInstanceOf(TransientFailure.class);
    assertThat(((TransientFailure) failure).code()).hasToString(code);
    assertThat(((TransientFailure) failure).isBounded()).isFalse();
    assertThat(failure).hasMessageContaining("recogniser model at 127.0.0.1 answered " + status);
    assertSaysNothing(failure);
  }

  @ParameterizedTest
  @ValueSource(ints = {400, 413, 422})
  void shouldGiveTheDocumentUpWhenItsRequestIsRefused(int status) {
    // Given
    standIn.behave(request -> new Answer(status, echo(request)));

    // When
    Throwable failure = failure(presidio(""));

    // Then
    assertThat(failure).isInstanceOf(PermanentFailure.class);
    assertThat(((PermanentFailure) failure).code()).hasToString("RECOGNIZER_REFUSED_REQUEST");
    assertSaysNothing(failure);
  }

  @Test
  void shouldHoldTheDocumentBackWhenNobodyAnswersInTime() {
    // Given
    standIn.behave(request -> Answer.NONE);

    // When
    Throwable failure = failure(presidio(""));

    // Then
    assertThat(failure)
        .isInstanceOf(TransientFailure.class)
        .hasMessage("recogniser presidio at 127.0.0.1 does not answer (HttpTimeoutException)");
    assertSaysNothing(failure);
    assertThat(standIn.requests()).hasSize(1);
  }

  @Test
  void shouldHoldTheDocumentBackWhenNobodyListens() {
    // Given
    String reader = presidio("");
    standIn.close();

    // When
    Throwable failure = failure(reader);

    // Then
    assertThat(failure)
        .isInstanceOf(TransientFailure.class)
        .hasMessage("recogniser presidio at 127.0.0.1 does not answer (ConnectException)");
    assertSaysNothing(failure);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html>Quorvex Zibble</html>",
        "[{\"start\": 0, \"end\": 14, \"entity_type\": \"PERSON\", \"score\": 0.9}",
        "{\"error\": \"Quorvex Zibble\"}",
        "[\"Quorvex Zibble\"]",
        "[{\"start\": 0, \"entity_type\": \"PERSON\", \"score\": 0.9}]",
        "[{\"start\": 0, \"end\": 140, \"entity_type\": \"PERSON\", \"score\": 0.9}]",
        "[{\"start\": -1, \"end\": 14, \"entity_type\": \"PERSON\", \"score\": 0.9}]",
        "[{\"start\": 4, \"end\": 4, \"entity_type\": \"PERSON\", \"score\": 0.9}]",
        "[{\"start\": 0, \"end\": 14, \"entity_type\": \"PERSON\", \"score\": \"high\"}]"
      })
  void shouldNotBelieveAnAnswerThatIsNotOfPresidiosForm(String body) {
    shouldBeUnusable(presidio(""), request -> new Answer(200, body));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Quorvex Zibble is a person.",
        "{\"findings\": [{\"text\": \"Quorvex Zibble\"",
        "{\"findings\": \"Quorvex Zibble\"}",
        "{\"persons\": [\"Quorvex Zibble\"]}",
        "{\"findings\": [\"Quorvex Zibble\"]}",
        "{\"findings\": []} Quorvex Zibble"
      })
  void shouldNotBelieveAModelThatDoesNotAnswerInTheForm(String content) {
    shouldBeUnusable(model(""), ReaderStandIn.modelThatSays(content));
  }

  @Test
  void shouldNotBelieveAnAnswerThatWasCutShortOrRefused() {
    shouldBeUnusable(
        model(""),
        request -> new Answer(200, ReaderStandIn.completion("{\"findings\": []}", "length")));
    shouldBeUnusable(
        model(""),
        request ->
            new Answer(
                200, "{\"choices\": [{\"message\": {\"content\": null, \"refusal\": \"no\"}}]}"));
    shouldBeUnusable(model(""), request -> new Answer(200, "{\"choices\": []}"));
  }

  private void shouldBeUnusable(String reader, Behaviour behaviour) {
    standIn.behave(behaviour);
    Throwable failure = failure(reader);
    assertThat(failure).isInstanceOf(TransientFailure.class);
    assertThat(((TransientFailure) failure).code()).hasToString("RECOGNIZER_ANSWER_UNUSABLE");
    assertThat(((TransientFailure) failure).isBounded()).isTrue();
    assertSaysNothing(failure);
  }

  @Test
  void shouldNameTheVariableWhenItHoldsNoKey() {
    // When
    Throwable failure = failure(model(", apiKeyVariable: NO_KEY"));

    // Then
    assertThat(failure)
        .isInstanceOf(TransientFailure.class)
        .hasMessage("recogniser model at 127.0.0.1 needs a key, but NO_KEY is not set to one");
    assertThat(standIn.requests()).isEmpty();
  }

  @Test
  void shouldNameTheVariableWhenItsKeyIsRefused() {
    // Given
    standIn.behave(request -> new Answer(401, "{}"));

    // When Then
    assertThatThrownBy(() -> read(model(", apiKeyVariable: READER_KEY"), english(SECRET_TEXT)))
        .hasMessage("recogniser model at 127.0.0.1 answered 401; check the key in READER_KEY");
  }

  private static String echo(ReaderStandIn.Request request) {
    return "{\"error\": \"" + request.text() + " " + request.authorization() + "\"}";
  }

  private @Nullable Throwable failure(String reader) {
    return catchThrowable(() -> read(reader, english(SECRET_TEXT)));
  }

  /** Nothing of the document and of the key, in any message of the chain. */
  private static void assertSaysNothing(Throwable failure) {
    StringWriter trace = new StringWriter();
    failure.printStackTrace(new PrintWriter(trace));
    assertThat(trace.toString().toLowerCase(Locale.ROOT)).doesNotContain("quorvex", "zibble", KEY);
  }
}
