package dev.migaki.cli.demo;

import dev.migaki.cli.view.DatasetView;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a demonstration found out, for the table and for the report.
 *
 * @param dropped documents of the first batch
 * @param states how many documents ended in which state, as ingest keeps the books
 * @param view all events of the dataset
 * @param first the first batch's way to the end; empty when it got stuck
 * @param answers base and tuned model side by side
 * @param second the second batch; empty when there was none or it got stuck
 * @param seconds wall time of the whole demonstration
 * @param peakMegabytes sum of all processes' resident sets at its highest
 */
record DemoResult(
    String dataset,
    long dropped,
    Map<String, Long> states,
    DatasetView view,
    Optional<Batch> first,
    List<SideBySide.Answers> answers,
    Optional<Second> second,
    Promises promises,
    Duration seconds,
    Duration startUp,
    long peakMegabytes) {

  DemoResult {
    states = Map.copyOf(states);
    answers = List.copyOf(answers);
  }

  /**
   * A batch that was evaluated.
   *
   * @param dropToDeployed from the first document sent to the alias switched
   */
  record Batch(
      Pursuit.Ending ending,
      SealedVersion sealed,
      ScorecardView scorecard,
      Duration dropToDeployed) {}

  /** The second batch and what it changed. */
  record Second(long dropped, Batch batch, List<SideBySide.ChangedAnswer> changed) {
    Second {
      changed = List.copyOf(changed);
    }
  }
}
