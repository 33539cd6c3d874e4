package dev.migaki.cli.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.demo.DemoResult.Batch;
import dev.migaki.cli.demo.Pursuit.Ending;
import dev.migaki.cli.terminal.Screen;
import dev.migaki.cli.terminal.Screen.Ink;
import dev.migaki.cli.terminal.TextTable;
import dev.migaki.cli.terminal.Width;
import dev.migaki.cli.view.DatasetView;
import dev.migaki.cli.view.RunView;
import dev.migaki.cli.view.StageLines;
import dev.migaki.contracts.Event;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The demonstration's results as a person reads them. */
final class DemoTables {
  private final Screen screen;

  DemoTables(Screen screen) {
    this.screen = screen;
  }

  /** Everything about a batch in figures. */
  void figures(long dropped, Map<String, Long> states, DatasetView view, Batch batch) {
    Event.DatasetSealed version = version(batch.ending());
    RunView run = run(batch.ending());
    heading("What went in, what came out");
    TextTable table = TextTable.ofText();
    table.row(
        "documents",
        dropped
            + " dropped: "
            + states.entrySet().stream()
                .map(state -> state.getValue() + " " + state.getKey())
                .collect(Collectors.joining(", ")));
    for (DatasetView.DocumentState.Rejected rejected : view.rejected()) {
      table.row(
          "  rejected", rejected.filename() + ": " + rejected.code() + ". " + rejected.message());
    }
    table.row("findings removed", counts(view.findings()));
    table.row("examples found", Integer.toString(view.examples()));
    table.row("not used", counts(notUsed(batch.sealed().manifest().path("rejects"))));
    table.row(
        "version " + version.number(),
        "%d train, %d validation, %d test, %d edge; %s tokens; %s"
            .formatted(
                version.trainExamples(),
                version.validationExamples(),
                version.testExamples(),
                version.edgeExamples(),
                StageLines.count(version.trainTokens()),
                version.version().substring(0, Math.min(12, version.version().length()))));
    run.quote().ifPresent(quote -> table.row("quote", quote(quote)));
    run.model().ifPresent(model -> table.row("training", training(model)));
    table.row("drop to verdict", batch.dropToDeployed().toSeconds() + " s");
    print(table);
    scores(batch.scorecard());
    verdict(batch.ending());
  }

  private void scores(ScorecardView scores) {
    for (String language : scores.languages()) {
      heading(
          "Held-out questions, %s (n = %d), percent with 95 %% intervals"
              .formatted(language, scores.questions(language)));
      TextTable table = TextTable.ofNumbers();
      table.row("", "base", "few-shot", "tuned", "lookup*");
      row(table, scores, language, "exact match", "exactMatch", 100);
      row(table, scores, language, "token F1", "tokenF1", 100);
      row(table, scores, language, "chrF", "chrF", 1);
      row(table, scores, language, "answered right", "answeredRight", 100);
      print(table);
    }
    screen.line(
        screen.paint(Ink.DIM, "  * nearest-question lookup in the training file, without a model"));
    String outside =
        scores.json().path("unanswerable").properties().stream()
            .map(
                one ->
                    "%s declined %d of %d (%.0f %% answered as if known)"
                        .formatted(
                            one.getKey().replace('_', '-'),
                            one.getValue().path("declined").asInt(),
                            one.getValue().path("asked").asInt(),
                            100 * one.getValue().path("confidentWrong").asDouble()))
            .collect(Collectors.joining("; "));
    if (!outside.isEmpty()) {
      screen.line("  questions outside the data: " + outside);
    }
  }

  private static void row(
      TextTable table,
      ScorecardView scores,
      String language,
      String title,
      String metric,
      double unit) {
    table.row(
        title,
        scores.percent(language, "base", metric, unit),
        scores.percent(language, "few_shot", metric, unit),
        scores.percent(language, "tuned", metric, unit),
        scores.percent(language, "lookup", metric, unit));
  }

  private void verdict(Ending ending) {
    Event.ModelEvaluated evaluation =
        ending instanceof Ending.Deployed deployed
            ? deployed.evaluation()
            : ((Ending.NotPromoted) ending).evaluation();
    boolean promoted = evaluation.verdict().equals("promote");
    screen.line("");
    screen.line(
        "  verdict: "
            + screen.paint(promoted ? Ink.GOOD : Ink.BAD, evaluation.verdict())
            + "  "
            + String.join("; ", evaluation.reasons()));
  }

