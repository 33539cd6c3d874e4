package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.training.InvalidTrainingDataException;
import dev.migaki.lm.training.TrainingDivergedException;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Fine-tunes a model as a child JVM: {@code TrainWorker <job.json>}, see {@link TrainJob} for the
 * fields.
 *
 * <p>Progress goes to the job's progress file, one JSON object per line; the result to the output
 * directory. Killed at any moment and started again with the same job, it goes on from its
 * checkpoint and ends with the same bytes. Exit status: 0 done, 2 the input is wrong, 3 training
 * diverged, 4 the parent process is gone, 1 anything else.
 */
public final class TrainWorker {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_BAD_INPUT = 2;
  private static final int EXIT_DIVERGED = 3;

  private TrainWorker() {}

  /** See the class comment. */
  public static void main(String[] arguments) {
    System.exit(run(arguments));
  }

  /**
   * Whether a job is possible, as far as its fields tell, before a process is started for it.
   *
   * @throws InvalidModelException when it is not; the message names the field
   */
  public static void check(JsonNode job) {
    try {
      TrainJob.of(job);
    } catch (IllegalArgumentException e) {
      throw new InvalidModelException(String.valueOf(e.getMessage()), e);
    }
  }

  private static int run(String[] arguments) {
    if (arguments.length != 1) {
      System.err.println("usage: TrainWorker <job.json>");
      return EXIT_BAD_INPUT;
    }
    ParentWatch.start();
    TrainJob job;
    try {
      job = TrainJob.unchecked(Path.of(arguments[0]));
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      return EXIT_BAD_INPUT;
    }
    try {
      TrainJobChecks.check(job);
      new TrainingRun(job, System::nanoTime).run();
      return 0;
    } catch (InvalidTrainingDataException e) {
      return failed(job, EXIT_BAD_INPUT, "TRAINING_DATA_INVALID", e);
    } catch (InvalidModelException e) {
      return failed(job, EXIT_BAD_INPUT, "MODEL_INVALID", e);
    } catch (IllegalArgumentException e) {
      return failed(job, EXIT_BAD_INPUT, "JOB_INVALID", e);
    } catch (TrainingDivergedException e) {
      return failed(job, EXIT_DIVERGED, "TRAINING_DIVERGED", e);
    } catch (IOException e) {
      return failed(job, EXIT_FAILED, "TRAINING_IO_FAILED", e);
    }
  }

  private static int failed(TrainJob job, int status, String errorCode, Exception failure) {
    @Nullable String message = failure.getMessage();
    System.err.println(errorCode + ": " + message);
    if (job.progressFile() == null) {
      return status;
    }
    ObjectNode line =
        ProgressFile.event("failed")
            .put("errorCode", errorCode)
            .put("message", message == null ? failure.getClass().getSimpleName() : message);
    try {
      new ProgressFile(job.progress()).append(line);
    } catch (IOException e) {
      // the exit status still tells the service; a full disk is a likely reason for both
      System.err.println("cannot write the progress file: " + e.getMessage());
    }
    return status;
  }
}
