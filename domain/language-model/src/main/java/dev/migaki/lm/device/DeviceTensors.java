package dev.migaki.lm.device;

import static org.bytedeco.pytorch.global.torch.empty_like;
import static org.bytedeco.pytorch.global.torch.full;
import static org.bytedeco.pytorch.global.torch.zeros;

import org.bytedeco.javacpp.DoublePointer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Device;
import org.bytedeco.pytorch.DeviceOptional;
import org.bytedeco.pytorch.MemoryFormatOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.DeviceType;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Tensors on the {@linkplain ComputeDevice#current() process' device}. Every tensor that takes part
 * in a computation is made here or comes from one that was; a test holds the engine to it.
 *
 * <p>On the processor nothing is copied and nothing costs more than libtorch's own functions.
 */
public final class DeviceTensors {

  private DeviceTensors() {}

  /** Zeros of an element type. */
  public static Tensor zerosOf(ScalarType type, long... shape) {
    return zeros(shape, options(type));
  }

  /** Floats of no particular value. */
  public static Tensor empty(long... shape) {
    return torch.empty(shape, options(ScalarType.Float), new MemoryFormatOptional());
  }

  /** Floats of one value. */
  public static Tensor filled(double value, long... shape) {
    return full(shape, new Scalar(value), options(ScalarType.Float));
  }

  /** Token ids or indices. */
  public static Tensor of(long[] values, long... shape) {
    return placed(Tensor.create(values, shape));
  }

  /** Floats. */
  public static Tensor of(float[] values, long... shape) {
    return placed(Tensor.create(values, shape));
  }

  /** Doubles. */
  public static Tensor of(double[] values, long... shape) {
    return placed(Tensor.create(values, shape));
  }

  /** One float. */
  public static Tensor of(float value) {
    return placed(Tensor.create(value));
  }

  /** The tensor on the device: itself where that is the processor, otherwise a copy. */
  public static Tensor placed(Tensor host) {
    return ComputeDevice.current() == ComputeDevice.CPU ? host : host.cuda();
  }

  /** The tensor in main memory, contiguous: itself where it is so already, otherwise a copy. */
  public static Tensor host(Tensor tensor) {
    Tensor there = ComputeDevice.current() == ComputeDevice.CPU ? tensor : tensor.cpu();
    return there.contiguous();
  }

  /** A copy of a tensor's elements, row-major; at most 2³¹ - 1 of them. */
  public static float[] floats(Tensor tensor) {
    float[] values = new float[Math.toIntExact(tensor.numel())];
    read(tensor, values);
    return values;
  }

  /** Copies a tensor's elements into {@code target}, which has as many. */
  public static void read(Tensor tensor, float[] target) {
    try (PointerScope scope = new PointerScope()) {
      new FloatPointer(host(tensor.to(ScalarType.Float)).data_ptr()).get(target);
    }
  }

  /** As {@link #floats}, in double precision. */
  public static double[] doubles(Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.numel())];
    try (PointerScope scope = new PointerScope()) {
      new DoublePointer(host(tensor.to(ScalarType.Double)).data_ptr()).get(values);
    }
    return values;
  }

  /** As {@link #floats}, of token ids or indices. */
  public static long[] longs(Tensor tensor) {
    long[] values = new long[Math.toIntExact(tensor.numel())];
    try (PointerScope scope = new PointerScope()) {
      new LongPointer(host(tensor).data_ptr()).get(values);
    }
    return values;
  }

  /** A tensor in main memory of no particular value. */
  public static Tensor emptyHost(ScalarType type, long... shape) {
    return torch.empty(shape, on(DeviceType.CPU, type), new MemoryFormatOptional());
  }

  /** A tensor in main memory of another's shape and type, of no particular value. */
  public static Tensor emptyHostLike(Tensor tensor) {
    return ComputeDevice.current() == ComputeDevice.CPU
        ? empty_like(tensor)
        : empty_like(tensor, on(DeviceType.CPU, tensor.scalar_type()), new MemoryFormatOptional());
  }

  private static TensorOptions options(ScalarType type) {
    return ComputeDevice.current() == ComputeDevice.CPU
        ? new TensorOptions(type)
        : on(DeviceType.CUDA, type);
  }

  private static TensorOptions on(DeviceType device, ScalarType type) {
    return new TensorOptions(type).device(new DeviceOptional(new Device(device)));
  }
}
