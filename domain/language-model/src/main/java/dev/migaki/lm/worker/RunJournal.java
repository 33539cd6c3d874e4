package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.training.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * What a run must know of itself when it is started again: the job that it belongs to, its best
 * validation, and the decisions that depend on the machine's speed: its precision, and where it was
 * shortened to end in time.
 *
 * <p>They are written down before they take effect. A run that is killed and started again reads
 * them and takes the same decisions at the same steps, whatever the speed is then; so it ends with
 * the same weights.
 */
final class RunJournal {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path file;
  private final String courseSha256;
  private final TreeMap<Long, Long> totals = new TreeMap<>();
  private Precision precision = Precision.FP32;
  private double bestValidationLoss = Double.POSITIVE_INFINITY;
  private long bestValidationStep;
  private long lastValidationStep;
  private int validationsSinceBest;
  private double firstTrainLoss = Double.NaN;
  private boolean stoppedEarly;
  private boolean started;

  private RunJournal(Path file, String courseSha256) {
    this.file = file;
    this.courseSha256 = courseSha256;
  }

  /**
   * Reads the journal, or begins one. That of another job, or of the same one with other input,
   * counts for nothing: its plan and its best loss are not this run's.
   *
   * @param courseSha256 hash of {@link TrainJob#course}
   */
  static RunJournal open(Path file, String courseSha256) throws IOException {
    RunJournal journal = new RunJournal(file, courseSha256);
    JsonNode json =
        Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.missingNode();
    if (json.path("courseSha256").asText().equals(courseSha256)) {
      for (JsonNode entry : json.path("totalSteps")) {
        journal.totals.put(entry.path("fromStep").asLong(), entry.path("total").asLong());
      }
      journal.precision = Precision.valueOf(json.path("precision").asText("FP32"));
      journal.bestValidationLoss =
          json.path("bestValidationLoss").asDouble(Double.POSITIVE_INFINITY);
      journal.bestValidationStep = json.path("bestValidationStep").asLong();
      journal.lastValidationStep = json.path("lastValidationStep").asLong();
      journal.validationsSinceBest = json.path("validationsSinceBest").asInt();
      journal.firstTrainLoss = json.path("firstTrainLoss").asDouble(Double.NaN);
      journal.stoppedEarly = json.path("stoppedEarly").asBoolean();
      journal.started = true;
    }
    return journal;
  }

  /** Whether an earlier process of this run has written it. */
  boolean started() {
    return started;
  }

  Precision precision() {
    return precision;
  }

  /** The first entry of a run. */
  void start(Precision chosen, long totalSteps) throws IOException {
    precision = chosen;
    totals.put(0L, totalSteps);
    started = true;
    write();
  }

  /** The run's length as decided at or before {@code step}. */
  long totalSteps(long step) {
    Map.Entry<Long, Long> entry = totals.floorEntry(step);
    return entry == null ? 0 : entry.getValue();
  }

  /** Whether a later decision than {@code step} is already known, from before a kill. */
  boolean decidedAfter(long step) {
    return totals.higherKey(step) != null || totals.containsKey(step);
  }

  /** Shortens the run from {@code step} on. */
  void shorten(long step, long totalSteps) throws IOException {
    totals.put(step, totalSteps);
    write();
  }

  /** Ends the run at {@code step}, because validations bring nothing any more. */
  void stop(long step) throws IOException {
    stoppedEarly = true;
    shorten(step, step);
  }

  /** Whether the run ended because validations brought nothing any more. */
  boolean stoppedEarly() {
    return stoppedEarly;
  }

  /**
   * Remembers the first report's training loss.
   *
   * @param loss of the present report
   * @return the first one's, which may be an earlier process's
   */
  double firstTrainLoss(double loss) throws IOException {
    if (Double.isNaN(firstTrainLoss) && Double.isFinite(loss)) {
      firstTrainLoss = loss;
      write();
    }
    return firstTrainLoss;
  }

  /**
   * Remembers a validation. One that was done before a kill counts once.
   *
   * @return whether it is the best so far, or is that again
   */
  boolean validated(long step, double loss) throws IOException {
    if (step <= lastValidationStep) {
      return step == bestValidationStep;
    }
    lastValidationStep = step;
    boolean better = loss < bestValidationLoss;
    if (better) {
      bestValidationLoss = loss;
      bestValidationStep = step;
      validationsSinceBest = 0;
    } else {
      validationsSinceBest++;
    }
    write();
    return better;
  }

  /** Where the lowest validation loss was seen. */
  long bestValidationStep() {
    return bestValidationStep;
  }

  /** Validations after the best one. */
  int validationsSinceBest() {
    return validationsSinceBest;
  }

  /** The lowest validation loss, or infinity. */
  double bestValidationLoss() {
    return bestValidationLoss;
  }

  /** When the last shortening happened. */
  OptionalLong lastDecision() {
    return totals.isEmpty() ? OptionalLong.empty() : OptionalLong.of(totals.lastKey());
  }

  private void write() throws IOException {
    ObjectNode json =
        JSON.createObjectNode()
            .put("courseSha256", courseSha256)
            .put("precision", precision.name());
    ArrayNode entries = json.putArray("totalSteps");
    totals.forEach((from, total) -> entries.addObject().put("fromStep", from).put("total", total));
    if (Double.isFinite(bestValidationLoss)) {
      json.put("bestValidationLoss", bestValidationLoss)
          .put("bestValidationStep", bestValidationStep)
          .put("lastValidationStep", lastValidationStep)
          .put("validationsSinceBest", validationsSinceBest);
    }
    if (Double.isFinite(firstTrainLoss)) {
      json.put("firstTrainLoss", firstTrainLoss);
    }
    if (stoppedEarly) {
      json.put("stoppedEarly", true);
    }
    AtomicFiles.replaceText(file, json + "\n");
  }
}
