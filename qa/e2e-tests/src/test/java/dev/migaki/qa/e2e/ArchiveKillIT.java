package dev.migaki.qa.e2e;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.stack.StageService;
import dev.migaki.cli.view.DatasetView;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code kill -9} of ingest, again and again, while it works through the files of an archive: each
 * ends once. About a minute; run with {@code mvn -Pe2e verify}.
 */
@Tag("kill-everything")
final class ArchiveKillIT {
  private static final long SEED = 20261128;
  private static final int FILES = 3_000;
  private static final int EVERY_DAMAGED = 100;
  private static final int DAMAGED = FILES / EVERY_DAMAGED;
  private static final int READABLE = FILES - DAMAGED;
  private static final int KILLS = 4;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  @TempDir private Path directory;

  @Test
  void shouldReadEachFileOfAnArchiveOnceWhenIngestIsKilledBetweenThem() throws IOException {
    // Given
    Random random = new Random(SEED);
    try (TestStack stack =
            TestStack.start(
                directory, TestStack.recipe("quick.yaml"), List.of(StageService.INGEST));
        DocumentSubmitter submitter = stack.submitter()) {
      // When
      DocumentSubmitter.await(submitter.send(TestStack.DATASET, archive(), "drop.zip"));
      for (int kill = 1; kill <= KILLS; kill++) {
        int least = random.nextInt(READABLE / KILLS) + (kill - 1) * READABLE / KILLS;
        stack.awaitDataset(
            PATIENCE, view -> assertThat(view.ingested()).isGreaterThanOrEqualTo(least));
        System.out.println("killed when " + least + " files were told of, seed " + SEED);
        stack.kill("ingest");
      }

      // Then
      stack.awaitDataset(PATIENCE, ArchiveKillIT::assertDone);
      // everything may have been told before the last kill: then the service still starts
      JsonNode contents =
          await()
              .atMost(PATIENCE)
              .ignoreExceptionsInstanceOf(Endpoint.Refused.class)
              .until(
                  () ->
                      stack
                          .endpoint()
                          .get("/v1/datasets/" + TestStack.DATASET + "/documents/drop.zip")
                          .path("contents"),
                  found -> true);
      assertThat(contents.path("files").asInt()).isEqualTo(FILES);
      assertThat(contents.path("byStatus").path("ingested").asInt()).isEqualTo(READABLE);
      assertThat(contents.path("byStatus").path("rejected").asInt()).isEqualTo(DAMAGED);
      assertThat(contents.path("byStatus")).hasSize(2);
      assertThat(stack.pipeline().deadLetters()).isEmpty();
    }
  }

  private static void assertDone(DatasetView view) {
    assertThat(view.ingested()).isEqualTo(READABLE);
    assertThat(view.ingestedRecords()).isEqualTo(READABLE);
    assertThat(view.rejected()).hasSize(DAMAGED);
  }

  private static byte[] archive() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (int file = 0; file < FILES; file++) {
        boolean damaged = file % EVERY_DAMAGED == 0;
        zip.putNextEntry(new ZipEntry(damaged ? file + ".pdf" : "note-" + file + ".txt"));
        String text = damaged ? "%PDF-1.7 " + file : "Branch " + file + " opens at nine.";
        zip.write(text.getBytes(UTF_8));
      }
    }
    return bytes.toByteArray();
  }
}
