package dev.migaki.lm.training;

import static org.bytedeco.pytorch.global.torch.mm;

import dev.migaki.lm.device.DeviceTensors;
import java.util.function.LongSupplier;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Chooses bfloat16 only where it is faster.
 *
 * <p>On processors with bfloat16 instructions (AMX, AVX512-BF16) its products are 2 to 5 times
 * faster than in float; on others they are slower by as much, and no flag of the processor tells
 * reliably what libtorch makes of it. So a product of a typical size is timed.
 */
public final class PrecisionProbe {

  private static final int REPEATS = 7;

  private PrecisionProbe() {}

  /**
   * Takes about 50 ms.
   *
   * @param nanoTime a monotonic clock in nanoseconds
   */
  public static Precision fastest(LongSupplier nanoTime) {
    long single = bestNanos(ScalarType.Float, nanoTime);
    long half = bestNanos(ScalarType.BFloat16, nanoTime);
    return half * 1.25 < single ? Precision.BF16 : Precision.FP32;
  }

  private static long bestNanos(ScalarType type, LongSupplier nanoTime) {
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      Tensor left = DeviceTensors.filled(1, 1024, 256).to(type);
      Tensor right = DeviceTensors.filled(1, 256, 768).to(type);
      long best = Long.MAX_VALUE;
      for (int i = 0; i < REPEATS; i++) {
        long start = nanoTime.getAsLong();
        // a device that works on its own is done when a number is asked for
        mm(left, right).view(-1).select(0, 0).item_float();
        best = Math.min(best, nanoTime.getAsLong() - start);
      }
      return best;
    }
  }
}
