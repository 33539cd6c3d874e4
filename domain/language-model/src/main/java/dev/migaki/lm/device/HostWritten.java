package dev.migaki.lm.device;

import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A tensor that Java writes, number by number, and the device reads. On the processor both are one.
 */
public final class HostWritten implements AutoCloseable {

  private final Tensor host;
  private final Tensor placed;

  private HostWritten(Tensor host) {
    this.host = host;
    this.placed = DeviceTensors.placed(host);
    host.retainReference();
    if (placed != host) {
      placed.retainReference();
    }
  }

  /** {@code [count]} token ids or indices. */
  public static HostWritten longs(int count) {
    return new HostWritten(Tensor.create(new long[count], count));
  }

  /** Floats of no particular value. */
  public static HostWritten floats(long... shape) {
    return new HostWritten(torch.empty(shape));
  }

  /** Where to write token ids or indices, row-major. */
  public LongBuffer longBuffer() {
    return new LongPointer(host.data_ptr()).capacity(host.numel()).asBuffer();
  }

  /** Where to write floats, row-major. */
  public FloatBuffer floatBuffer() {
    return new FloatPointer(host.data_ptr()).capacity(host.numel()).asBuffer();
  }

  /** What the device reads: up to date after {@link #send()}. */
  public Tensor placed() {
    return placed;
  }

  /** Brings what was written to the device. */
  public Tensor send() {
    if (placed != host) {
      placed.copy_(host);
    }
    return placed;
  }

  @Override
  public void close() {
    host.close();
    if (placed != host) {
      placed.close();
    }
  }
}
