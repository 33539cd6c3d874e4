package dev.migaki.lm.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SafetensorsTest {

  @TempDir Path directory;

  private static SafetensorsWriter twoTensors() {
    return new SafetensorsWriter()
        .add("weight", new long[] {2, 3}, new float[] {1f, -2.5f, 3e-8f, Float.MAX_VALUE, 0f, -0f})
        .add("bias", new long[] {1}, new float[] {0.1f});
  }

  @Test
  void shouldGiveBackTheSameBitsWhenWrittenAsFloats() throws IOException {
    // Given
    Path file = directory.resolve("model.safetensors");
    twoTensors().write(file, ElementType.F32);

    // When
    Map<String, StoredTensor> read = SafetensorsReader.read(file);

    // Then
    assertThat(read.keySet()).containsExactly("weight", "bias");
    assertThat(read.get("weight").shape()).containsExactly(2, 3);
    assertThat(read.get("weight").toFloats())
        .containsExactly(1f, -2.5f, 3e-8f, Float.MAX_VALUE, 0f, -0f);
    assertThat(read.get("bias").toFloats()).containsExactly(0.1f);
  }

  @Test
  void shouldRoundToTheNearestWhenWrittenAsBfloat16() throws IOException {
    // Given
    Path file = directory.resolve("half.safetensors");
    float above = Float.intBitsToFloat(0x3F80_8001);
    float tieToEven = Float.intBitsToFloat(0x3F80_8000);
    new SafetensorsWriter()
        .add("w", new long[] {4}, new float[] {above, tieToEven, -3f, Float.NaN})
        .write(file, ElementType.BF16);

    // When
    float[] read = SafetensorsReader.read(file).get("w").toFloats();

    // Then
    assertThat(Float.floatToIntBits(read[0])).isEqualTo(0x3F81_0000);
    assertThat(Float.floatToIntBits(read[1])).isEqualTo(0x3F80_0000);
    assertThat(read[2]).isEqualTo(-3f);
    assertThat(read[3]).isNaN();
  }

  @Test
  void shouldReadHalfPrecisionWhenAFileHoldsIt() throws IOException {
    // Given
    byte[] data = new byte[8];
    ByteBuffer.wrap(data)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putShort((short) 0x3C00)
        .putShort((short) 0xC100)
        .putShort((short) 0x0001)
        .putShort((short) 0x7C00);
    Path file = file("{\"w\":{\"dtype\":\"F16\",\"shape\":[4],\"data_offsets\":[0,8]}}", data);

    // When
    float[] read = SafetensorsReader.read(file).get("w").toFloats();

    // Then
    assertThat(read).containsExactly(1f, -2.5f, 0x1p-24f, Float.POSITIVE_INFINITY);
  }

  @Test
  void shouldWriteTheSameBytesWhenWrittenTwice() throws IOException {
    // Given
    Path first = directory.resolve("first.safetensors");
    Path second = directory.resolve("second.safetensors");

    // When
    twoTensors().write(first, ElementType.BF16);
    twoTensors().write(second, ElementType.BF16);

    // Then
    assertThat(Files.readAllBytes(first)).isEqualTo(Files.readAllBytes(second));
  }

  private Path file(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer buffer =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    buffer.putLong(json.length).put(json).put(data);
    return Files.write(directory.resolve("hostile.safetensors"), buffer.array());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "not json",
        "[]",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,80]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[-8,0]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[8,0]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,8]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[-1,-2],\"data_offsets\":[0,8]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4611686018427387904],\"data_offsets\":[0,8]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":\"two\",\"data_offsets\":[0,8]}}",
        "{\"w\":{\"dtype\":\"I64\",\"shape\":[1],\"data_offsets\":[0,8]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2]}}",
        "{\"w\":7}"
      })
  void shouldRefuseWhenTheHeaderLies(String header) throws IOException {
    // Given
    Path file = file(header, new byte[8]);

    // When / Then
    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("hostile.safetensors");
  }

  @Test
  void shouldNameTheFileWhenItIsCutShortBeforeItsValuesAreRead() throws IOException {
    // Given
    Path file = directory.resolve("cut.safetensors");
    twoTensors().write(file, ElementType.F32);
    StoredTensor last = SafetensorsReader.read(file).get("bias");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length - 2));

    // When / Then
    assertThatThrownBy(last::toFloats)
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("cut.safetensors was cut short");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1L << 40, Long.MAX_VALUE})
  void shouldRefuseWhenTheHeaderLengthLies(long length) throws IOException {
    // Given
    ByteBuffer buffer = ByteBuffer.allocate(32).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
    Path file = Files.write(directory.resolve("length.safetensors"), buffer.array());

    // When / Then
    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .isInstanceOf(InvalidModelException.class);
  }

  @Test
  void shouldKeepTheOldFileWhenWritingFails() throws IOException {
    // Given
    Path file = directory.resolve("kept.txt");
    AtomicFiles.replaceText(file, "old");

    // When
    assertThatThrownBy(
            () ->
                AtomicFiles.replace(
                    file,
                    channel -> {
                      channel.write(ByteBuffer.wrap(new byte[3]));
                      throw new IOException("No space left on device");
                    }))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(file.toAbsolutePath().toString())
        .hasMessageContaining("No space left on device")
        .hasMessageContaining("Free space");

    // Then
    assertThat(file).hasContent("old");
    assertThat(directory.resolve("kept.txt.partial")).doesNotExist();
  }
}
