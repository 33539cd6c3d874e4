package dev.migaki.cli.stack;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * The five services as this launcher runs them. Heaps are small on purpose: the whole stack, the
 * training child included, has to fit a laptop (under 4 GB).
 */
public enum StageService {
  INGEST(256),
  CLEANSE(384),
  TRAINING(256),
  EVAL(384),
  DEPLOY(384);

  private final int heapMegabytes;

  StageService(int heapMegabytes) {
    this.heapMegabytes = heapMegabytes;
  }

  /** The word people and logs use. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The folder of the service in the source tree. */
  public String module() {
    return label() + "-service";
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  Path runnable(Path home) {
    return home.resolve(module()).resolve("target/quarkus-app/quarkus-run.jar");
  }

  List<String> javaOptions() {
    return List.of(
        "-Xmx" + heapMegabytes + "m",
        // the young generation is touched from end to end before its first collection
        "-Xms48m",
        "-Xmn24m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-Xshare:auto",
        "-XX:+ExitOnOutOfMemoryError",
        "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
        "-Dfile.encoding=UTF-8");
  }
}
