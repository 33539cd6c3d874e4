package dev.migaki.deploy.config;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Settings of the deployment stage. */
@ConfigMapping(prefix = "migaki.deploy")
public interface DeployConfig {

  /** Directory below which base models lie, one directory each. */
  @WithDefault("${MIGAKI_MODELS_DIRECTORY:models}")
  Path modelsDirectory();

  /** Where models are unpacked. */
  @WithDefault("${MIGAKI_WORK_DIRECTORY:${java.io.tmpdir}/migaki-deploy}")
  Path workDirectory();

  /** Most models held in memory at once; the one that was not asked for longest gives way. */
  @WithDefault("32")
  int maxLoadedModels();

  /**
   * Most memory for weights of models and adapters; above it the one that was not asked for longest
   * gives way. Raise it when large models are served side by side.
   */
  @WithDefault("1G")
  MemorySize maxModelMemory();

  /** Longest answer in tokens when a request names no limit. */
  @WithDefault("256")
  int defaultMaxTokens();

  /** Computing threads of one answer. */
  @WithDefault("1")
  int threads();

  /** Where answers are computed: {@code cpu}, {@code cuda} or {@code auto}. */
  @WithDefault("${MIGAKI_DEVICE:cpu}")
  String device();
}
