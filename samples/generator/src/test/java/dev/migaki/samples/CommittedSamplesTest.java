package dev.migaki.samples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.tika.exception.EncryptedDocumentException;
import org.apache.tika.exception.TikaException;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code samples/README.md} promises, checked on the committed files. */
class CommittedSamplesTest {
  private static final Set<String> TEXT_FORMATS =
      Set.of("html", "md", "csv", "json", "jsonl", "txt", "eml");
  private static SampleFiles samples;
  private static JsonNode planted;

  @BeforeAll
  static void render() throws IOException {
    samples = SampleFiles.render(Optional.empty());
    planted = new ObjectMapper().readTree(CommittedSamples.text("planted.json"));
  }

  @ParameterizedTest
  @EnumSource
  void shouldHoldCommittedBytesWhenTextFormatIsWrittenAgain(Batch batch) {
    // Given
    Map<String, byte[]> written = new HashMap<>(samples.files(batch));

    // When
    written.keySet().removeIf(name -> !TEXT_FORMATS.contains(extension(name)));

    // Then
    assertThat(written).hasSizeGreaterThan(7);
    written.forEach(
        (name, bytes) -> assertThat(CommittedSamples.bytes(batch, name)).as(name).isEqualTo(bytes));
  }

  @ParameterizedTest
  @EnumSource
  void shouldWriteSameBytesWhenRenderedTwice(Batch batch) throws IOException {
    // Given
    Map<String, byte[]> first = samples.files(batch);

    // When
    Map<String, byte[]> second = SampleFiles.render(Optional.empty()).files(batch);

    // Then
    assertThat(second.keySet()).isEqualTo(first.keySet());
    first.forEach((name, bytes) -> assertThat(second.get(name)).as(name).isEqualTo(bytes));
  }

  @Test
  void shouldHoldCommittedListsWhenWrittenAgain() throws IOException {
    // Given
    String committedTruth = CommittedSamples.text("planted.json");
    String committedQuestions = CommittedSamples.text("unanswerable.jsonl");

    // When
    String truth = new TruthFile(samples).write();
    String questions = UnanswerableFile.write();

    // Then
    assertThat(truth).isEqualTo(committedTruth);
    assertThat(questions).isEqualTo(committedQuestions);
  }

