package dev.migaki.training.messaging;

import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.training.config.TrainingConfig;
import dev.migaki.training.domain.TrainingFiles;
import dev.migaki.training.persistence.RunRepository;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.file.Path;
import org.jboss.logging.Logger;

/**
 * Where runs work. A run's files hold what its documents say, and nobody erases documents here: so
 * they go when the run ends, and only the log, in which no text stands, is kept.
 */
@ApplicationScoped
public class RunDirectories {
  private static final Logger LOG = Logger.getLogger(RunDirectories.class);
  private static final String KEPT = "worker.log";

  private final TrainingConfig config;
  private final TrainingFiles files;
  private final RunRepository runs;

  RunDirectories(TrainingConfig config, TrainingFiles files, RunRepository runs) {
    this.config = config;
    this.files = files;
    this.runs = runs;
  }

  /** The directory of a run. */
  Path of(String runId) {
    return config.workDirectory().resolve(runId);
  }

  /** Deletes the files of a run that has ended. */
  void clear(String runId) {
    files.clear(of(runId), KEPT);
  }

  void start(@Observes StartupEvent event) {
    try {
      clearEnded();
    } catch (TransientFailure e) {
      // files that cannot be deleted keep nobody from training; the next start tries again
      LOG.warnf("Files of ended runs are left errorCode=%s", e.code().name());
    }
  }

  /** Deletes what a process left that died between the end of a run and {@link #clear}. */
  public void clearEnded() {
    QuarkusTransaction.requiringNew().call(runs::ended).forEach(this::clear);
  }
}
