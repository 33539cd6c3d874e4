package dev.migaki.datasets.preparation;

import static dev.migaki.datasets.Examples.aDocument;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.sealing.DatasetVersionSealer;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.QuestionScan;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.spill.SpillSpace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

class ResidualScanTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final List<String> FILES =
      List.of("train", "validation", "test", "edge", "unanswerable");

  @Test
  void shouldScanEveryTextAndNoneTwice() throws IOException {
    // Given
    Map<String, Integer> scans = new ConcurrentHashMap<>();
    ResidualScan scan =
        new ResidualScan(text -> scans.merge(text, 1, Integer::sum) < 0, SealingProgress.none());
    List<DocumentExamples> documents = shop();

    // When
    Set<String> dirty = scan.dirtyExamples(documents);
    try (SealedVersion sealed = seal(documents, scan)) {

      // Then
      Set<String> texts = new HashSet<>(questions(sealed));
      assertThat(texts).hasSizeGreaterThan(300);
      examples(documents)
          .forEach(example -> example.messages().forEach(part -> texts.add(part.content())));
      assertThat(scans.keySet()).isEqualTo(texts);
      assertThat(scans.values()).allMatch(times -> times == 1);
      assertThat(dirty).isEmpty();
      assertThat(sealed.rejects()).doesNotContainKey("residue");
    }
  }

  @Test
  void shouldWriteEveryLineButThoseInWhichTheScanFindsSomething() throws IOException {
    // Given
    List<DocumentExamples> documents = shop();
    List<String> all;
    try (SealedVersion sealed = seal(documents, QuestionScan.none())) {
      all = questions(sealed);
    }
    Set<String> own = new HashSet<>();
    examples(documents)
        .forEach(example -> example.messages().forEach(part -> own.add(part.content())));
    Predicate<String> found = text -> !own.contains(text) && text.hashCode() % 7 == 0;
    ResidualScan scan = new ResidualScan(found, SealingProgress.none());

    // When
    Set<String> dirty = scan.dirtyExamples(documents);
    try (SealedVersion sealed = seal(documents, scan)) {

      // Then
      assertThat(dirty).isEmpty();
      List<String> clean = all.stream().filter(found.negate()).toList();
      assertThat(clean).hasSizeLessThan(all.size() - 20);
      assertThat(questions(sealed)).containsExactlyElementsOf(clean);
      assertThat(sealed.rejects()).containsEntry("residue", all.size() - clean.size());
      for (JsonNode trace : lines(sealed, "lineage")) {
        String file = trace.path("file").asText();
        assertThat(trace.path("line").asInt()).isLessThanOrEqualTo(sealed.count(file));
      }
      assertThat(lines(sealed, "lineage")).hasSize(clean.size());
    }
  }

  @Test
  void shouldSealWithoutAnExampleWhenItsAnswerHoldsAnAddress() throws IOException {
    // Given
    List<DocumentExamples> documents = new ArrayList<>(shop());
    documents.add(
        aDocument("leak", "Who answers for the lamp?", "Write to mika.ono@kawase.example please."));
    DocumentCleanser cleanser =
        new DocumentCleanser(TextCleanser.create(CleansingRecipe.standard()));

    // When
    VersionPreparation.Prepared prepared =
        new VersionPreparation(Recipe.defaults(), cleanser, SpillSpace.systemDirectory())
            .seal("shop", documents, SplitHistory.none(), SealingProgress.none());

    // Then
    try (SealedVersion sealed = prepared.version()) {
      assertThat(prepared.quarantined()).isEqualTo(1);
      for (String file : FILES) {
        assertThat(text(sealed, file)).doesNotContain("mika.ono");
      }
      assertThat(questions(sealed)).noneMatch(cleanser::hasResidue);
    }
  }

  private static SealedVersion seal(List<DocumentExamples> documents, QuestionScan scan) {
    return new DatasetVersionSealer(
            Recipe.defaults(), TokenCounter.estimate(), SpillSpace.systemDirectory(), scan)
        .seal("shop", documents, SplitHistory.none(), SealingProgress.none());
  }

  /** More texts than a batch holds. */
  private static List<DocumentExamples> shop() {
    List<DocumentExamples> documents = new ArrayList<>();
    List<String> things = List.of("kettle", "lamp", "purifier", "heater", "toaster", "fan", "iron");
    for (int i = 0; i < things.size(); i++) {
      String thing = things.get(i);
      documents.add(
          aDocument(
              thing,
              "How much does the " + thing + " weigh?",
              "The " + thing + " weighs " + (i + 2) + " kilograms with its box.",
              "In which colours is the " + thing + " sold?",
              "We sell the " + thing + " in white and in colour number " + (i + 11) + ".",
              "How long is the guarantee for the " + thing + "?",
              "The guarantee for the " + thing + " lasts " + (i + 21) + " months.",
              "Where is the " + thing + " repaired?",
              "Bring the " + thing + " to repair desk number " + (i + 31) + ".",
              "How is the " + thing + " cleaned?",
              "Clean the " + thing + " with a wet cloth every " + (i + 41) + " days."));
    }
    return documents;
  }

  private static List<Example> examples(List<DocumentExamples> documents) {
    return documents.stream().flatMap(document -> document.examples().stream()).toList();
  }

  private static List<String> questions(SealedVersion sealed) throws IOException {
    List<String> questions = new ArrayList<>();
    for (String file : FILES) {
      for (JsonNode line : lines(sealed, file)) {
        for (JsonNode message : line.path("messages")) {
          if (message.path("role").asText().equals("user")) {
            questions.add(message.path("content").asText());
          }
        }
      }
    }
    return questions;
  }

  private static List<JsonNode> lines(SealedVersion sealed, String file) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text(sealed, file).lines().toList()) {
      lines.add(JSON.readTree(line));
    }
    return lines;
  }

  private static String text(SealedVersion sealed, String file) throws IOException {
    return new String(sealed.files().get(file).open().readAllBytes(), StandardCharsets.UTF_8);
  }
}
