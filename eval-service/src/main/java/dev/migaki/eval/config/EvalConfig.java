package dev.migaki.eval.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalInt;

/** Settings of the evaluation stage. */
@ConfigMapping(prefix = "migaki.eval")
public interface EvalConfig {

  /** Directory below which base models lie, one directory each. */
  @WithDefault("${MIGAKI_MODELS_DIRECTORY:models}")
  Path modelsDirectory();

  /** Directory of the recipes; {@code <dataset>.yaml}, else {@code default.yaml}. */
  @WithDefault("${MIGAKI_RECIPES_DIRECTORY:recipes}")
  Path recipesDirectory();

  /** Where an evaluation unpacks models and keeps its questions and answers while it works. */
  @WithDefault("${MIGAKI_WORK_DIRECTORY:${java.io.tmpdir}/migaki-eval}")
  Path workDirectory();

  /** Largest heap of the answering process; tensors lie outside the heap. */
  @WithDefault("256m")
  String workerHeap();

  /** Computing threads of the answering process; as many as there are processors when absent. */
  OptionalInt threads();

  /**
   * How long a claimed evaluation belongs to a worker that is silent; then another one may claim
   * it.
   */
  @WithDefault("10s")
  Duration lease();

  /** How often an evaluation may be started before it is given up. */
  @WithDefault("5")
  int maxAttempts();
}
