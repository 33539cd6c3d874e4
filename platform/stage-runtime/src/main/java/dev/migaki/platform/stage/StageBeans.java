package dev.migaki.platform.stage;

import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.FileArtifactStore;
import dev.migaki.platform.artifacts.S3ArtifactStore;
import dev.migaki.platform.artifacts.S3Settings;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
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
   * {@code migaki.artifacts.root} (environment: MIGAKI_ARTIFACTS_ROOT): a directory, plain or as
   * {@code file:} URI, or {@code s3://bucket/prefix}.
   */
  @Produces
  @DefaultBean
  @ApplicationScoped
  ArtifactStore artifactStore(
      @ConfigProperty(name = "migaki.artifacts.root") String root,
      @ConfigProperty(name = "migaki.artifacts.s3.region", defaultValue = "us-east-1")
          String region,
      @ConfigProperty(name = "migaki.artifacts.s3.endpoint") Optional<URI> endpoint) {
    if (root.startsWith("s3:")) {
      boolean pathStyle = endpoint.isPresent();
      return S3ArtifactStore.connect(
          S3Settings.of(URI.create(root), region, endpoint.orElse(null), pathStyle));
    }
    return new FileArtifactStore(
        root.startsWith("file:") ? Path.of(URI.create(root)) : Path.of(root));
  }
}
