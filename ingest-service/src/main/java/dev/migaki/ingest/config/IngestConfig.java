package dev.migaki.ingest.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Settings of the ingest stage. */
@ConfigMapping(prefix = "migaki.ingest")
public interface IngestConfig {

  /** Dataset of records without a key. */
  @WithDefault("default")
  String defaultDataset();

  /** Directory of the recipes; {@code <dataset>.yaml}, else {@code default.yaml}. */
  @WithDefault("${MIGAKI_RECIPES_DIRECTORY:recipes}")
  Path recipesDirectory();

  /** The largest document in bytes, whatever a recipe says; larger ones are rejected. */
  @WithDefault("67108864")
  long maxDocumentBytes();

  /**
   * How long the artifacts of an erased document stay after its erasure, so that stages that are
   * behind can still read what they are told of. What they cannot read any more they leave out.
   */
  @WithDefault("5s")
  Duration erasureDelay();

  /**
   * Places that are watched for documents, by dataset: a directory or {@code s3://bucket/prefix}.
   * {@code migaki.ingest.watch."support-ja"=/srv/drop/support-ja}. Removing a file there withdraws
   * nothing.
   */
  Map<String, String> watch();

  /** How often these places are looked at. */
  @WithDefault("5s")
  Duration watchInterval();

  /** How long a file in a watched directory has to lie unchanged before it is taken. */
  @WithDefault("2s")
  Duration watchRest();

  Parser parser();

  /** The process that reads documents. */
  interface Parser {

    /**
     * Most processes, that is documents that are read at a time; more where many partitions come in
     * and cores are free. Heap and time per document are the recipe's.
     */
    @WithDefault("1")
    int processes();

    /** Longest time until the process is ready. */
    @WithDefault("60s")
    Duration startTimeout();

    /** Class path of the process; found beside the service's own jars when absent. */
    Optional<String> classPath();
  }
}