  @Test
  void shouldKeepPromisedCountsWhenListed() {
    // Given
    List<String> names = CommittedSamples.names(Batch.FIRST);

    // When
    Set<String> formats = new HashSet<>();
    names.forEach(name -> formats.add(extension(name)));

    // Then
    assertThat(names).hasSizeGreaterThanOrEqualTo(60);
    assertThat(formats).hasSizeGreaterThanOrEqualTo(10);
    assertThat(CommittedSamples.names(Batch.SECOND)).hasSizeBetween(8, 12);
    assertThat(distinctValues("findings")).hasSizeGreaterThanOrEqualTo(40);
    assertThat(distinctValues("secrets")).hasSizeGreaterThanOrEqualTo(10);
    assertThat(planted.get("typos")).hasSizeGreaterThanOrEqualTo(15);
    assertThat(planted.get("nearDuplicates")).hasSizeGreaterThanOrEqualTo(6);
    assertThat(planted.get("duplicates")).hasSizeGreaterThanOrEqualTo(2);
    assertThat(planted.get("contradictions")).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource
  void shouldAskEnoughQuestionsInSeveralDocumentsWhenCountedByLanguage(Language language) {
    // Given
    List<JsonNode> questions = ofLanguage(planted.get("questions"), language);

    // When
    List<JsonNode> repeated = new ArrayList<>();
    for (JsonNode question : questions) {
      Set<String> files = new HashSet<>(List.of(question.get("file").asText()));
      question.get("alternatives").forEach(other -> files.add(other.get("file").asText()));
      if (files.size() >= 2) {
        repeated.add(question);
      }
    }

    // Then
    assertThat(questions).hasSizeGreaterThanOrEqualTo(85);
    assertThat(repeated).hasSizeGreaterThanOrEqualTo(60);
    assertThat(ofLanguage(planted.get("changes"), language)).hasSizeGreaterThanOrEqualTo(5);
    assertThat(ofLanguage(planted.get("newTopic").get("questions"), language))
        .hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void shouldFindEveryPlantedValueWhenFilesAreDecoded() throws IOException, TikaException {
    // Given
    Map<String, String> texts = new HashMap<>();

    // When
    for (String list : List.of("findings", "secrets", "typos")) {
      for (JsonNode entry : planted.get(list)) {
        String file = entry.get("file").asText();
        if (!texts.containsKey(file)) {
          texts.put(file, CommittedSamples.decoded(Batch.FIRST, file));
        }
      }
    }

    // Then
    for (String list : List.of("findings", "secrets", "typos")) {
      String key = list.equals("typos") ? "wrong" : "value";
      for (JsonNode entry : planted.get(list)) {
        String value = CommittedSamples.withoutBlanks(entry.get(key).asText());
        assertThat(texts.get(entry.get("file").asText())).contains(value);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindEveryQuestionAndAnswerWhenFilesAreDecoded(Language language)
      throws IOException, TikaException {
    // Given
    List<JsonNode> questions = ofLanguage(planted.get("questions"), language);
    Map<String, String> texts = new HashMap<>();

    // When
    for (String name : CommittedSamples.names(Batch.FIRST)) {
      if (rejectionOf(name).isEmpty()) {
        String text = CommittedSamples.decoded(Batch.FIRST, name);
        // In JSON files and in structured data quotation marks are escaped.
        texts.put(name, text.replace("\\\"", "\""));
      }
    }

    // Then
    for (JsonNode question : questions) {
      String text = texts.get(question.get("file").asText());
      String answer = CommittedSamples.withoutBlanks(question.get("answer").asText());
      assertThat(text)
          .contains(CommittedSamples.withoutBlanks(question.get("question").asText()))
          .contains(answer);
      for (JsonNode other : question.get("alternatives")) {
        assertThat(texts.get(other.get("file").asText()))
            .contains(CommittedSamples.withoutBlanks(other.get("question").asText()))
            .contains(answer);
      }
    }
  }

  @Test
  void shouldReplaceOldAnswersWhenSecondBatchBringsNewVersions() throws IOException, TikaException {
    for (JsonNode change : planted.get("changes")) {
      String after = CommittedSamples.withoutBlanks(change.get("after").asText());
      String before = CommittedSamples.withoutBlanks(change.get("before").asText());
      for (JsonNode file : change.get("files")) {
        // Given
        String old = CommittedSamples.decoded(Batch.FIRST, file.asText());

        // When
        String fresh = CommittedSamples.decoded(Batch.SECOND, file.asText());

        // Then
        assertThat(old).contains(before).doesNotContain(after);
        assertThat(fresh).contains(after).doesNotContain(before);
      }
    }
  }

  @Test
  void shouldNameEveryFileThatStatesChangedAnswerWhenFirstBatchIsSearched()
      throws IOException, TikaException {
    for (String name : CommittedSamples.names(Batch.FIRST)) {
      // Given
      boolean replaced = CommittedSamples.names(Batch.SECOND).contains(name);
      if (replaced || rejectionOf(name).isPresent()) {
        continue;
      }

      // When
      String text = CommittedSamples.decoded(Batch.FIRST, name);

      // Then
      for (JsonNode change : planted.get("changes")) {
        assertThat(text).doesNotContain(change.get("before").asText().replace(" ", ""));
      }
    }
  }

  @Test
  void shouldFailToReadWhenFileIsDamagedOrEncrypted() {
    for (JsonNode rejected : planted.get("rejected")) {
      // Given
      String file = rejected.get("file").asText();

      // When
      String code = rejected.get("code").asText();

      // Then
      switch (code) {
        case "ENCRYPTED" ->
            assertThatThrownBy(() -> CommittedSamples.decoded(Batch.FIRST, file))
                .isInstanceOf(EncryptedDocumentException.class);
        case "DAMAGED" ->
            assertThatThrownBy(() -> CommittedSamples.decoded(Batch.FIRST, file))
                .isInstanceOf(TikaException.class);
        case "EMPTY" -> assertThat(CommittedSamples.bytes(Batch.FIRST, file)).isEmpty();
        default -> assertThat(code).isEqualTo("UNSUPPORTED");
      }
    }
  }

  @Test
  void shouldPairEqualAndAlmostEqualFilesWhenDuplicatesAreListed() {
    // Given
    JsonNode duplicates = planted.get("duplicates");
    JsonNode nearDuplicates = planted.get("nearDuplicates");

    // When
    List<byte[]> firsts = new ArrayList<>();
    List<byte[]> seconds = new ArrayList<>();
    duplicates.forEach(pair -> firsts.add(bytes(pair.get(0))));
    duplicates.forEach(pair -> seconds.add(bytes(pair.get(1))));

    // Then
    for (int i = 0; i < firsts.size(); i++) {
      assertThat(firsts.get(i)).isEqualTo(seconds.get(i));
    }
    for (JsonNode pair : nearDuplicates) {
      assertThat(bytes(pair.get(0))).isNotEqualTo(bytes(pair.get(1)));
      assertThat(bytes(pair.get(0)).length - bytes(pair.get(1)).length).isBetween(-40, 40);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepUnanswerableQuestionsApartWhenFactsAreAsked(Language language) throws IOException {
    // Given
    Set<String> asked = new HashSet<>();
    samples.facts(language).all().forEach(fact -> asked.addAll(fact.wordings()));

    // When
    List<JsonNode> unanswerable = new ArrayList<>();
    for (String line : CommittedSamples.text("unanswerable.jsonl").lines().toList()) {
      unanswerable.add(new ObjectMapper().readTree(line));
    }
    unanswerable.removeIf(entry -> !entry.get("language").asText().equals(language.code()));

    // Then
    assertThat(unanswerable).hasSizeGreaterThanOrEqualTo(40);
    assertThat(unanswerable)
        .noneSatisfy(entry -> assertThat(asked).contains(entry.get("question").asText()));
  }

  @Test
  void shouldCarryRightCheckDigitsWhenNumbersArePlanted() {
    // Given
    List<JsonNode> findings = new ArrayList<>();
    planted.get("findings").forEach(findings::add);

    // When
    List<String> cards = valuesOf(findings, "CREDIT_CARD");
    List<String> myNumbers = valuesOf(findings, "MY_NUMBER");

    // Then
    assertThat(cards).isNotEmpty().allMatch(CheckDigits::isCardNumber);
    assertThat(myNumbers).isNotEmpty().allMatch(CheckDigits::isMyNumber);
  }

  @Test
  void shouldHoldNoFullSecretWhenScriptsAreRead() {
    // Given
    StringBuilder scripts = new StringBuilder();
    for (Batch batch : Batch.values()) {
      for (Language language : Language.values()) {
        String name = batch.folder() + "-" + language.code() + ".txt";
        scripts.append(String.join("\n", Resources.lines(name)));
      }
    }

    // When
    Set<String> secrets = distinctValues("secrets");

    // Then
    assertThat(secrets).noneMatch(secret -> scripts.toString().contains(secret));
  }

  private static Optional<String> rejectionOf(String file) {
    for (JsonNode rejected : planted.get("rejected")) {
      if (rejected.get("file").asText().equals(file)) {
        return Optional.of(rejected.get("code").asText());
      }
    }
    return Optional.empty();
  }

  private static byte[] bytes(JsonNode name) {
    return CommittedSamples.bytes(Batch.FIRST, name.asText());
  }

  private static List<JsonNode> ofLanguage(JsonNode entries, Language language) {
    List<JsonNode> found = new ArrayList<>();
    for (JsonNode entry : entries) {
      if (entry.get("language").asText().equals(language.code())) {
        found.add(entry);
      }
    }
    return found;
  }

  private static List<String> valuesOf(List<JsonNode> findings, String type) {
    return findings.stream()
        .filter(finding -> finding.get("type").asText().equals(type))
        .map(finding -> finding.get("value").asText())
        .toList();
  }

  private static Set<String> distinctValues(String list) {
    Set<String> values = new HashSet<>();
    planted.get(list).forEach(entry -> values.add(entry.get("value").asText()));
    return values;
  }

  private static String extension(String name) {
    return name.substring(name.lastIndexOf('.') + 1);
  }
}
