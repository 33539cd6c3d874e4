package dev.migaki.cli.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.cli.bus.EventFeed.Sighting;
import dev.migaki.cli.terminal.Screen;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.contracts.Event;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class DatasetViewTest {
  private static final ArtifactRef FILE =
      new ArtifactRef("sha256/aa/aa", "a".repeat(64), 1, "application/json");
  private static final Event.Position POSITION = new Event.Position("migaki.ingest", 0, 1);
  private static final String MODEL = "ft:quick-start:migaki:faq:1";

  private final PipelineView pipeline = new PipelineView();
  private final DatasetView view = pipeline.dataset("faq");

  @Test
  void shouldCountNewestVersionsOnlyWhenDocumentChanges() {
    // Given
    List<Sighting> sightings =
        happened(
            ingested("a.md", 1),
            cleansed("a.md", 1, 5, Map.of("PERSON", 2)),
            ingested("a.md", 2),
            cleansed("a.md", 2, 3, Map.of("PERSON", 1)));
    // When
    pipeline.apply(sightings);
    // Then
    assertThat(view.ingested()).isEqualTo(1);
    assertThat(view.ingestedRecords()).isEqualTo(2);
    assertThat(view.examples()).isEqualTo(3);
    assertThat(view.findings()).containsExactly(Map.entry("PERSON", 1));
  }

  @Test
  void shouldChangeNothingWhenEventsComeAgain() {
    // Given
    List<Sighting> sightings = happened(ingested("a.md", 1), ingested("b.md", 1));
    // When
    pipeline.apply(sightings);
    pipeline.apply(sightings);
    // Then
    assertThat(view.ingestedRecords()).isEqualTo(2);
  }

  @Test
  void shouldSeeTheSameWhenTopicsArriveInAnotherOrder() {
    // Given
    List<Sighting> sightings = new ArrayList<>(wholeFlow());
    Collections.shuffle(sightings, new Random(7));
    // When
    pipeline.apply(sightings);
    // Then
    assertThat(view.newestVersion().map(Event.DatasetSealed::number)).contains(1);
    assertThat(view.runsOf("v1")).hasSize(1);
    assertThat(view.newestRun().flatMap(RunView::latest).map(Event.RunProgressed::step))
        .contains(20);
    assertThat(view.evaluationOf(MODEL).map(Event.ModelEvaluated::verdict)).contains("promote");
    assertThat(view.deploymentOf(MODEL)).isPresent();
  }

  @Test
  void shouldTellEveryStageWhenFlowIsComplete() {
    // Given
    pipeline.apply(wholeFlow());
    Screen screen = new Screen(System.out, false, 100);
    // When
    List<StageLines.StageLine> lines = new StageLines(screen).of(view, 2);
    // Then
    assertThat(lines)
        .extracting(StageLines.StageLine::text)
        .containsExactly(
            "2 of 2 documents, 1 rejected",
            "1 documents, 2 findings removed, 5 examples  →  version 1: 10 examples",
            "done in 12 s, loss 0.100 (validation 0.200), 900 tokens",
            "verdict: promote",
            "faq answers with " + MODEL);
  }

  @Test
  void shouldTellHowFarTheExaminationIsWhenThereIsNoVerdictYet() {
    // Given
    List<Sighting> untilTrained = wholeFlow().subList(0, 9);
    pipeline.apply(untilTrained);
    pipeline.apply(
        List.of(
            new Sighting.Happened(
                "half", new Event.EvaluationProgressed("faq", MODEL, 30, 60), Instant.EPOCH)));
    Screen screen = new Screen(System.out, false, 100);
    // When
    List<StageLines.StageLine> lines = new StageLines(screen).of(view, 2);
    // Then
    assertThat(lines.get(3).text())
        .isEqualTo("30 of 60 held-out questions answered by base and tuned model");
  }

  @Test
  void shouldKeepDeadLettersWhenTheyAreSeen() {
    // Given
    Sighting letter =
        new Sighting.DeadLettered("migaki.ingest.dead-letter", Optional.of("faq"), "code=X");
    // When
    pipeline.apply(List.of(letter));
    // Then
    assertThat(pipeline.deadLetters()).containsExactly((Sighting.DeadLettered) letter);
  }

  private static List<Sighting> wholeFlow() {
    return happened(
        ingested("a.md", 1),
        new Event.DocumentRejected(
            "faq", "b.pdf", "b.pdf", "ENCRYPTED", "The file is protected.", POSITION),
        cleansed("a.md", 1, 5, Map.of("PERSON", 2)),
        new Event.DatasetSealed("faq", "v1", 1, 6, 1, 2, 1, 300, 1, Map.of(), FILE, null),
        new Event.RunQuoted(
            "faq", "r1", "v1", "local", "quick-start", 900, 10, 0, "USD", true, null),
        new Event.RunStarted("faq", "r1", "v1", 1),
        new Event.RunProgressed("faq", "r1", 10, 20, 0.5, 1.0, 0.5, null, 450, 6),
        new Event.RunProgressed("faq", "r1", 20, 20, 1.0, 0.1, 0.9, 0.2, 900, 12),
        new Event.ModelTrained(
            "faq",
            "r1",
            MODEL,
            "v1",
            1,
            "quick-start",
            "lora",
            900,
            12,
            0,
            "USD",
            0.1,
            0.2,
            FILE,
            FILE,
            FILE,
            FILE),
        new Event.EvaluationProgressed("faq", MODEL, 60, 60),
        new Event.ModelEvaluated(
            "faq",
            MODEL,
            "r1",
            "v1",
            1,
            "quick-start",
            "promote",
            List.of("good"),
            FILE,
            FILE,
            FILE,
            FILE),
        new Event.ModelDeployed("faq", "faq", MODEL, null, "v1", "promoted"));
  }

  private static Event ingested(String document, int version) {
    return new Event.DocumentIngested(
        "faq", document, version, document, "text/markdown", "en", null, FILE, FILE, POSITION);
  }

  private static Event cleansed(
      String document, int version, int examples, Map<String, Integer> findings) {
    return new Event.DocumentCleansed("faq", document, version, examples, findings, Map.of(), FILE);
  }

  private static List<Sighting> happened(Event... events) {
    List<Sighting> sightings = new ArrayList<>();
    for (Event event : events) {
      sightings.add(new Sighting.Happened("id-" + sightings.size(), event, Instant.EPOCH));
    }
    return sightings;
  }
}
