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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
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

  @ParameterizedTest
  @EnumSource
  void shouldGiveBackValuesThatTheTypeHolds(ElementType type) throws IOException {
    // Given
    float[] values = {0f, -0f, 1f, -2.5f, 0.099609375f, 0x1p-14f, 0x1p-24f, 240f, -65_280f};
    Path file = directory.resolve("types.safetensors");
    new SafetensorsWriter().add("w", new long[] {3, 3}, values).write(file, type);

    // When
    StoredTensor read = SafetensorsReader.read(file).get("w");

    // Then
    assertThat(read.type()).isEqualTo(type);
    assertThat(read.toFloats()).containsExactly(values);
  }

  @Test
  void shouldRoundToTheNearestHalfForEveryNeighbouringPair() throws IOException {
    // Given
    int count = 0x7C00;
    byte[] bits = new byte[2 * count];
    ByteBuffer halves = ByteBuffer.wrap(bits).order(ByteOrder.LITTLE_ENDIAN);
    for (int i = 0; i < count; i++) {
      halves.putShort((short) i);
    }
    float[] exact =
        SafetensorsReader.read(
                file(
                    "{\"w\":{\"dtype\":\"F16\",\"shape\":[31744],\"data_offsets\":[0,63488]}}",
                    bits))
            .get("w")
            .toFloats();
    float[] written = new float[5 * (count - 1)];
    float[] nearest = new float[written.length];
    for (int i = 0; i < count - 1; i++) {
      float middle = (exact[i] + exact[i + 1]) / 2;
      float even = i % 2 == 0 ? exact[i] : exact[i + 1];
      float[] of = {exact[i], middle, Math.nextDown(middle), Math.nextUp(middle), -middle};
      float[] to = {exact[i], even, exact[i], exact[i + 1], -even};
      System.arraycopy(of, 0, written, 5 * i, 5);
      System.arraycopy(to, 0, nearest, 5 * i, 5);
    }
    Path target = directory.resolve("rounded.safetensors");

    // When
    new SafetensorsWriter()
        .add("w", new long[] {written.length}, written)
        .write(target, ElementType.F16);

    // Then
    assertThat(SafetensorsReader.read(target).get("w").toFloats()).containsExactly(nearest);
  }

  @ParameterizedTest
  @CsvSource({"F16, 65520", "F16, -70000", "F16, 1e38", "BF16, 3.4e38"})
  void shouldNameTensorAndValueWhenTheTypeCannotHoldIt(ElementType type, float value) {
    // Given
    SafetensorsWriter writer =
        new SafetensorsWriter().add("layer.w", new long[] {2}, new float[] {1f, value});
    Path file = directory.resolve("large.safetensors");

    // When / Then
    assertThatThrownBy(() -> writer.write(file, type))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("layer.w")
        .hasMessageContaining(Float.toString(value))
        .hasMessageContaining(type.tag());
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void shouldWriteTheSameBytesWhenWrittenTwice() throws IOException {
    // Given
    Path first = directory.resolve("first.safetensors");
    Path second = directory.resolve("second.safetensors");

    // When
    twoTensors().write(first, ElementType.F32);
    twoTensors().write(second, ElementType.F32);

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
        "{\"w\":7}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[18446744073709551616,18446744073709551624]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[18446744073709551618],\"data_offsets\":[0,8]}}",
        "{\"w\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]},\"v\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}}",
        "{\"w\":{\"dtype\":\"F16\",\"shape\":[3],\"data_offsets\":[2,8]},\"v\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}"
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
  @ValueSource(ints = {0, 7, 60, 150})
  void shouldSayThatTheFileIsCutShortWhenItIs(int left) throws IOException {
    // Given
    Path file = directory.resolve("cut.safetensors");
    twoTensors().write(file, ElementType.F32);
    Files.write(file, Arrays.copyOf(Files.readAllBytes(file), left));

    // When / Then
    assertThatThrownBy(() -> SafetensorsReader.read(file))
        .isInstanceOf(InvalidModelException.class)
        .hasMessageContaining("cut short")
        .hasMessageContaining("copy it again");
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
