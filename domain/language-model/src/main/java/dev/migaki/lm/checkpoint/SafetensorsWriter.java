package dev.migaki.lm.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  private record Tensor(long[] shape, float[] values) {}

  /** Adds a tensor; {@code values} in row-major order. */
  public SafetensorsWriter add(String name, long[] shape, float[] values) {
    if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values.length) {
      throw new IllegalArgumentException(
          name
              + ": shape "
              + Arrays.toString(shape)
              + " does not hold "
              + values.length
              + " values");
    }
    if (tensors.putIfAbsent(name, new Tensor(shape.clone(), values)) != null) {
      throw new IllegalArgumentException(name + " was added twice");
    }
    return this;
  }

  /**
   * Writes all tensors as {@code type}.
   *
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
          for (Tensor tensor : tensors.values()) {
            for (float value : tensor.values()) {
              if (buffer.remaining() < type.sizeBytes()) {
                drain(buffer, channel);
              }
              type.write(value, buffer);
            }
          }
          drain(buffer, channel);
        });
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
      long end = offset + (long) entry.getValue().values().length * type.sizeBytes();
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
