package dev.migaki.lm.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the safetensors format: 8 bytes header length, a JSON header, then the tensors' bytes
 * (little endian).
 *
 * <p>The header is untrusted input: lengths, offsets, shapes and types are checked against the file
 * before anything is allocated; values are read when they are asked for. Source:
 * https://github.com/huggingface/safetensors#format.
 */
public final class SafetensorsReader {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final long MAX_HEADER_BYTES = 100_000_000L;
  private static final int MAX_DIMENSIONS = 8;

  private SafetensorsReader() {}

  /**
   * Lists every tensor of {@code file}, in the order of the header.
   *
   * @throws InvalidModelException when the file is not a valid safetensors file
   */
  public static Map<String, StoredTensor> read(Path file) {
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long fileSize = channel.size();
      long headerSize = headerSize(channel, fileSize, file);
      JsonNode header = header(channel, headerSize, file);
      Map<String, StoredTensor> tensors = new LinkedHashMap<>();
      for (Map.Entry<String, JsonNode> entry : header.properties()) {
        if (!entry.getKey().equals("__metadata__")) {
          tensors.put(
              entry.getKey(),
              tensor(entry.getKey(), entry.getValue(), 8 + headerSize, fileSize, file));
        }
      }
      refuseOverlaps(tensors, file);
      return Collections.unmodifiableMap(tensors);
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read weights " + file + ": " + e.getMessage(), e);
    }
  }

  private static long headerSize(FileChannel channel, long fileSize, Path file) throws IOException {
    ByteBuffer prefix = ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN);
    if (fileSize < 8 || channel.read(prefix, 0) < 8) {
      throw new InvalidModelException(
          file
              + ": shorter than the 8-byte safetensors prefix; the file is cut short, copy it again");
    }
    long size = prefix.getLong(0);
    if (size < 2 || size > MAX_HEADER_BYTES || size > fileSize - 8) {
      throw new InvalidModelException(
          file
              + ": header length "
              + size
              + " does not fit a file of "
              + fileSize
              + " bytes; it is cut short or no safetensors file, copy it again");
    }
    return size;
  }

  private static JsonNode header(FileChannel channel, long size, Path file) throws IOException {
    ByteBuffer buffer = ByteBuffer.allocate((int) size);
    while (buffer.hasRemaining()) {
      if (channel.read(buffer, 8L + buffer.position()) < 0) {
        throw new InvalidModelException(file + ": ends inside its header");
      }
    }
    try {
      JsonNode header = JSON.readTree(buffer.array());
      if (header == null || !header.isObject()) {
        throw new InvalidModelException(file + ": header is not a JSON object");
      }
      return header;
    } catch (JsonProcessingException e) {
      throw new InvalidModelException(file + ": header is not valid JSON", e);
    }
  }

  private static StoredTensor tensor(
      String name, JsonNode entry, long dataStart, long fileSize, Path file) {
    ElementType type = ElementType.fromTag(entry.path("dtype").asText(""), name, file);
    long[] shape = shape(entry.path("shape"), name, file);
    JsonNode offsets = entry.path("data_offsets");
    if (!offsets.isArray()
        || offsets.size() != 2
        || !isLong(offsets.get(0))
        || !isLong(offsets.get(1))) {
      throw new InvalidModelException(file + ": tensor '" + name + "' has no valid data_offsets");
    }
    long begin = offsets.get(0).longValue();
    long end = offsets.get(1).longValue();
    if (begin < 0 || end < begin) {
      throw new InvalidModelException(file + ": tensor '" + name + "' has no valid data_offsets");
    }
    if (end > fileSize - dataStart) {
      throw new InvalidModelException(
          file
              + ": tensor '"
              + name
              + "' lies behind its end; the file is cut short, copy it again");
    }
    if (elements(shape, name, file) * type.sizeBytes() != end - begin) {
      throw new InvalidModelException(
          file
              + ": tensor '"
              + name
              + "' has a shape that does not match its "
              + (end - begin)
              + " bytes");
    }
    return new StoredTensor(name, type, shape, file, dataStart + begin);
  }

  private static boolean isLong(JsonNode number) {
    return number.isIntegralNumber() && number.canConvertToLong();
  }

  /** Two names for the same bytes are no format but a mistake or an attack on what loads them. */
  private static void refuseOverlaps(Map<String, StoredTensor> tensors, Path file) {
    List<StoredTensor> ordered =
        tensors.values().stream()
            .filter(tensor -> tensor.elements() > 0)
            .sorted(Comparator.comparingLong(StoredTensor::offset))
            .toList();
    for (int i = 1; i < ordered.size(); i++) {
      StoredTensor before = ordered.get(i - 1);
      if (before.offset() + before.sizeBytes() > ordered.get(i).offset()) {
        throw new InvalidModelException(
            file
                + ": tensors '"
                + before.name()
                + "' and '"
                + ordered.get(i).name()
                + "' lie over each other");
      }
    }
  }

  private static long[] shape(JsonNode node, String name, Path file) {
    if (!node.isArray() || node.size() > MAX_DIMENSIONS) {
      throw new InvalidModelException(file + ": tensor '" + name + "' has no valid shape");
    }
    long[] shape = new long[node.size()];
    for (int i = 0; i < shape.length; i++) {
      if (!isLong(node.get(i)) || node.get(i).longValue() < 0) {
        throw new InvalidModelException(file + ": tensor '" + name + "' has no valid shape");
      }
      shape[i] = node.get(i).longValue();
    }
    return shape;
  }

  private static long elements(long[] shape, String name, Path file) {
    try {
      long count = 1;
      for (long dimension : shape) {
        count = Math.multiplyExact(count, dimension);
      }
      return Math.multiplyExact(count, 8L) / 8L;
    } catch (ArithmeticException e) {
      throw new InvalidModelException(file + ": tensor '" + name + "' is too large", e);
    }
  }
}
