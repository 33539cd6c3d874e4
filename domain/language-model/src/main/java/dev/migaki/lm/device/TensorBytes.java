package dev.migaki.lm.device;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Tensor;

/** A tensor's elements in a file as they lie in memory, bit for bit. */
public final class TensorBytes {

  /** A buffer holds less than 2³¹ bytes. */
  private static final long PIECE = 1L << 30;

  private TensorBytes() {}

  /** Bytes that a tensor's elements take. */
  public static long size(Tensor tensor) {
    return tensor.numel() * tensor.element_size();
  }

  /** Writes the elements at the channel's position. */
  public static void write(FileChannel channel, Tensor tensor) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Tensor host = DeviceTensors.host(tensor);
      for (long start = 0; start < size(host); start += PIECE) {
        ByteBuffer bytes = bytes(host, start);
        while (bytes.hasRemaining()) {
          channel.write(bytes);
        }
      }
    }
  }

  /**
   * Reads the elements from the channel's position.
   *
   * @param tensor contiguous; overwritten
   * @throws EOFException when the file ends before the tensor does
   */
  public static void readInPlace(FileChannel channel, Tensor tensor) throws IOException {
    try (PointerScope scope = new PointerScope()) {
      Tensor host = DeviceTensors.host(tensor);
      for (long start = 0; start < size(host); start += PIECE) {
        ByteBuffer bytes = bytes(host, start);
        while (bytes.hasRemaining()) {
          if (channel.read(bytes) < 0) {
            throw new EOFException("the file is cut short");
          }
        }
      }
      if (ComputeDevice.current() != ComputeDevice.CPU) {
        tensor.copy_(host);
      }
    }
  }

  private static ByteBuffer bytes(Tensor host, long start) {
    long end = Math.min(size(host), start + PIECE);
    return new BytePointer(host.data_ptr()).position(start).limit(end).asByteBuffer();
  }
}
