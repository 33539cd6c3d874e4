package dev.migaki.cli.view;

import dev.migaki.cli.terminal.Bar;
import dev.migaki.cli.terminal.Screen;
import dev.migaki.cli.terminal.Screen.Ink;
import dev.migaki.cli.terminal.Sparkline;
import dev.migaki.contracts.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A dataset's way through the five stages in five lines. */
public final class StageLines {
  private static final int BAR = 20;

  private final Screen screen;

  public StageLines(Screen screen) {
    this.screen = screen;
  }

  /** One stage: its name, a bar (or blanks) and words. */
  public record StageLine(String stage, String bar, String text) {}

  /**
   * @param expected documents that were dropped, 0 when unknown
   */
  public List<StageLine> of(DatasetView view, long expected) {
    List<StageLine> lines = new ArrayList<>();
    lines.add(ingest(view, expected));
    lines.add(cleanse(view));
    lines.add(training(view));
    lines.add(evaluation(view));
    lines.add(deployment(view));
    return lines;
  }

  /** The lines as the terminal shows them. */
  public List<String> draw(List<StageLine> lines) {
    return lines.stream()
        .map(
            line ->
                "  "
                    + screen.paint(Ink.STRONG, "%-9s".formatted(line.stage()))
                    + " "
                    + screen.paint(Ink.ACCENT, line.bar())
                    + " "
                    + line.text())
        .toList();
  }

  private StageLine ingest(DatasetView view, long expected) {
    long done = view.ingestedRecords() + view.rejected().size();
    long total = Math.max(expected, done);
    String text =
        "%d%s documents%s"
            .formatted(
                done,
                expected > 0 ? " of " + total : "",
                view.rejected().isEmpty() ? "" : ", " + view.rejected().size() + " rejected");
    return new StageLine("ingest", Bar.of(done, total, BAR), text);
  }

  private StageLine cleanse(DatasetView view) {
    int findings = view.findings().values().stream().mapToInt(Integer::intValue).sum();
    String sealed =
        view.newestVersion()
            .map(v -> "  →  version %d: %d examples".formatted(v.number(), total(v)))
            .orElse("");
    String text =
        "%d documents, %d findings removed, %d examples%s"
            .formatted(view.cleansed(), findings, view.examples(), sealed);
    return new StageLine(
        "cleanse", Bar.of(view.cleansed(), Math.max(1, view.ingestedRecords()), BAR), text);
  }

  private StageLine training(DatasetView view) {
    Optional<RunView> newest = view.newestRun();
    if (newest.isEmpty()) {
      return new StageLine("training", Bar.of(0, 1, BAR), "waiting for a version");
    }
    RunView run = newest.get();
    if (run.ending().isPresent()) {
      return new StageLine("training", Bar.of(0, 1, BAR), run.ending().get());
    }
    if (run.model().isPresent()) {
      Event.ModelTrained model = run.model().get();
      String text =
          "done in %.0f s, loss %s (validation %s), %s tokens"
              .formatted(
                  model.seconds(),
                  loss(model.trainLoss()),
                  loss(model.validationLoss()),
                  count(model.trainedTokens()));
      return new StageLine("training", Bar.of(1, 1, BAR), text);
    }
    if (run.latest().isEmpty()) {
      String text = run.attempts() > 0 ? "loading the base model" : "quoted, waiting for a worker";
      return new StageLine("training", Bar.of(0, 1, BAR), text);
    }
    return progress(run, run.latest().get());
  }

  private static StageLine progress(RunView run, Event.RunProgressed now) {
    List<Double> losses =
        run.progress().stream()
            .map(Event.RunProgressed::trainLoss)
            .filter(java.util.Objects::nonNull)
            .toList();
    // a run that is bounded by time does not know its number of steps: then the quote tells how far
    double expected = run.quote().map(Event.RunQuoted::estimatedSeconds).orElse(0.0);
    boolean counted = now.totalSteps() > 0;
    double share =
        counted
            ? (double) now.step() / now.totalSteps()
            : Math.min(0.99, now.elapsedSeconds() / Math.max(1, expected));
    double left = share > 0 ? now.elapsedSeconds() * (1 - share) / share : expected;
    String text =
        "step %d%s, loss %s %s%s, %s left%s"
            .formatted(
                now.step(),
                counted ? " of " + now.totalSteps() : "",
                loss(now.trainLoss()),
                Sparkline.of(losses, 12),
                now.validationLoss() == null
                    ? ""
                    : " (validation " + loss(now.validationLoss()) + ")",
                duration(Duration.ofSeconds(Math.round(left))),
                run.attempts() > 1 ? ", resumed" : "");
    return new StageLine("training", Bar.of(Math.round(share * 1000), 1000, BAR), text);
  }

  private static StageLine evaluation(DatasetView view) {
    Optional<Event.ModelTrained> model = view.newestRun().flatMap(RunView::model);
    if (model.isEmpty()) {
      return new StageLine("eval", Bar.of(0, 1, BAR), "waiting for a model");
    }
    return view.evaluationOf(model.get().modelId())
        .map(done -> new StageLine("eval", Bar.of(1, 1, BAR), "verdict: " + done.verdict()))
        .orElseGet(
            () ->
                view.examinationOf(model.get().modelId())
                    .map(StageLines::examination)
                    .orElse(
                        new StageLine(
                            "eval",
                            Bar.of(0, 1, BAR),
                            "asking base and tuned model the held-out questions")));
  }

  private static StageLine examination(Event.EvaluationProgressed now) {
    return new StageLine(
        "eval",
        Bar.of(now.answered(), now.questions(), BAR),
        "%d of %d held-out questions answered by base and tuned model"
            .formatted(now.answered(), now.questions()));
  }

  private static StageLine deployment(DatasetView view) {
    Optional<Event.ModelTrained> model = view.newestRun().flatMap(RunView::model);
    Optional<Event.ModelDeployed> newest =
        model.flatMap(trained -> view.deploymentOf(trained.modelId()));
    if (newest.isPresent()) {
      return new StageLine(
          "deploy",
          Bar.of(1, 1, BAR),
          "%s answers with %s".formatted(newest.get().alias(), newest.get().modelId()));
    }
    String before =
        view.deployments().isEmpty()
            ? "waiting for a verdict"
            : "waiting for a verdict; the previous model answers";
    return new StageLine("deploy", Bar.of(0, 1, BAR), before);
  }

  /** Examples of a version in all its parts. */
  public static int total(Event.DatasetSealed version) {
    return version.trainExamples()
        + version.validationExamples()
        + version.testExamples()
        + version.edgeExamples();
  }

  /** A loss with three digits behind the point, or a dash. */
  public static String loss(@org.jspecify.annotations.Nullable Double loss) {
    return loss == null ? "–" : String.format(Locale.ROOT, "%.3f", loss);
  }

  /** A count as people read it: 950, 12.3k, 4.5M. */
  public static String count(long count) {
    if (count < 10_000) {
      return Long.toString(count);
    }
    return count < 1_000_000
        ? String.format(Locale.ROOT, "%.1fk", count / 1e3)
        : String.format(Locale.ROOT, "%.1fM", count / 1e6);
  }

  /** {@code 42 s} or {@code 3:07}. */
  public static String duration(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds < 60 ? seconds + " s" : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
