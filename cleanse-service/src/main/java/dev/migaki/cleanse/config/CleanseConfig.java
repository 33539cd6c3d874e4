package dev.migaki.cleanse.config;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of the cleanse stage. */
@ConfigMapping(prefix = "migaki.cleanse")
public interface CleanseConfig {

  /** Directory of the recipes; {@code <dataset>.yaml}, else {@code default.yaml}. */
  @WithDefault("${MIGAKI_RECIPES_DIRECTORY:recipes}")
  Path recipesDirectory();

  /**
   * The tenant's key for pseudonyms and for the marks of the audit. Without it marks cannot be
   * compared between starts of the service, and recipes must not ask for pseudonyms.
   */
  Optional<String> pseudonymKey();

  /**
   * Topic and consumer group ({@code topic=group}) of everything in front of the sealer; while a
   * group lags, documents are on their way and a quiet period has not begun.
   */
  @WithDefault("migaki.ingest=migaki-ingest,migaki.documents=migaki-cleanse")
  List<String> upstream();

  /**
   * How long after the last change to believe that documents on their way will come; then the quiet
   * period rules. A group may also seem to lag because its last commit failed while it rebalanced,
   * after a broker was killed, which nobody repeats until the next record comes.
   */
  @WithDefault("2m")
  Duration patience();

  /**
   * How long a worker that has died keeps others from sealing. One that lives renews its lease, so
   * a sealing may take longer.
   */
  @WithDefault("5m")
  Duration lease();

  /**
   * Directory of the sealer's temporary files, about 10 KB per example; nameless, so that nothing
   * is left of them after a crash. Must exist and should not lie in memory.
   */
  @WithDefault("${java.io.tmpdir}")
  Path temporaryDirectory();

  /** Most requests to teachers at once, of all recipes together; at least 1. */
  @WithDefault("4")
  int teacherRequests();
}
