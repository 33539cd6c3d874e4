package dev.migaki.platform.stage;

import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.FileArtifactStore;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.nio.file.Path;
import java.time.Clock;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What every stage injects; a service or a test replaces one by producing its own. */
@ApplicationScoped
class StageBeans {

  @Produces
  @DefaultBean
  @ApplicationScoped
  Clock clock() {
    return Clock.systemUTC();
  }

  /**
   * {@code migaki.artifacts.root} (environment: MIGAKI_ARTIFACTS_ROOT): a directory, optionally as
   * {@code file:} URI.
   */
  @Produces
  @DefaultBean
  @ApplicationScoped
  ArtifactStore artifactStore(@ConfigProperty(name = "migaki.artifacts.root") String root) {
    return new FileArtifactStore(
        root.startsWith("file:") ? Path.of(java.net.URI.create(root)) : Path.of(root));
  }
}
