package dev.migaki.cli.view;

import dev.migaki.contracts.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One training run as its events tell it. */
public final class RunView {
  private final String runId;
  private String version;
  private Event.@Nullable RunQuoted quote;
  private int attempts;
  private final List<Event.RunProgressed> progress = new ArrayList<>();
  private Event.@Nullable ModelTrained model;
  private @Nullable String ending;

  RunView(String runId, String version) {
    this.runId = runId;
    this.version = version;
  }

  public String runId() {
    return runId;
  }

  /** Hash of the dataset version that is trained. */
  public String version() {
    return version;
  }

  public Optional<Event.RunQuoted> quote() {
    return Optional.ofNullable(quote);
  }

  /** How often a worker claimed the run: 2 and more say that it was resumed. */
  public int attempts() {
    return attempts;
  }

  /** In the order of steps. */
  public List<Event.RunProgressed> progress() {
    return List.copyOf(progress);
  }

  public Optional<Event.RunProgressed> latest() {
    return progress.isEmpty() ? Optional.empty() : Optional.of(progress.get(progress.size() - 1));
  }

  public Optional<Event.ModelTrained> model() {
    return Optional.ofNullable(model);
  }

  /** Why the run ended without a model. */
  public Optional<String> ending() {
    return Optional.ofNullable(ending);
  }

  void quoted(Event.RunQuoted event) {
    quote = event;
    version = event.version();
  }

  void started(Event.RunStarted event) {
    attempts = Math.max(attempts, event.attempt());
    version = event.version();
  }

  void progressed(Event.RunProgressed event) {
    progress.removeIf(earlier -> earlier.step() == event.step());
    progress.add(event);
    progress.sort(java.util.Comparator.comparingInt(Event.RunProgressed::step));
  }

  void trained(Event.ModelTrained event) {
    model = event;
    version = event.version();
  }

  void ended(String reason) {
    ending = reason;
  }
}
