package dev.migaki.deploy.config;

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
  @WithDefault("4")
  int maxLoadedModels();

  /** Longest answer in tokens when a request names no limit. */
  @WithDefault("256")
  int defaultMaxTokens();

  /** Computing threads of one answer. */
  @WithDefault("1")
  int threads();
}
