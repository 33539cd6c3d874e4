package dev.migaki.datasets.sealing;

import static dev.migaki.datasets.Examples.aDocument;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Examples;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.augmentation.Synonyms;
import dev.migaki.datasets.jsonl.ChatJsonlValidator;
import dev.migaki.datasets.similarity.Shingles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DatasetVersionSealerTest {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final String[] THINGS = {
    "kettle", "lamp", "purifier", "heater", "toaster", "fan", "radio", "scale", "blender", "printer"
  };
  private static final String[] DINGE = {
    "浄水器", "空気清浄機", "加湿器", "扇風機", "電気ポット", "体重計", "照明器具", "炊飯器", "掃除機", "印刷機"
  };

  @Test
  void shouldGiveTheSameBytesWhenDocumentsComeInAnotherOrder() {
    // Given
    List<DocumentExamples> documents = company();
    List<DocumentExamples> shuffled = new ArrayList<>(documents);
    Collections.shuffle(shuffled, new Random(3));

    // When
    SealedVersion first = seal(documents);
    SealedVersion second = seal(shuffled);

    // Then
    assertThat(second.version()).isEqualTo(first.version());
    first
        .files()
        .forEach(
            (name, file) ->
                assertThat(second.files().get(name).readAll()).isEqualTo(file.readAll()));
  }

  @Test
  void shouldGiveTheSameVersionWhenDocumentIsThereTwice() {
    // Given
    List<DocumentExamples> documents = company();
    List<DocumentExamples> doubled = new ArrayList<>(documents);
    DocumentExamples copy = documents.get(0);
    doubled.add(rename(copy, "zz-copy"));

    // When
    SealedVersion first = seal(documents);
    SealedVersion second = seal(doubled);

    // Then
    assertThat(second.version()).isEqualTo(first.version());
    assertThat(second.rejects()).containsEntry("exact-duplicate", copy.examples().size());
  }

  @Test
  void shouldLeakNothingWhenHeldOutQuestionsAreComparedWithTraining() throws IOException {
    // Given
    Recipe defaults = Recipe.defaults();
    Recipe holdingOutMore =
        new Recipe(
            defaults.seed(),
            defaults.quality(),
            defaults.augmentation(),
            defaults.declines(),
            new Recipe.Split(0.8, 0.3, 0.3, 0.3),
            defaults.seal(),
            defaults.minimumExamples(),
            0,
            List.of());

    // When
    SealedVersion version = Examples.seal(holdingOutMore, company(), SplitHistory.none());

    // Then
    List<Shingles> trained = questions(version, "train").stream().map(Shingles::of).toList();
    for (String file : List.of("test", "validation", "edge", "unanswerable")) {
      for (String question : questions(version, file)) {
        Shingles asked = Shingles.of(question);
        assertThat(trained)
            .as(file + ": " + question)
            .noneMatch(known -> known.jaccard(asked) >= 0.7);
      }
    }
    assertThat(version.count("test")).isGreaterThan(10);
    assertThat(version.count("validation")).isPositive();
    assertThat(version.count("edge")).isPositive();
    assertThat(version.count("unanswerable")).isPositive();
  }

  @Test
  void shouldAskTheSameInTheTestWhenATenantNamesSynonyms() throws IOException {
    // Given
    Recipe defaults = Recipe.defaults();
    Synonyms synonyms =
        new Synonyms(
            Map.of(
                "en", List.of(List.of("weigh", "tip the scales at"), List.of("colours", "paints")),
                "ja", List.of(List.of("重さ", "重量"))));
    Recipe withSynonyms =
        new Recipe(
            defaults.seed(),
            defaults.quality(),
            new Recipe.Augmentation(8, 2, 0.10, synonyms),
            defaults.declines(),
            defaults.split(),
            defaults.seal(),
            defaults.minimumExamples(),
            0,
            List.of());

    // When
    SealedVersion plain = seal(company());
    SealedVersion version = Examples.seal(withSynonyms, company(), SplitHistory.none());

    // Then
    assertThat(text(version, "test")).isEqualTo(text(plain, "test"));
    assertThat(text(version, "lineage")).contains("-tenant-synonym");
    assertThat(questions(version, "train"))
        .isNotEqualTo(questions(plain, "train"))
        .doesNotContainAnyElementsOf(questions(version, "test"));
  }

  @Test
  void shouldTrainNothingLikeAProtectedQuestionWhenATestFromOutsideIsGiven() throws IOException {
    // Given
    String question = questions(seal(company()), "train").get(0);
    Recipe defaults = Recipe.defaults();
    Recipe protecting =
        new Recipe(
            defaults.seed(),
            defaults.quality(),
            defaults.augmentation(),
            defaults.declines(),
            defaults.split(),
            defaults.seal(),
            defaults.minimumExamples(),
            0,
            List.of(question.toUpperCase(java.util.Locale.ROOT) + " "));

    // When
    SealedVersion version = Examples.seal(protecting, company(), SplitHistory.none());

    // Then
    Shingles guarded = Shingles.of(question);
    assertThat(questions(version, "train"))
        .noneMatch(known -> Shingles.of(known).jaccard(guarded) >= 0.7);
  }

  @Test
  void shouldDropTheUnreadableAnswerAndNoOtherWhenOneIsInAWrongEncoding() {
    // Given
    List<DocumentExamples> documents = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      documents.add(
          Examples.aDocument(
              "d" + i,
              "部品" + i + "番の交換はどうしますか？",
              "部品" + i + "番を交換するときは、電源を切ってから左側のふたを静かに開けてください。"));
    }
    String damaged = "繝輔ぅ繝ｫ繧ｿ繝ｼ縺ｯ4縺区怦縺斐→縺ｫ莠､謠帙＠縺ｦ縺上□縺輔＞縲";
    documents.add(Examples.aDocument("damaged", "フィルターの交換はいつですか？", damaged));

    // When
    SealedVersion version = seal(documents);

    // Then
    assertThat(version.rejects()).containsEntry("not-fluent", 1);
    assertThat(text(version, "train")).doesNotContain(damaged);
  }

  @Test
  void shouldTrainAnswerOfEveryTestQuestionWhenWordingIsHeldOut() throws IOException {
    // When
    SealedVersion version = seal(company());

    // Then
    Set<String> answers = new HashSet<>();
    for (JsonNode line : lines(version, "train")) {
      answers.add(line.at("/messages/1/content").asText());
    }
    assertThat(lines(version, "test"))
        .allSatisfy(line -> assertThat(answers).contains(line.get("reference").asText()));
  }

  @Test
  void shouldHoldOutOneHumanWordingWhenFactIsAskedInSeveral() throws IOException {
    // Given
    String answer = "Standard delivery takes four working days from payment to your door.";
    DocumentExamples one = aDocument("a", "How long does standard delivery take?", answer);
    DocumentExamples two = aDocument("b", "When will my parcel be here?", answer);

    // When
    SealedVersion version = seal(List.of(one, two));

    // Then
    assertThat(lines(version, "test"))
        .singleElement()
        .satisfies(
            line -> {
              assertThat(line.get("kind").asText()).isEqualTo("human-wording");
              assertThat(line.get("group").asText()).startsWith("fact-");
              assertThat(line.at("/source/document").asText()).isIn("a", "b");
            });
  }

  @Test
  void shouldReportBothSourcesAndTrainNeitherWhenDocumentsOfOneAgeDisagree() {
    // Given
    DocumentExamples web =
        aDocument(
            "web", "How many days do I have to return it?", "You may return it within 30 days.");
    DocumentExamples leaflet =
        aDocument(
            "leaflet", "How many days do I have to return it?", "Send it back within 14 days.");

    // When
    SealedVersion version = seal(List.of(web, leaflet, company().get(0)));

    // Then
    assertThat(version.contradictions()).hasSize(1);
    Contradiction found = version.contradictions().get(0);
    assertThat(found.resolution()).isEqualTo(Contradiction.Resolution.NEITHER_KEPT);
    assertThat(text(version, "contradictions")).contains("\"web\"", "\"leaflet\"");
    assertThat(text(version, "train")).doesNotContain("within 30 days", "within 14 days");
    assertThat(version.rejects()).containsEntry("contradiction-unresolved", 2);
  }

  @Test
  void shouldReplaceOldAnswerInEveryWordingWhenNewerDocumentDisagrees() {
    // Given
    String old = "Standard delivery takes 4 working days from payment to your door.";
    DocumentExamples web = aDocument("web", "How long does delivery take?", old);
    DocumentExamples mail = aDocument("mail", "When will my parcel arrive at home?", old);
    DocumentExamples news =
        aDocument(
            "news",
            1,
            2,
            "How long does delivery take?",
            "Delivery now takes only 2 working days to your door.");

    // When
    SealedVersion version = seal(List.of(web, mail, news, company().get(0)));

    // Then
    assertThat(version.contradictions().get(0).resolution())
        .isEqualTo(Contradiction.Resolution.NEWER_KEPT);
    assertThat(text(version, "train")).contains("2 working days").doesNotContain("4 working days");
    assertThat(text(version, "test")).doesNotContain("4 working days");
    assertThat(version.rejects()).containsEntry("contradicted-by-newer", 2);
  }

  @Test
  void shouldCollapseNearCopiesButNotOtherWordings() {
    // Given
    String answer = "Open the lid, take the old filter out and put the new one in until it clicks.";
    DocumentExamples first =
        aDocument("a", "How do I replace the filter of the air purifier at home?", answer);
    DocumentExamples nearly =
        aDocument("b", "How do I replace the filter of the air purifier at home", answer + " Done");
    DocumentExamples other = aDocument("c", "What is the way to put a new filter in?", answer);

    // When
    SealedVersion version = seal(List.of(first, nearly, other));

    // Then
    assertThat(version.rejects()).containsEntry("near-duplicate", 1);
    assertThat(version.facts()).isEqualTo(1);
    assertThat(version.count("test")).isEqualTo(1);
  }

  @Test
  void shouldNotAskNowWhatWasTrainedBeforeWhenNewWordingArrives() throws IOException {
    // Given
    List<DocumentExamples> before = company();
    SealedVersion first = seal(before);
    List<DocumentExamples> after = new ArrayList<>(before);
    List<String> more = new ArrayList<>();
    for (String thing : THINGS) {
      more.add("Please give me the weight of one " + thing + " in the box");
      more.add(answer(thing));
    }
    after.add(aDocument("more", 1, 2, more.toArray(String[]::new)));

    // When
    SealedVersion second = Examples.seal(Recipe.defaults(), after, SplitHistoryReader.of(first));

    // Then
    Set<String> trainedBefore = new HashSet<>(questions(first, "train"));
    assertThat(questions(second, "test")).doesNotContainAnyElementsOf(trainedBefore);
    assertThat(questions(second, "test")).hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  void shouldComeToTheSameVersionWhenSealedAgainAfterItself() {
    // Given
    SealedVersion first = seal(company());

    // When
    SealedVersion again = Examples.seal(Recipe.defaults(), company(), SplitHistoryReader.of(first));

    // Then
    assertThat(again.version()).isEqualTo(first.version());
  }

  @Test
  void shouldWriteValidChatLinesAndLineageWhenSealed() throws IOException {
    // When
    SealedVersion version = seal(company());

    // Then
    assertThat(ChatJsonlValidator.check(text(version, "train"))).isEmpty();
    assertThat(ChatJsonlValidator.check(text(version, "validation"))).isEmpty();
    int content =
        List.of("train", "validation", "test", "edge", "unanswerable").stream()
            .mapToInt(version::count)
            .sum();
    assertThat(version.count("lineage")).isEqualTo(content);
    double declines = version.kinds().get("train-decline") / (double) version.count("train");
    assertThat(declines).isBetween(0.07, 0.11);
  }

  @Test
  void shouldWriteAPairOncePerAnswerWhenCopiesAreInSeveralDocuments() throws IOException {
    // Given
    String question = "How much does the anvil weigh?";
    String answer = "The anvil weighs 40 kilograms together with its box.";
    Example first = Examples.aPreference("votes", question, answer, "Heavy.");
    Example second = Examples.aPreference("votes", question, answer, "I do not know.");
    Example copy = Examples.aPreference("more", question, answer, "Heavy.");
    List<DocumentExamples> documents = new ArrayList<>(company());
    documents.add(aDocument("faq", question, answer));
    documents.add(new DocumentExamples("votes", 1, 1, "votes", List.of(first, second)));
    documents.add(new DocumentExamples("more", 1, 1, "more", List.of(copy)));

    // When
    SealedVersion version = seal(documents);
    Collections.reverse(documents);
    SealedVersion again = seal(documents);

    // Then
    assertThat(ChatJsonlValidator.check(text(version, "preference"))).isEmpty();
    assertThat(lines(version, "preference"))
        .extracting(line -> line.at("/non_preferred_output/0/content").asText())
        .containsExactlyInAnyOrder("Heavy.", "I do not know.");
    assertThat(lines(version, "preference"))
        .allSatisfy(
            line -> {
              assertThat(line.at("/input/messages/0/content").asText()).isEqualTo(question);
              assertThat(line.at("/preferred_output/0/content").asText()).isEqualTo(answer);
            });
    assertThat(text(version, "train")).contains(answer).doesNotContain("Heavy.");
    assertThat(lines(version, "lineage"))
        .filteredOn(line -> line.get("file").asText().equals("preference"))
        .extracting(
            line -> line.get("line").asInt(), line -> line.findValuesAsText("document").toString())
        .containsExactlyInAnyOrder(
            tuple(lineOf(version, "Heavy."), "[more, votes]"),
            tuple(lineOf(version, "I do not know."), "[votes]"));
    assertThat(version.tokens().get("preference")).isPositive();
    assertThat(again.version()).isEqualTo(version.version());
    assertThat(again.files().get("preference").readAll())
        .isEqualTo(version.files().get("preference").readAll());
  }

  private static int lineOf(SealedVersion version, String text) {
    return text(version, "preference").indexOf(text)
            < text(version, "preference").indexOf(text.equals("Heavy.") ? "I do" : "Heavy.")
        ? 1
        : 2;
  }

  @Test
  void shouldPutNoHeldOutQuestionIntoAPairWhenEveryExampleIsOne() throws IOException {
    // Given
    List<DocumentExamples> documents =
        company().stream().map(DatasetVersionSealerTest::withOtherAnswers).toList();

    // When
    SealedVersion version = seal(documents);

    // Then
    Set<String> asked = new HashSet<>();
    for (JsonNode line : lines(version, "preference")) {
      asked.add(line.at("/input/messages/0/content").asText());
    }
    List<Shingles> held = new ArrayList<>();
    for (String file : List.of("test", "validation", "edge", "unanswerable")) {
      questions(version, file).forEach(question -> held.add(Shingles.of(question)));
    }
    assertThat(asked)
        .allSatisfy(
            question ->
                assertThat(held).noneMatch(other -> other.jaccard(Shingles.of(question)) >= 0.7));
    // human wordings were held out, each of which is one of the pairs that came in
    int heldHumanWordings = version.kinds().get("test-human-wording");
    assertThat(heldHumanWordings).isGreaterThan(5);
    assertThat(asked).hasSize(4 * THINGS.length - heldHumanWordings);
  }

  private static DocumentExamples withOtherAnswers(DocumentExamples document) {
    return new DocumentExamples(
        document.documentId(),
        document.version(),
        document.generation(),
        document.filename(),
        document.examples().stream()
            .map(
                e ->
                    Examples.aPreference(
                        document.documentId(), e.question(), e.answer(), "It depends."))
            .toList());
  }

  @Test
  void shouldLeaveOutThePairWhenItsPreferredAnswerIsOutOfDate() {
    // Given
    String question = "How many days do I have to return it?";
    DocumentExamples old =
        new DocumentExamples(
            "votes",
            1,
            1,
            "votes",
            List.of(
                Examples.aPreference(
                    "votes", question, "You may return it within 30 days.", "Never.")));
    DocumentExamples news = aDocument("news", 1, 2, question, "Send it back within 14 days.");

    // When
    SealedVersion version = seal(List.of(old, news, company().get(0)));

    // Then
    assertThat(version.rejects()).containsEntry("contradicted-by-newer", 1);
    assertThat(version.files()).doesNotContainKey("preference");
  }

  /** Two documents per language that ask for the weight and the colour of ten things each. */
  private static List<DocumentExamples> company() {
    List<String> catalogue = new ArrayList<>();
    List<String> chat = new ArrayList<>();
    List<String> katalog = new ArrayList<>();
    for (int i = 0; i < THINGS.length; i++) {
      catalogue.add("How much does the " + THINGS[i] + " weigh?");
      catalogue.add(answer(THINGS[i]));
      catalogue.add("In which colours is the " + THINGS[i] + " sold?");
      catalogue.add("The " + THINGS[i] + " is sold in white, in grey and in the colour " + i + ".");
      chat.add("Is the " + THINGS[i] + " heavy? I have to carry it home.");
      chat.add(answer(THINGS[i]));
      katalog.add(DINGE[i] + "の重さはどのくらいですか？");
      katalog.add(DINGE[i] + "の重さは" + (i + 1) + "キログラムで、箱を入れるともう少し重くなります。");
    }
    return List.of(
        aDocument("catalogue", catalogue.toArray(String[]::new)),
        aDocument("chat", chat.toArray(String[]::new)),
        aDocument("katalog", katalog.toArray(String[]::new)));
  }

  private static String answer(String thing) {
    return "The " + thing + " weighs " + thing.length() + " kilograms together with its box.";
  }

  private static DocumentExamples rename(DocumentExamples document, String id) {
    List<String> texts = new ArrayList<>();
    document.examples().forEach(e -> texts.addAll(List.of(e.question(), e.answer())));
    return aDocument(id, texts.toArray(String[]::new));
  }

  private static SealedVersion seal(List<DocumentExamples> documents) {
    return Examples.seal(Recipe.defaults(), documents, SplitHistory.none());
  }

  private static String text(SealedVersion version, String file) {
    return new String(version.files().get(file).readAll(), StandardCharsets.UTF_8);
  }

  private static List<JsonNode> lines(SealedVersion version, String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text(version, file).lines().toList()) {
      lines.add(MAPPER.readTree(line));
    }
    return lines;
  }

  private static List<String> questions(SealedVersion version, String file) throws IOException {
    List<String> questions = new ArrayList<>();
    for (JsonNode line : lines(version, file)) {
      for (JsonNode message : line.get("messages")) {
        if (message.get("role").asText().equals("user")) {
          questions.add(message.get("content").asText());
        }
      }
    }
    return questions;
  }
}
