package dev.migaki.lm.checkpoint;

import dev.migaki.lm.InvalidModelException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Element types of weights that this engine reads and writes. */
public enum ElementType {
  F64("F64", 8) {
    @Override
    float read(ByteBuffer source) {
      return (float) source.getDouble();
    }

    @Override
    void write(float value, ByteBuffer target) {
      target.putDouble(value);
    }
  },
  F32("F32", 4) {
    @Override
    float read(ByteBuffer source) {
      return source.getFloat();
    }

    @Override
    void write(float value, ByteBuffer target) {
      target.putFloat(value);
    }
  },
  F16("F16", 2) {
    @Override
    float read(ByteBuffer source) {
      return halfToFloat(source.getShort());
    }

    @Override
    void write(float value, ByteBuffer target) {
      throw new UnsupportedOperationException("F16 is read only; write BF16 or F32");
    }
  },
  BF16("BF16", 2) {
    @Override
    float read(ByteBuffer source) {
      return Float.intBitsToFloat(source.getShort() << 16);
    }

    @Override
    void write(float value, ByteBuffer target) {
      int bits = Float.floatToRawIntBits(value);
      // round to nearest, ties to even; NaN stays NaN because its mantissa's top bits are kept
      int rounded = Float.isNaN(value) ? bits | 0x400000 : bits + 0x7FFF + ((bits >>> 16) & 1);
      target.putShort((short) (rounded >>> 16));
    }
  };

  private final String tag;
  private final int sizeBytes;

  ElementType(String tag, int sizeBytes) {
    this.tag = tag;
    this.sizeBytes = sizeBytes;
  }

  /** The name in a safetensors header. */
  public String tag() {
    return tag;
  }

  public int sizeBytes() {
    return sizeBytes;
  }

  abstract float read(ByteBuffer source);

  abstract void write(float value, ByteBuffer target);

  static ElementType fromTag(String tag, String tensor, Path file) {
    for (ElementType type : values()) {
      if (type.tag.equals(tag)) {
        return type;
      }
    }
    throw new InvalidModelException(
        file
            + ": tensor '"
            + tensor
            + "' has element type '"
            + tag
            + "'; supported: F64, F32, F16, BF16");
  }

  private static float halfToFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = (half >>> 10) & 0x1F;
    int mantissa = half & 0x3FF;
    if (exponent == 0) {
      float subnormal = mantissa * 0x1p-24f;
      return sign == 0 ? subnormal : -subnormal;
    }
    if (exponent == 31) {
      return Float.intBitsToFloat(sign | 0x7F800000 | (mantissa << 13));
    }
    return Float.intBitsToFloat(sign | ((exponent + 112) << 23) | (mantissa << 13));
  }
}
