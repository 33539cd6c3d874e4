package dev.migaki.qa.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StackDirectory;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.RunView;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From the drop to the answer, with a training of seconds. */
final class PipelineIT {
  private static final Duration PATIENCE = Duration.ofSeconds(200);

  @TempDir private Path directory;

  @Test
  void shouldAnswerUnderTheDatasetsNameWhenDocumentsWereDropped() throws IOException {
    // Given
    try (TestStack stack =
            TestStack.start(
                directory, TestStack.recipe("quick.yaml"), List.of(StageService.values()));
        DocumentSubmitter submitter = stack.submitter()) {
      // When: pages with names, and the bytes of a PDF from a producer that knows nothing
      for (Branches.Page page : Branches.pages(8)) {
        submitter.send(
            TestStack.DATASET, page.text().getBytes(StandardCharsets.UTF_8), page.name());
      }
      byte[] pdf = Files.readAllBytes(TestStack.home().resolve("samples/first/airleaf-faq-en.pdf"));
      DocumentSubmitter.await(submitter.send(TestStack.DATASET, pdf, null));
      // Then
      stack.awaitDataset(PATIENCE, PipelineIT::assertDeployed);
      assertThat(stack.pipeline().deadLetters()).isEmpty();
      assertThat(stack.endpoint().ask(TestStack.DATASET, "When does the Kiso branch open?"))
          .isNotBlank();
      StringBuilder streamed = new StringBuilder();
      stack
          .endpoint()
          .askStreaming("quick-start", "When does the Kiso branch open?", streamed::append);
      assertThat(streamed).isNotBlank();
      assertLogsTellNoText();
    }
  }

  private void assertLogsTellNoText() throws IOException {
    Path logs = new StackDirectory(directory).logs();
    for (StageService service : StageService.values()) {
      assertThat(Files.readString(logs.resolve(service.label() + ".log")))
          .contains("started in")
          .doesNotContain("Kiso");
      assertThat(Files.readString(logs.resolve(service.label() + ".out"))).doesNotContain("Kiso");
    }
  }

  private static void assertDeployed(DatasetView view) {
    assertThat(view.ingested()).isEqualTo(9);
    assertThat(view.examples()).as("examples of pages and PDF").isGreaterThan(24);
    assertThat(view.newestRun().flatMap(RunView::ending)).as("failed run").isEmpty();
    assertThat(view.newestEvaluation().map(evaluation -> evaluation.verdict()))
        .as("verdict")
        .contains("promote");
    assertThat(view.deployments()).isNotEmpty();
  }
}
