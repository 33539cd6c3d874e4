package dev.migaki.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.cli.terminal.Bar;
import dev.migaki.cli.terminal.Screen;
import java.util.List;
import java.util.Locale;

/** A training run as a person follows it: the audit, a bar, validations. */
public final class TrainingView {
  private static final int BAR_COLUMNS = 28;

  private final Screen screen;

  public TrainingView(Screen screen) {
    this.screen = screen;
  }

  /** Shows one line of the metrics. */
  public void show(JsonNode event) {
    switch (event.path("event").asText()) {
      case "started" -> started(event);
      case "step" -> step(event);
      case "validation" ->
          screen.line(
              format(
                  "  step %d: validation loss %.4f, %s",
                  event.path("step").asLong(),
                  event.path("validationLoss").asDouble(),
                  event.has("validationRewardAccuracy")
                      ? preferred(event, "validationRewardAccuracy", "validationRewardMargin")
                      : format(
                          "%.1f %% of tokens right",
                          100 * event.path("validationTokenAccuracy").asDouble())));
      case "stopped" -> screen.line("  stopped: " + event.path("message").asText());
      case "restored" ->
          screen.line(
              format(
                  "  overfit: the weights of step %d are kept, validation loss %.4f",
                  event.path("step").asLong(), event.path("validationLoss").asDouble()));
      case "done" -> done(event);
      default -> {
        // checkpoints are no news to a person
      }
    }
  }

  private void started(JsonNode event) {
    if (event.path("step").asLong() > 0) {
      screen.line("  goes on from step " + event.path("step").asLong());
    }
    screen.line(audit(event));
    screen.line(
        format(
            "  %s, at most %d MB of memory expected",
            event.path("precision").asText(), event.path("expectedMemoryBytes").asLong() >> 20));
  }

  /** What of the data is learned from, and what about it is odd. */
  public static String audit(JsonNode event) {
    StringBuilder text = new StringBuilder();
    text.append(
        format(
            "  %,d examples, %.0f %% of their tokens are answers",
            event.path("trainExamples").asLong(), 100 * event.path("supervisedShare").asDouble()));
    note(text, event, "replayedExamples", "replayed from earlier versions");
    note(text, event, "truncatedRows", "cut at the model's context");
    note(text, event, "openEndedRows", "without an end marker");
    note(text, event, "alteredRows", "that the tokenizer changes");
    return text.toString();
  }

  private static void note(StringBuilder text, JsonNode event, String field, String what) {
    long count = event.path(field).asLong();
    if (count > 0) {
      text.append(format("; %,d %s", count, what));
    }
  }

  private static String preferred(JsonNode event, String accuracy, String margin) {
    return format(
        "%.1f %% of pairs right, margin %.3f",
        100 * event.path(accuracy).asDouble(), event.path(margin).asDouble());
  }

  private void step(JsonNode event) {
    long step = event.path("step").asLong();
    long total = event.path("totalSteps").asLong();
    String text =
        format(
            "%d/%d  loss %.4f  %s%,d tokens/s  %s",
            step,
            total,
            event.path("trainLoss").asDouble(),
            event.has("rewardAccuracy")
                ? preferred(event, "rewardAccuracy", "rewardMargin") + "  "
                : "",
            event.path("tokensPerSecond").asLong(),
            remaining(event.path("elapsedSeconds").asDouble(), step, total));
    screen.block(List.of("  " + Bar.of(step, total, BAR_COLUMNS) + "  " + text));
    if (step == total || step % Math.max(1, total / 10) == 0) {
      screen.plain("step", "  " + text);
    }
  }

  private static String remaining(double elapsed, long step, long total) {
    long seconds = Math.round(elapsed / Math.max(1, step) * (total - step));
    return seconds >= 60 ? seconds / 60 + " min left" : seconds + " s left";
  }

  private void done(JsonNode event) {
    screen.block(List.of());
    screen.line(
        event.hasNonNull("message")
            ? "  " + event.path("message").asText()
            : format(
                "  trained %,d tokens in %.0f s, last loss %.4f",
                event.path("trainedTokens").asLong(),
                event.path("elapsedSeconds").asDouble(),
                event.path("trainLoss").asDouble()));
  }

  private static String format(String pattern, Object... values) {
    return String.format(Locale.ROOT, pattern, values);
  }
}
