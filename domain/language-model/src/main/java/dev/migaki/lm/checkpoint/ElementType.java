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
      target.putShort(floatToHalf(value));
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

  /** Whether writing makes infinity of a finite value. */
  boolean overflows(float value) {
    return switch (this) {
      case F64, F32 -> false;
      // half a step above the largest value rounds up
      case F16 -> Float.isFinite(value) && Math.abs(value) >= 65_520f;
      case BF16 ->
          Float.isFinite(value) && (Float.floatToRawIntBits(value) & 0x7FFFFFFF) >= 0x7F7F8000;
    };
  }

  /** Rounds to the nearest, ties to even (IEEE 754); NaN stays NaN. */
  private static short floatToHalf(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = (bits >>> 16) & 0x8000;
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7E00);
    }
    float magnitude = Math.abs(value);
    if (magnitude >= 65_520f) {
      return (short) (sign | 0x7C00);
    }
    if (magnitude < 0x1p-14f) {
      // the step of subnormals is 2⁻²⁴; 2¹⁰ of them are the smallest normal value, bit for bit
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    int rounded = (bits & 0x7FFFFFFF) + 0xFFF + ((bits >>> 13) & 1);
    return (short) (sign | ((rounded >>> 13) - (112 << 10)));
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