  /** One question to both models. */
  void answers(SideBySide.Answers answers) {
    int width = screen.columns() - 14;
    screen.line("");
    screen.line(
        "  " + screen.paint(Ink.STRONG, "asked     ") + Width.cut(answers.question(), width));
    String reference =
        answers.reference().isEmpty()
            ? "(the documents do not say; a good model declines)"
            : answers.reference();
    screen.line("  " + screen.paint(Ink.DIM, "expected  " + Width.cut(reference, width)));
    screen.line("  base      " + Width.cut(oneLine(answers.base()), width));
    screen.line(
        "  " + screen.paint(Ink.ACCENT, "tuned     " + Width.cut(oneLine(answers.tuned()), width)));
  }

  /** The second version and how answers changed. */
  void retraining(Batch batch, List<SideBySide.ChangedAnswer> changed) {
    Event.DatasetSealed version = version(batch.ending());
    heading(
        "Version %d: %d examples, verdict after %d s"
            .formatted(
                version.number(), StageLines.total(version), batch.dropToDeployed().toSeconds()));
    verdict(batch.ending());
    int width = screen.columns() - 14;
    for (SideBySide.ChangedAnswer answer : changed) {
      String mark = answer.changed() ? screen.paint(Ink.GOOD, "✓") : screen.paint(Ink.BAD, "✗");
      screen.line("");
      screen.line("  " + mark + " asked   " + Width.cut(answer.question(), width));
      screen.line("    before  " + Width.cut(oneLine(answer.before()), width));
      screen.line(
          "    "
              + screen.paint(Ink.ACCENT, "after   " + Width.cut(oneLine(answer.after()), width)));
    }
  }

  /** Which promises held. */
  void promises(DemoResult result) {
    heading("Promises");
    for (Promises.Promise promise : result.promises().all()) {
      String mark =
          promise.held() ? screen.paint(Ink.GOOD, "✓") : screen.paint(Ink.BAD, "✗ BROKEN:");
      screen.line(
          "  "
              + mark
              + " "
              + promise.what()
              + screen.paint(Ink.DIM, "  (" + promise.detail() + ")"));
    }
    screen.line("");
    screen.line(
        "  %d s in all (start-up %d s), at most %d MB of memory over all processes"
            .formatted(
                result.seconds().toSeconds(),
                result.startUp().toSeconds(),
                result.peakMegabytes()));
  }

  static Event.DatasetSealed version(Ending ending) {
    return ending instanceof Ending.Deployed deployed
        ? deployed.version()
        : ((Ending.NotPromoted) ending).version();
  }

  static RunView run(Ending ending) {
    return ending instanceof Ending.Deployed deployed
        ? deployed.run()
        : ((Ending.NotPromoted) ending).run();
  }

  private static String quote(Event.RunQuoted quote) {
    return String.format(
        Locale.ROOT,
        "%s tokens, about %.0f s, %.2f %s, %s",
        StageLines.count(quote.trainedTokens()),
        quote.estimatedSeconds(),
        quote.amount(),
        quote.currency(),
        quote.withinBudget() ? "within budget" : "OVER BUDGET");
  }

  private static String training(Event.ModelTrained model) {
    return String.format(
        Locale.ROOT,
        "%s of %s, %s tokens in %.0f s, %.4f %s; loss %s, validation %s",
        model.method(),
        model.baseModel(),
        StageLines.count(model.trainedTokens()),
        model.seconds(),
        model.cost(),
        model.currency(),
        StageLines.loss(model.trainLoss()),
        StageLines.loss(model.validationLoss()));
  }

  private static Map<String, Integer> notUsed(JsonNode rejects) {
    Map<String, Integer> counts = new TreeMap<>();
    rejects.properties().forEach(one -> counts.put(one.getKey(), one.getValue().asInt()));
    return counts;
  }

  private static String counts(Map<String, Integer> counts) {
    String text =
        counts.entrySet().stream()
            .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
            .map(count -> count.getKey() + " " + count.getValue())
            .collect(Collectors.joining(", "));
    return text.isEmpty() ? "none" : text;
  }

  private static String oneLine(String answer) {
    return Optional.of(answer.replaceAll("\\s+", " ").strip())
        .filter(text -> !text.isEmpty())
        .orElse("(nothing)");
  }

  private void heading(String text) {
    screen.line("");
    screen.line(screen.paint(Ink.STRONG, text));
  }

  private void print(TextTable table) {
    table.lines().forEach(line -> screen.line(Width.cut(line, screen.columns() * 2)));
  }
}
