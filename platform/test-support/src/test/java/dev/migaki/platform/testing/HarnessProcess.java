package dev.migaki.platform.testing;

import io.quarkus.bootstrap.app.AugmentResult;
import io.quarkus.bootstrap.app.CuratedApplication;
import io.quarkus.bootstrap.app.QuarkusBootstrap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The harness as a service of its own, packaged and started as the real ones are, so that signals
 * reach a process and not a test.
 */
final class HarnessProcess {

  private final Process process;

  private HarnessProcess(Process process) {
    this.process = process;
  }

  /** Packages the harness' classes; returns the jar to run. */
  static Path build(Path directory) throws Exception {
    Path root = directory.resolve("classes");
    Path module = Path.of("").toAbsolutePath();
    copy(module.resolve("target/classes"), root);
    for (String part :
        List.of("dev/migaki/platform/testing/harness", "application.properties", "db")) {
      copy(module.resolve("target/test-classes").resolve(part), root.resolve(part));
    }
    try (CuratedApplication application =
        QuarkusBootstrap.builder()
            .setApplicationRoot(root)
            .setProjectRoot(module)
            .setTargetDirectory(Files.createDirectories(directory.resolve("target")))
            .setBaseName("harness")
            .setBuildSystemProperties(new Properties())
            .setMode(QuarkusBootstrap.Mode.PROD)
            .setLocalProjectDiscovery(true)
            .setIsolateDeployment(true)
            .build()
            .bootstrap()) {
      AugmentResult result = application.createAugmentor().createProductionApplication();
      return result.getJar().getPath();
    }
  }

  static HarnessProcess start(Path jar, Map<String, String> configuration, Path log)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-jar",
            jar.toString());
    builder.environment().put("QUARKUS_HTTP_PORT", "0");
    configuration.forEach(
        (key, value) ->
            builder
                .environment()
                .put(
                    key.toUpperCase(java.util.Locale.ROOT).replace('.', '_').replace('-', '_'),
                    value));
    builder.redirectErrorStream(true);
    builder.redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    return new HarnessProcess(builder.start());
  }

  /** What an orchestrator does first: SIGTERM. Returns the exit status. */
  int terminate() throws InterruptedException {
    process.destroy();
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      throw new IllegalStateException("the service ignores SIGTERM");
    }
    return process.exitValue();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private static void copy(Path source, Path target) throws IOException {
    try (Stream<Path> files = Files.walk(source)) {
      for (Path file : files.toList()) {
        Path to = target.resolve(source.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(to);
        } else {
          Files.createDirectories(to.getParent());
          Files.copy(file, to);
        }
      }
    }
  }
}
