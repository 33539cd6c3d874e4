package dev.migaki.lm.worker;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Describes a worker's child JVM: command line, environment, standard streams.
 *
 * <p>Training runs in its own process for three reasons: the allocator and thread settings that
 * decide its speed are read from the environment before {@code main}; a crash in native code must
 * not take the service down; and its memory goes back to the system when it ends.
 */
public final class WorkerLauncher {

  /**
   * Measured on 2 cores: without these a step is up to five times slower (idle threads spinning,
   * large tensors returned to the system).
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMP_WAIT_POLICY", "PASSIVE",
          "OPENBLAS_NUM_THREADS", "1",
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "8000000000",
          "MALLOC_TOP_PAD_", "268435456");

  private WorkerLauncher() {}

  /**
   * A process that is ready to start. Its output goes to {@code worker.log} beside the job file.
   *
   * <p>The child ends when this process ends. Keep the started {@link Process} and do not close its
   * output stream.
   *
   * @param worker {@link TrainWorker} or {@link AnswerWorker}
   * @param jobFile the job
   * @param maxHeap for {@code -Xmx}, such as {@code 512m}; tensors live outside the heap
   */
  public static ProcessBuilder builder(Class<?> worker, Path jobFile, String maxHeap) {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + maxHeap,
            "-XX:+UseSerialGC",
            // the second compiler would take a core from the first minute's training; there is
            // little Java to compile
            "-XX:TieredStopAtLevel=1",
            // tensors are freed by scopes; the collector's view of them only costs time
            "-Dorg.bytedeco.javacpp.nopointergc=true",
            // the default limit counts the process' whole memory against the heap's size
            "-Dorg.bytedeco.javacpp.maxPhysicalBytes=0",
            "-D" + ParentWatch.PARENT_ID + "=" + ProcessHandle.current().pid(),
            worker.getName(),
            jobFile.toString());
    builder.environment().putAll(ENVIRONMENT);
    // not as an argument: it is so long that lists of processes would cut off what the process is
    builder.environment().put("CLASSPATH", classPath(worker));
    // options meant for the parent, such as agents or heap sizes, are not for the child
    List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS")
        .forEach(builder.environment()::remove);
    builder.redirectInput(ProcessBuilder.Redirect.PIPE);
    builder.redirectErrorStream(true);
    Path directory =
        Objects.requireNonNull(jobFile.toAbsolutePath().getParent(), "jobFile has no directory");
    builder.redirectOutput(
        ProcessBuilder.Redirect.appendTo(directory.resolve("worker.log").toFile()));
    return builder;
  }

  /**
   * Where the child finds its classes: in a packaged service all libraries lie beside this module's
   * jar, while {@code java.class.path} names only the launcher; everywhere else {@code
   * java.class.path} is right.
   */
  static String classPath(Class<?> worker) {
    String inherited = System.getProperty("java.class.path", "");
    Path jar = location(worker);
    boolean packaged =
        Files.isRegularFile(jar)
            && !List.of(inherited.split(File.pathSeparator)).contains(jar.toString())
            && List.of(inherited.split(File.pathSeparator)).stream()
                .noneMatch(entry -> entry.contains("surefire"));
    return packaged ? Objects.requireNonNull(jar.getParent()) + File.separator + "*" : inherited;
  }

  private static Path location(Class<?> worker) {
    CodeSource source = worker.getProtectionDomain().getCodeSource();
    if (source == null || source.getLocation() == null) {
      throw new IllegalStateException("cannot find the jar of " + worker.getName());
    }
    try {
      return Path.of(source.getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException("cannot find the jar of " + worker.getName(), e);
    }
  }
}
