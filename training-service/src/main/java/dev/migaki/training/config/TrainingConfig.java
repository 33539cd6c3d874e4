package dev.migaki.training.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;

/** Settings of the training stage. */
@ConfigMapping(prefix = "migaki.training")
public interface TrainingConfig {

  /** Directory below which base models lie, one directory each. */
  @WithDefault("${MIGAKI_MODELS_DIRECTORY:models}")
  Path modelsDirectory();

  /** Directory of the recipes; {@code <dataset>.yaml}, else {@code default.yaml}. */
  @WithDefault("${MIGAKI_RECIPES_DIRECTORY:recipes}")
  Path recipesDirectory();

  /** Where runs keep their files and checkpoints; must survive a restart for a run to resume. */
  @WithDefault("${MIGAKI_WORK_DIRECTORY:${java.io.tmpdir}/migaki-training}")
  Path workDirectory();

  /** Largest heap of the training process; tensors lie outside the heap. */
  @WithDefault("256m")
  String workerHeap();

  /** How long a claimed run belongs to a worker that is silent; then another one may claim it. */
  @WithDefault("10s")
  Duration lease();

  /** How often a run may be started before it is given up. */
  @WithDefault("5")
  int maxAttempts();

  /** Shortest time between two progress events of a run. */
  @WithDefault("2s")
  Duration progressInterval();
}
