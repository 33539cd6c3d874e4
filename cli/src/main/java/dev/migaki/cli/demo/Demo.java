package dev.migaki.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.api.Endpoint;
import dev.migaki.cli.bus.DocumentFiles;
import dev.migaki.cli.bus.DocumentFiles.DocumentFile;
import dev.migaki.cli.bus.DocumentSubmitter;
import dev.migaki.cli.bus.EventFeed;
import dev.migaki.cli.demo.DemoResult.Batch;
import dev.migaki.cli.demo.DemoResult.Second;
import dev.migaki.cli.demo.Pursuit.Ending;
import dev.migaki.cli.stack.StackState;
import dev.migaki.cli.stack.SupervisorProcess;
import dev.migaki.cli.terminal.Screen;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.PipelineView;
import dev.migaki.contracts.Event;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * The demonstration on a stack that is up: drop, watch, compare, ask, drop again, watch, compare.
 */
public final class Demo {
  private final Screen screen;
  private final DemoPlan plan;
  private final StackState stack;
  private final SupervisorProcess supervisor;
  private final Endpoint endpoint;
  private final PipelineView pipeline = new PipelineView();
  private final DatasetView view;
  private final SideBySide models;
  private final long startedNanos;

  Demo(
      Screen screen,
      DemoPlan plan,
      StackState stack,
      SupervisorProcess supervisor,
      String baseModel,
      long startedNanos) {
    this.screen = screen;
    this.plan = plan;
    this.stack = stack;
    this.supervisor = supervisor;
    this.endpoint = new Endpoint(stack.address());
    this.view = pipeline.dataset(plan.dataset());
    this.models = new SideBySide(endpoint, plan.dataset(), baseModel);
    this.startedNanos = startedNanos;
  }

  /**
   * Runs all of it; a step that fails ends the run with a broken promise, not with an exception.
   */
  DemoResult run(Duration startUp) throws IOException {
    Promises promises = new Promises();
    try (EventFeed feed = new EventFeed(stack.kafka());
        MemoryMeter memory = new MemoryMeter(supervisor.handle())) {
      Pursuit pursuit =
          new Pursuit(screen, feed, pipeline, plan.dataset(), supervisor, startedNanos);
      List<DocumentFile> files = DocumentFiles.below(List.of(plan.first()));
      title("Dropping %d documents into migaki.ingest".formatted(files.size()));
      Optional<Batch> first = batch(pursuit, files, 0, files.size(), promises, "first");
      List<SideBySide.Answers> answers = new ArrayList<>();
      Optional<Second> second = Optional.empty();
      DemoTables tables = new DemoTables(screen);
      Map<String, Long> states = states();
      if (first.isPresent()) {
        tables.figures(files.size(), states, view, first.get());
        if (first.get().ending() instanceof Ending.Deployed) {
          answers.addAll(ask(first.get(), tables));
          second = second(pursuit, files.size(), promises, tables);
        }
      }
      new PromiseCheck(plan, pipeline, view, promises).check(files.size(), states, first, second);
      return new DemoResult(
          plan.dataset(),
          files.size(),
          states,
          view,
          first,
          answers,
          second,
          promises,
          Duration.ofNanos(System.nanoTime() - startedNanos),
          startUp,
          memory.peakMegabytes());
    }
  }

  private Optional<Batch> batch(
      Pursuit pursuit,
      List<DocumentFile> files,
      int afterNumber,
      long expected,
      Promises promises,
      String name)
      throws IOException {
    long dropped = System.nanoTime();
    submit(files);
    Ending ending = pursuit.follow(afterNumber, expected);
    Duration took = Duration.ofNanos(System.nanoTime() - dropped);
    if (ending instanceof Ending.Deployed deployed) {
      return Optional.of(finished(ending, deployed.version(), deployed.evaluation(), took));
    }
    if (ending instanceof Ending.NotPromoted refused) {
      promises.check(
          "the " + name + " batch leads to a deployed model",
          false,
          "verdict " + refused.evaluation().verdict() + ": " + refused.evaluation().reasons());
      return Optional.of(finished(ending, refused.version(), refused.evaluation(), took));
    }
    promises.check(
        "the " + name + " batch leads to a deployed model", false, ((Ending.Stuck) ending).why());
    return Optional.empty();
  }

  private Batch finished(
      Ending ending,
      Event.DatasetSealed version,
      Event.ModelEvaluated evaluation,
      Duration dropToDeployed)
      throws IOException {
    Path artifacts = Path.of(stack.artifacts());
    return new Batch(
        ending,
        SealedVersion.read(artifacts, version),
        ScorecardView.read(artifacts, evaluation),
        dropToDeployed);
  }

  /** What became of the documents, by ingest's own count. */
  private Map<String, Long> states() throws IOException {
    Map<String, Long> states = new TreeMap<>();
    for (JsonNode dataset : endpoint.get("/v1/datasets")) {
      if (dataset.path("dataset").asText().equals(plan.dataset())) {
        dataset
            .path("byStatus")
            .properties()
            .forEach(state -> states.put(state.getKey(), state.getValue().asLong()));
      }
    }
    return states;
  }

  private void submit(List<DocumentFile> files) throws IOException {
    try (DocumentSubmitter submitter = new DocumentSubmitter(stack.kafka())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (DocumentFile file : files) {
        if (java.nio.file.Files.size(file.path()) > DocumentSubmitter.MAX_RECORD_BYTES) {
          endpoint.upload(plan.dataset(), file.path(), file.name());
        } else {
          sent.add(submitter.send(plan.dataset(), file, DocumentSubmitter.Form.NAMED));
        }
      }
      for (Future<RecordMetadata> one : sent) {
        DocumentSubmitter.await(one);
      }
    }
  }

  private List<SideBySide.Answers> ask(Batch first, DemoTables tables) throws IOException {
    title("Questions that were held out of training, to both models");
    List<SideBySide.Answers> answers = new ArrayList<>();
    for (SealedVersion.HeldOut question : SideBySide.choose(first.sealed())) {
      SideBySide.Answers one = models.ask(question);
      answers.add(one);
      tables.answers(one);
    }
    return answers;
  }

  private Optional<Second> second(
      Pursuit pursuit, long droppedBefore, Promises promises, DemoTables tables)
      throws IOException {
    if (plan.second().isEmpty()) {
      return Optional.empty();
    }
    List<DocumentFile> files = DocumentFiles.below(List.of(plan.second().get()));
    List<Planted.Change> changes = plan.planted().map(Planted::changes).orElse(List.of());
    Map<String, String> before = models.askChanging(changes);
    int newest = view.newestVersion().map(Event.DatasetSealed::number).orElse(0);
    title(
        "Dropping %d more documents: changed answers and a new topic; retraining starts by itself"
            .formatted(files.size()));
    Optional<Batch> batch =
        batch(pursuit, files, newest, droppedBefore + files.size(), promises, "second");
    if (batch.isEmpty()) {
      return Optional.empty();
    }
    List<SideBySide.ChangedAnswer> changed =
        batch.get().ending() instanceof Ending.Deployed
            ? models.askChanged(changes, before)
            : List.of();
    tables.retraining(batch.get(), changed);
    return Optional.of(new Second(files.size(), batch.get(), changed));
  }

  private void title(String text) {
    screen.line("");
    screen.line(screen.paint(Screen.Ink.STRONG, text));
  }
}
