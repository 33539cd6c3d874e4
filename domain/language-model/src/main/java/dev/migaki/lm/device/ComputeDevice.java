package dev.migaki.lm.device;

import java.util.function.BooleanSupplier;
import org.bytedeco.pytorch.global.torch;
import org.jspecify.annotations.Nullable;

/**
 * What computes, one for the whole process: the processor, or the first CUDA device.
 *
 * <p>The processor, unless {@link #use} says otherwise before the first tensor is made. A CUDA
 * device needs libtorch's CUDA libraries, which only the build with the Maven profile {@code cuda}
 * holds.
 */
public enum ComputeDevice {
  CPU,
  CUDA;

  /** The environment variable from which worker processes and the serving stage take it. */
  public static final String VARIABLE = "MIGAKI_DEVICE";

  private static volatile ComputeDevice current = CPU;

  /** The device of this process. */
  public static ComputeDevice current() {
    return current;
  }

  /**
   * Decides for the whole process; before the first tensor is made.
   *
   * @param wanted {@code cpu}, {@code cuda}, or {@code auto}, which takes CUDA where it is; nothing
   *     means {@code cpu}
   * @throws IllegalArgumentException when it is none of these, or CUDA is not there
   */
  public static void use(@Nullable String wanted) {
    current = choose(wanted, ComputeDevice::cudaIsThere);
  }

  private static boolean cudaIsThere() {
    try {
      return torch.cuda_is_available();
    } catch (LinkageError e) {
      // the CUDA build of libtorch does not load at all without CUDA's own libraries
      Throwable reason = e;
      while (reason.getCause() != null) {
        reason = reason.getCause();
      }
      throw new IllegalArgumentException(
          "libtorch cannot be loaded: "
              + reason.getMessage()
              + "; a build with the Maven profile 'cuda' needs CUDA 13 and cuDNN 9 on the library"
              + " path, see docs/08-gpu.md",
          e);
    }
  }

  static ComputeDevice choose(@Nullable String wanted, BooleanSupplier cudaIsThere) {
    return switch (wanted == null || wanted.isBlank() ? "cpu" : wanted.strip()) {
      case "cpu" -> CPU;
      case "auto" -> cudaIsThere.getAsBoolean() ? CUDA : CPU;
      case "cuda" -> {
        if (!cudaIsThere.getAsBoolean()) {
          throw new IllegalArgumentException(
              VARIABLE
                  + " is 'cuda', but libtorch finds no CUDA device: check the driver (nvidia-smi)"
                  + " and that this was built with the Maven profile 'cuda', or set "
                  + VARIABLE
                  + "=cpu");
        }
        yield CUDA;
      }
      default ->
          throw new IllegalArgumentException(
              VARIABLE + " is '" + wanted + "'; supported: cpu, cuda, auto");
    };
  }

  /**
   * How many threads may share a training step.
   *
   * @param wanted as the job asks for, at least 1
   * @return 1 on CUDA, whose device does a step's work side by side already
   */
  public int lanes(int wanted) {
    return this == CUDA ? 1 : wanted;
  }
}
