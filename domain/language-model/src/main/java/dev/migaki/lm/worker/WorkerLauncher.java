package dev.migaki.lm.worker;

import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
   * large tensors returned to the system). The last two bound what oneDNN, which computes bfloat16
   * products, keeps for each number of rows that it has seen: with its own bounds of 1,024 a
   * training of examples of many lengths grew from 0.8 to 1.6 GB and was no faster ({@code
   * benchmarks/training}).
   */
  private static final Map<String, String> ENVIRONMENT =
      Map.of(
          "OMP_WAIT_POLICY", "PASSIVE",
          "OPENBLAS_NUM_THREADS", "1",
          "MALLOC_MMAP_MAX_", "0",
          "MALLOC_TRIM_THRESHOLD_", "8000000000",
          "MALLOC_TOP_PAD_", "268435456",
          "ONEDNN_PRIMITIVE_CACHE_CAPACITY", "128",
          "LRU_CACHE_CAPACITY", "32");

  /** A class of each library that a worker uses. */
  private static final List<String> LIBRARIES =
      List.of(
          "org.bytedeco.javacpp.Loader",
          "org.bytedeco.openblas.global.openblas",
          "org.bytedeco.pytorch.global.torch",
          "ai.djl.huggingface.tokenizers.HuggingFaceTokenizer",
          "ai.djl.util.Platform",
          "com.google.gson.Gson",
          "org.slf4j.Logger",
          "com.fasterxml.jackson.databind.ObjectMapper",
          "com.fasterxml.jackson.core.JsonFactory",
          "com.fasterxml.jackson.annotation.JsonProperty");

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
   * Where the child finds its classes: in a packaged service the jars of this module and of the
   * libraries it uses, while {@code java.class.path} names only the launcher; everywhere else
   * {@code java.class.path} is right.
   */
  static String classPath(Class<?> worker) {
    String inherited = System.getProperty("java.class.path", "");
    Path jar = location(worker);
    boolean packaged =
        Files.isRegularFile(jar)
            && !List.of(inherited.split(File.pathSeparator)).contains(jar.toString())
            && List.of(inherited.split(File.pathSeparator)).stream()
                .noneMatch(entry -> entry.contains("surefire"));
    return packaged ? jars(worker) : inherited;
  }

  /**
   * Only what a worker uses: the search for native libraries goes through every jar of the class
   * path many times. With 414 of them a short training took 15 s of processor time, with 30 of them
   * 11 s.
   */
  private static String jars(Class<?> worker) {
    Set<Path> jars = new LinkedHashSet<>();
    jars.add(location(worker));
    for (String library : LIBRARIES) {
      try {
        Path jar = location(Class.forName(library, false, worker.getClassLoader()));
        jars.add(jar);
        jars.addAll(nativeParts(jar));
      } catch (ClassNotFoundException | IOException e) {
        throw new IllegalStateException("the installation is incomplete: no " + library, e);
      }
    }
    return jars.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
  }

  /** The jars with a classifier, such as {@code pytorch-2.10.0-1.5.13-linux-x86_64.jar}. */
  private static List<Path> nativeParts(Path jar) throws IOException {
    String stem = jar.getFileName().toString().replaceFirst("\\.jar$", "-");
    try (Stream<Path> siblings = Files.list(Objects.requireNonNull(jar.getParent()))) {
      return siblings.filter(path -> path.getFileName().toString().startsWith(stem)).toList();
    }
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
