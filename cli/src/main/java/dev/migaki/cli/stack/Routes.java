package dev.migaki.cli.stack;

import java.util.Optional;
import java.util.regex.Pattern;

/** Which service answers which path behind the one address. */
final class Routes {
  private static final Pattern DOCUMENTS = Pattern.compile("/v1/datasets/[^/]+/documents(/.*)?");

  private Routes() {}

  /** The service behind a path; empty where nobody answers. */
  static Optional<StageService> serviceFor(String path) {
    if (path.equals("/v1/datasets") || DOCUMENTS.matcher(path).matches()) {
      return Optional.of(StageService.INGEST);
    }
    if (path.startsWith("/v1/datasets/")) {
      return Optional.of(StageService.CLEANSE);
    }
    if (below(path, "/v1/files")
        || below(path, "/v1/uploads")
        || below(path, "/v1/fine_tuning")
        || below(path, "/v1/runs")) {
      return Optional.of(StageService.TRAINING);
    }
    if (below(path, "/v1/evaluations")) {
      return Optional.of(StageService.EVAL);
    }
    if (below(path, "/v1/chat")
        || below(path, "/v1/completions")
        || below(path, "/v1/models")
        || below(path, "/v1/deployments")) {
      return Optional.of(StageService.DEPLOY);
    }
    return Optional.empty();
  }

  private static boolean below(String path, String prefix) {
    return path.equals(prefix) || path.startsWith(prefix + "/");
  }
}
