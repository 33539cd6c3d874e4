package dev.migaki.qa.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.view.RunView;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.FileArtifactStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Preference lines that a company drops become the pairs of a version, and these a model; without
 * them the recipe's method has nothing to learn from, and says so.
 */
final class PreferenceIT {
  private static final Duration PATIENCE = Duration.ofMinutes(6);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String VOTES = "votes.jsonl";
  private static final int LINES = 24;
  private static final int PAGES = 6;

  @TempDir private Path directory;

  @Test
  void shouldTrainFromDroppedPreferencesAndRefuseWhenTheyAreWithdrawn() throws IOException {
    Path votes = Files.writeString(directory.resolve(VOTES), votes());
    try (TestStack stack =
            TestStack.start(
                directory.resolve("stack"),
                TestStack.recipe("preference.yaml"),
                List.of(StageService.values()));
        DocumentSubmitter submitter = stack.submitter()) {
      ArtifactStore store = new FileArtifactStore(Path.of(stack.state().artifacts()));
      // Given
      for (Branches.Page page : Branches.pages(PAGES)) {
        submitter.send(TestStack.DATASET, page.text().getBytes(UTF_8), page.name());
      }
      stack.endpoint().upload(TestStack.DATASET, votes, VOTES);
      stack.awaitDataset(PATIENCE, view -> assertThat(view.cleansed()).isEqualTo(PAGES + 1));

      // When
      stack.seal();

      // Then the version has its pairs, without the clerk
      stack.awaitDataset(PATIENCE, view -> assertThat(view.newestVersion()).isPresent());
      Event.DatasetSealed sealed =
          stack.pipeline().dataset(TestStack.DATASET).newestVersion().orElseThrow();
      JsonNode files = JSON.readTree(store.read(sealed.manifest())).path("files");
      String pairs = text(store, files.path("preference"));
      assertThat(pairs.lines()).hasSize(LINES).hasSize(sealed.preferencePairs());
      assertThat(pairs).doesNotContain("emily").contains("\"non_preferred_output\"");
      // and a model that learned from all of them was examined
      stack.awaitDataset(PATIENCE, view -> assertThat(view.newestEvaluation()).isPresent());
      RunView run = stack.pipeline().dataset(TestStack.DATASET).newestRun().orElseThrow();
      Event.ModelTrained model = run.model().orElseThrow();
      assertThat(model.method()).isEqualTo("dpo");
      assertThat(new String(store.read(model.metrics()), UTF_8))
          .contains("\"trainExamples\":" + LINES, "rewardMargin");

      // When
      String resource = "/v1/datasets/" + TestStack.DATASET + "/documents/" + VOTES;
      stack.endpoint().delete(resource);
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofSeconds(1))
          .untilAsserted(
              () ->
                  assertThat(stack.endpoint().get(resource).path("receipts").toString())
                      .contains("\"cleanse\"", "preference of version 1"));
      stack.seal();

      // Then
      stack.awaitDataset(
          PATIENCE,
          view ->
              assertThat(view.newestRun().flatMap(RunView::ending).orElse(""))
                  .startsWith("PREFERENCE_PAIRS_MISSING: the version has 0 preference pairs"));
    }
  }

  private static String text(ArtifactStore store, JsonNode file) throws IOException {
    return new String(store.read(JSON.treeToValue(file, ArtifactRef.class)), UTF_8);
  }

  private static String votes() {
    return IntStream.range(0, LINES)
        .mapToObj(
            i ->
                """
                {"input":{"messages":[{"role":"user","content":"Where is shelf %1$d?"}]},"preferred_output":[{"role":"assistant","content":"Shelf %1$d stands in room %2$d, next to the window."}],"non_preferred_output":[{"role":"assistant","content":"Ask emily.carter@example.com, she may know it."}]}"""
                    .formatted(i + 1, 100 + 7 * i))
        .collect(Collectors.joining("\n"));
  }
}
