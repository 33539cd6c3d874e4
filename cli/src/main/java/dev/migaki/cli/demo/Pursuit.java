package dev.migaki.cli.demo;

import dev.migaki.cli.bus.EventFeed;
import dev.migaki.cli.bus.EventFeed.Sighting;
import dev.migaki.cli.stack.SupervisorProcess;
import dev.migaki.cli.terminal.Screen;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.PipelineView;
import dev.migaki.cli.view.RunView;
import dev.migaki.cli.view.StageLines;
import dev.migaki.contracts.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Follows a batch of documents through all stages until a verdict has taken effect. */
final class Pursuit {
  private static final Duration POLL = Duration.ofMillis(250);
  private static final Duration SILENCE = Duration.ofMinutes(8);
  private static final Duration PLAIN_EVERY = Duration.ofSeconds(5);

  private final Screen screen;
  private final EventFeed feed;
  private final PipelineView pipeline;
  private final DatasetView view;
  private final SupervisorProcess supervisor;
  private final long startedNanos;
  private final StageLines stages;
  private long lastPlainNanos;

  Pursuit(
      Screen screen,
      EventFeed feed,
      PipelineView pipeline,
      String dataset,
      SupervisorProcess supervisor,
      long startedNanos) {
    this.screen = screen;
    this.feed = feed;
    this.pipeline = pipeline;
    this.view = pipeline.dataset(dataset);
    this.supervisor = supervisor;
    this.startedNanos = startedNanos;
    this.stages = new StageLines(screen);
  }

  /** How a batch ended. */
  sealed interface Ending {

    /** The tuned model of this version answers. */
    record Deployed(
        Event.DatasetSealed version,
        RunView run,
        Event.ModelEvaluated evaluation,
        Event.ModelDeployed deployment)
        implements Ending {}

    /** The evaluation said no. */
    record NotPromoted(Event.DatasetSealed version, RunView run, Event.ModelEvaluated evaluation)
        implements Ending {}

    /** Something broke or nothing happened for too long. */
    record Stuck(String why) implements Ending {}
  }

  /**
   * Watches until the newest version is deployed or refused.
   *
   * @param afterNumber only versions with a larger number count
   * @param expected documents dropped so far, for the bar
   */
  Ending follow(int afterNumber, long expected) {
    long lastHeard = System.nanoTime();
    while (true) {
      List<Sighting> news = feed.poll(POLL);
      pipeline.apply(news);
      draw(expected);
      if (!news.isEmpty()) {
        lastHeard = System.nanoTime();
      }
      Optional<Ending> ending = ending(afterNumber);
      if (ending.isPresent()) {
        drawPlain(expected);
        screen.keepBlock();
        return ending.get();
      }
      if (!supervisor.isAlive()) {
        return new Ending.Stuck("the supervisor process ended");
      }
      if (System.nanoTime() - lastHeard > SILENCE.toNanos()) {
        return new Ending.Stuck(
            "nothing happened for " + SILENCE.toMinutes() + " minutes; see the logs");
      }
    }
  }

  private Optional<Ending> ending(int afterNumber) {
    Optional<Event.DatasetSealed> newest =
        view.newestVersion().filter(version -> version.number() > afterNumber);
    if (newest.isEmpty()) {
      return Optional.empty();
    }
    List<RunView> runs = view.runsOf(newest.get().version());
    if (runs.isEmpty()) {
      return Optional.empty();
    }
    RunView run = runs.get(runs.size() - 1);
    if (run.ending().isPresent()) {
      return Optional.of(new Ending.Stuck("the run failed: " + run.ending().get()));
    }
    Optional<Event.ModelEvaluated> evaluation =
        run.model().flatMap(model -> view.evaluationOf(model.modelId()));
    if (evaluation.isEmpty() || evaluation.get().verdict().equals("retrain")) {
      return Optional.empty();
    }
    if (!evaluation.get().verdict().equals("promote")) {
      return Optional.of(new Ending.NotPromoted(newest.get(), run, evaluation.get()));
    }
    return view.deploymentOf(evaluation.get().modelId())
        .map(deployed -> new Ending.Deployed(newest.get(), run, evaluation.get(), deployed));
  }

  private void draw(long expected) {
    if (screen.isTerminal()) {
      List<String> lines = new ArrayList<>(stages.draw(stages.of(view, expected)));
      lines.add("  " + screen.paint(Screen.Ink.DIM, "elapsed " + elapsed()));
      screen.block(lines);
    } else if (System.nanoTime() - lastPlainNanos > PLAIN_EVERY.toNanos()) {
      lastPlainNanos = System.nanoTime();
      drawPlain(expected);
    }
  }

  private void drawPlain(long expected) {
    for (StageLines.StageLine line : stages.of(view, expected)) {
      screen.plain(
          line.stage(),
          "  [%6s] ".formatted(elapsed()),
          "%-8s %s".formatted(line.stage(), line.text()));
    }
  }

  private String elapsed() {
    return StageLines.duration(Duration.ofNanos(System.nanoTime() - startedNanos));
  }
}
