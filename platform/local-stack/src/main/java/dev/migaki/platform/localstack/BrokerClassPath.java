package dev.migaki.platform.localstack;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the broker's jars lie. They are on nobody's class path but the broker's, so they must be
 * found as files: the system property {@value #PROPERTY}, else the environment variable {@value
 * #VARIABLE}, else a directory {@code lib} beside this module's jar or class directory (a build
 * tree), else {@code broker-lib} there (an unpacked distribution).
 */
final class BrokerClassPath {

  static final String PROPERTY = "migaki.localstack.lib";
  static final String VARIABLE = "MIGAKI_LOCALSTACK_LIB";

  private BrokerClassPath() {}

  static String resolve() {
    Path own = ownLocation();
    Path lib = library(own, System.getProperty(PROPERTY), System.getenv(VARIABLE));
    return own + File.pathSeparator + lib + File.separator + "*";
  }

  static Path library(Path own, @Nullable String property, @Nullable String variable) {
    List<Path> candidates = new ArrayList<>();
    if (property != null) {
      candidates.add(Path.of(property));
    } else if (variable != null) {
      candidates.add(Path.of(variable));
    } else {
      candidates.add(own.resolveSibling("lib"));
      candidates.add(own.resolveSibling("broker-lib"));
    }
    for (Path candidate : candidates) {
      if (Files.exists(candidate.resolve("kafka_2.13-" + version() + ".jar"))) {
        return candidate.toAbsolutePath();
      }
    }
    throw new LocalStackException(
        "the broker's jars (kafka_2.13-"
            + version()
            + ".jar …) are not in "
            + candidates
            + "; build platform/local-stack or set -D"
            + PROPERTY
            + "=<directory>");
  }

  static String version() {
    return "4.4.0";
  }

  private static Path ownLocation() {
    CodeSource source = BrokerClassPath.class.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new LocalStackException("cannot tell where local-stack's classes lie");
    }
    try {
      return Path.of(source.getLocation().toURI()).toAbsolutePath();
    } catch (URISyntaxException e) {
      throw new LocalStackException(
          "cannot tell where local-stack's classes lie: " + source.getLocation(), e);
    }
  }
}
