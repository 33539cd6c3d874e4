package dev.migaki.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Settings of the ingest stage. */
@ConfigMapping(prefix = "migaki.ingest")
public interface IngestConfig {

  /** Dataset of records without a key. */
  @WithDefault("default")
  String defaultDataset();

  /** The largest document in bytes; larger ones are rejected. */
  @WithDefault("67108864")
  long maxDocumentBytes();

  /**
   * How long the artifacts of an erased document stay after its erasure, so that stages that are
   * behind can still read what they are told of.
   */
  @WithDefault("10m")
  Duration erasureDelay();

  Parser parser();

  /** The process that reads documents. */
  interface Parser {

    /** Most heap of the process ({@code -Xmx}); a document that needs more is rejected. */
    @WithDefault("384m")
    String heap();

    /** Longest time for one document. */
    @WithDefault("20s")
    Duration timeout();

    /** Longest time until the process is ready. */
    @WithDefault("60s")
    Duration startTimeout();

    /** Class path of the process; found beside the service's own jars when absent. */
    Optional<String> classPath();
  }
}
