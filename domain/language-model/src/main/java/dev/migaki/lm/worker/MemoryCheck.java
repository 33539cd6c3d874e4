package dev.migaki.lm.worker;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.inspection.MemoryEstimate;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Refuses a run that would not fit into memory, before anything is loaded. */
final class MemoryCheck {

  private static final Path SYSTEM = Path.of("/proc/meminfo");
  private static final Path CONTAINER_LIMIT = Path.of("/sys/fs/cgroup/memory.max");
  private static final Path CONTAINER_USE = Path.of("/sys/fs/cgroup/memory.current");

  private MemoryCheck() {}

  /**
   * @throws InvalidModelException when the estimate is above what the job allows or the system has;
   *     the message has both numbers
   */
  static long check(TrainJob job, ModelConfig config) throws IOException {
    long needed = estimate(job, config);
    OptionalLong available =
        job.memoryLimitBytes() == null ? available() : OptionalLong.of(job.memoryLimitBytes());
    if (available.isPresent() && needed > available.getAsLong()) {
      throw new InvalidModelException(
          "Training "
              + config.parameterCount()
              + " parameters with method "
              + job.methodOrDefault()
              + " needs about "
              + megabytes(needed)
              + " MB, there are "
              + megabytes(available.getAsLong())
              + " MB; set passTokens below "
              + job.tokensAtOnce()
              + " (the step keeps its batchTokens), choose method lora, or take a smaller base"
              + " model");
    }
    return needed;
  }

  private static long estimate(TrainJob job, ModelConfig config) {
    LoraSettings shape = job.lora().orElse(new LoraSettings(16, 32, 0, false));
    boolean lora = job.lora().isPresent();
    MemoryEstimate estimate = MemoryEstimate.of(config, shape);
    long weights = config.parameterCount() * Float.BYTES;
    long trained = lora ? MemoryEstimate.adapterParameters(config, shape) * Float.BYTES : weights;
    // value, gradient, two moments; the estimate's step is of its own batch size
    long fixed =
        MemoryEstimate.PROCESS_BYTES
            + (lora ? weights : 0)
            + trained * (3L + job.threadsOrDefault());
    long reference = lora ? estimate.loraBytes() : estimate.fullBytes();
    long step = reference - MemoryEstimate.PROCESS_BYTES - (lora ? weights : 0) - trained * 4;
    double batch = (double) job.tokensAtOnce() / MemoryEstimate.BATCH_TOKENS;
    return fixed + Math.round(step * batch);
  }

  private static long megabytes(long bytes) {
    return bytes >> 20;
  }

  private static OptionalLong available() throws IOException {
    OptionalLong system = systemBytes();
    OptionalLong container = containerBytes();
    if (system.isEmpty() || container.isEmpty()) {
      return system.isPresent() ? system : container;
    }
    return OptionalLong.of(Math.min(system.getAsLong(), container.getAsLong()));
  }

  private static OptionalLong systemBytes() throws IOException {
    if (!Files.isReadable(SYSTEM)) {
      return OptionalLong.empty();
    }
    try (Stream<String> lines = Files.lines(SYSTEM)) {
      return lines
          .filter(line -> line.startsWith("MemAvailable:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) << 10)
          .findFirst();
    }
  }

  private static OptionalLong containerBytes() throws IOException {
    if (!Files.isReadable(CONTAINER_LIMIT) || !Files.isReadable(CONTAINER_USE)) {
      return OptionalLong.empty();
    }
    String limit = Files.readString(CONTAINER_LIMIT).strip();
    if (limit.equals("max")) {
      return OptionalLong.empty();
    }
    long used = Long.parseLong(Files.readString(CONTAINER_USE).strip());
    return OptionalLong.of(Math.max(0, Long.parseLong(limit) - used));
  }
}
