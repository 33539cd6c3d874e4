package dev.migaki.lm.model;

import dev.migaki.lm.device.DeviceTensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Cosines and sines of the rotary position embedding (RoFormer, arXiv:2104.09864), in the "rotate
 * half" pairing of Hugging Face: element {@code i} of a head is paired with element {@code i +
 * d/2}.
 *
 * @param cosine {@code [T, 1, d/2]} or {@code [B, T, 1, d/2]}
 * @param sine the same shape
 */
public record RotaryPositions(Tensor cosine, Tensor sine) {

  /**
   * Tables for positions {@code 0 … length-1}.
   *
   * @param type Float or Double
   */
  public static RotaryPositions table(ModelConfig config, int length, ScalarType type) {
    int half = config.headSize() / 2;
    RopeScaling scaling = config.variant().ropeScaling();
    float[] frequencies = scaling.frequencies(config.headSize(), config.ropeTheta());
    double scale = scaling.attentionScale();
    double[] cosine = new double[length * half];
    double[] sine = new double[length * half];
    for (int position = 0; position < length; position++) {
      for (int i = 0; i < half; i++) {
        // a single-precision angle, as in transformers: see RopeScaling
        float angle = position * frequencies[i];
        cosine[position * half + i] = Math.cos(angle) * scale;
        sine[position * half + i] = Math.sin(angle) * scale;
      }
    }
    return new RotaryPositions(
        DeviceTensors.of(cosine, length, 1, half).to(type),
        DeviceTensors.of(sine, length, 1, half).to(type));
  }

  /** The positions {@code start … start+length-1} of a table. */
  public RotaryPositions range(long start, long length) {
    return new RotaryPositions(cosine.narrow(0, start, length), sine.narrow(0, start, length));
  }

  /**
   * The given positions of a table.
   *
   * @param positions {@code [B·T]} indices into the table
   */
  public RotaryPositions at(Tensor positions, long batch, long length) {
    long half = cosine.size(2);
    return new RotaryPositions(
        cosine.index_select(0, positions).view(batch, length, 1, half),
        sine.index_select(0, positions).view(batch, length, 1, half));
  }

  /** The same table in another element type. */
  public RotaryPositions as(ScalarType type) {
    return new RotaryPositions(cosine.to(type), sine.to(type));
  }

  /**
   * Rotates queries and keys.
   *
   * @param heads {@code [B, T, heads, d]}
   * @return the same shape
   */
  public Tensor rotate(Tensor heads) {
    org.bytedeco.pytorch.TensorVector halves = heads.split(heads.size(3) / 2, 3);
    Tensor first = halves.get(0);
    Tensor second = halves.get(1);
    return org.bytedeco.pytorch.global.torch.cat(
        new org.bytedeco.pytorch.TensorVector(
            first.mul(cosine).sub(second.mul(sine)), second.mul(cosine).add(first.mul(sine))),
        3);
  }
}
