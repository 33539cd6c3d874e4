package dev.migaki.lm.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes safetensors files: same tensors in the same order, same bytes.
 *
 * <p>The file is replaced atomically, so that a checkpoint which cannot be written (disk full)
 * leaves the old one usable.
 */
public final class SafetensorsWriter {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int CHUNK_BYTES = 1 << 20;
  private static final long PIECE_VALUES = 1 << 20;

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private record Tensor(long[] shape, long size, Values values) {}

  /** Gives a tensor's values piece by piece, so that large ones need no second copy. */
  @FunctionalInterface
  public interface Values {
    /** Fills {@code target} with the values from {@code offset} on, row-major. */
    void read(long offset, float[] target);
  }

  /** Adds a tensor; {@code values} in row-major order. */
  public SafetensorsWriter add(String name, long[] shape, float[] values) {
    if (size(shape) != values.length) {
      throw new IllegalArgumentException(
          name
              + ": shape "
              + Arrays.toString(shape)
              + " does not hold "
              + values.length
              + " values");
    }
    return add(
        name,
        shape,
        (offset, target) ->
            System.arraycopy(values, Math.toIntExact(offset), target, 0, target.length));
  }

  /** Adds a tensor whose values are asked for while the file is written. */
  public SafetensorsWriter add(String name, long[] shape, Values values) {
    if (tensors.putIfAbsent(name, new Tensor(shape.clone(), size(shape), values)) != null) {
      throw new IllegalArgumentException(name + " was added twice");
    }
    return this;
  }

  private static long size(long[] shape) {
    return Arrays.stream(shape).reduce(1, Math::multiplyExact);
  }

  /**
   * Writes all tensors as {@code type}.
   *
   * @throws InvalidModelException when {@code type} cannot hold a value; an existing {@code file}
   *     is then unchanged
   * @throws IOException when writing fails; an existing {@code file} is then unchanged
   */
  public void write(Path file, ElementType type) throws IOException {
    byte[] header = header(type);
    AtomicFiles.replace(
        file,
        channel -> {
          ByteBuffer buffer =
              ByteBuffer.allocate(Math.max(CHUNK_BYTES, header.length + 8))
                  .order(ByteOrder.LITTLE_ENDIAN);
          buffer.putLong(header.length).put(header);
          for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
            writeValues(tensor.getKey(), tensor.getValue(), type, buffer, channel);
          }
          drain(buffer, channel);
        });
  }

  private static void writeValues(
      String name,
      Tensor tensor,
      ElementType type,
      ByteBuffer buffer,
      java.nio.channels.FileChannel channel)
      throws IOException {
    for (long done = 0; done < tensor.size(); ) {
      float[] piece = new float[(int) Math.min(PIECE_VALUES, tensor.size() - done)];
      tensor.values().read(done, piece);
      for (float value : piece) {
        if (buffer.remaining() < type.sizeBytes()) {
          drain(buffer, channel);
        }
        if (type.overflows(value)) {
          throw new InvalidModelException(
              "tensor '"
                  + name
                  + "' has the value "
                  + value
                  + ", which is too large for "
                  + type.tag()
                  + "; write it as F32");
        }
        type.write(value, buffer);
      }
      done += piece.length;
    }
  }

  private static void drain(ByteBuffer buffer, java.nio.channels.FileChannel channel)
      throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
    buffer.clear();
  }

  private byte[] header(ElementType type) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    // transformers refuses files without this entry
    header.putObject("__metadata__").put("format", "pt");
    long offset = 0;
    for (Map.Entry<String, Tensor> entry : tensors.entrySet()) {
      ObjectNode node = header.putObject(entry.getKey());
      node.put("dtype", type.tag());
      for (long dimension : entry.getValue().shape()) {
        node.withArray("shape").add(dimension);
      }
      if (entry.getValue().shape().length == 0) {
        node.putArray("shape");
      }
      long end = offset + entry.getValue().size() * type.sizeBytes();
      node.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = JSON.writeValueAsString(header).getBytes(StandardCharsets.UTF_8);
    // the format asks for data aligned to 8 bytes; spaces are the agreed padding
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }
}
