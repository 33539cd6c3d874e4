package dev.migaki.lm.model;

/**
 * How the rotary frequencies {@code θ^(−2i/d)} are changed to reach contexts longer than the
 * pre-training's. Numerics after transformers' {@code modeling_rope_utils.py}, in single precision
 * as there: at position 10 000 a frequency that differs in its last bit is an angle that differs in
 * the fourth digit.
 */
public sealed interface RopeScaling {

  /**
   * The frequencies, in radians per position.
   *
   * @param headSize {@code d}
   * @param theta base
   * @return {@code [d/2]}
   */
  float[] frequencies(int headSize, double theta);

  /** What cosines and sines are multiplied with. */
  default double attentionScale() {
    return 1;
  }

  /** Its name in {@code config.json}. */
  String type();

  private static float[] plain(int headSize, double theta) {
    float[] frequencies = new float[headSize / 2];
    for (int i = 0; i < frequencies.length; i++) {
      frequencies[i] = 1f / (float) Math.pow(theta, 2f * i / headSize);
    }
    return frequencies;
  }

  /** Unchanged frequencies. */
  record None() implements RopeScaling {
    @Override
    public float[] frequencies(int headSize, double theta) {
      return plain(headSize, theta);
    }

    @Override
    public String type() {
      return "default";
    }
  }

  /**
   * Position interpolation (arXiv:2306.15595): all frequencies divided by {@code factor}.
   *
   * @param factor context length as a multiple of the pre-training's
   */
  record Linear(double factor) implements RopeScaling {
    @Override
    public float[] frequencies(int headSize, double theta) {
      float[] frequencies = plain(headSize, theta);
      for (int i = 0; i < frequencies.length; i++) {
        frequencies[i] /= (float) factor;
      }
      return frequencies;
    }

    @Override
    public String type() {
      return "linear";
    }
  }

  /**
   * Llama 3.1's scaling: long waves are divided by {@code factor}, short ones kept, those between
   * blended.
   *
   * @param factor divisor of long waves
   * @param lowFrequencyFactor waves longer than {@code originalPositions / lowFrequencyFactor} are
   *     long
   * @param highFrequencyFactor waves shorter than {@code originalPositions / highFrequencyFactor}
   *     are short
   * @param originalPositions context of the pre-training, in tokens
   */
  record Llama3(
      double factor, double lowFrequencyFactor, double highFrequencyFactor, int originalPositions)
      implements RopeScaling {
    @Override
    public float[] frequencies(int headSize, double theta) {
      float[] frequencies = plain(headSize, theta);
      double longest = originalPositions / lowFrequencyFactor;
      double shortest = originalPositions / highFrequencyFactor;
      for (int i = 0; i < frequencies.length; i++) {
        float wave = (float) (2 * Math.PI) / frequencies[i];
        if (wave > longest) {
          frequencies[i] /= (float) factor;
        } else if (wave >= shortest) {
          float smooth =
              (float)
                  ((originalPositions / wave - lowFrequencyFactor)
                      / (highFrequencyFactor - lowFrequencyFactor));
          frequencies[i] = (1 - smooth) * frequencies[i] / (float) factor + smooth * frequencies[i];
        }
      }
      return frequencies;
    }

    @Override
    public String type() {
      return "llama3";
    }
  }

  /**
   * YaRN (arXiv:2309.00071): dimensions that turn often are kept, slow ones interpolated, with a
   * ramp between, and attention is sharpened.
   *
   * @param factor context length as a multiple of the pre-training's
   * @param originalPositions context of the pre-training, in tokens
   * @param betaFast turns within the original context above which a dimension is kept
   * @param betaSlow turns below which it is interpolated
   * @param truncate whether the ramp starts and ends at whole dimensions
   * @param attentionScale what cosines and sines are multiplied with
   */
  record Yarn(
      double factor,
      int originalPositions,
      double betaFast,
      double betaSlow,
      boolean truncate,
      double attentionScale)
      implements RopeScaling {

    /** The paper's temperature: {@code 0.1·ln(factor) + 1}. */
    static double defaultAttentionScale(double factor) {
      return factor <= 1 ? 1 : 0.1 * Math.log(factor) + 1;
    }

    @Override
    public float[] frequencies(int headSize, double theta) {
      double low = dimensionOf(betaFast, headSize, theta);
      double high = dimensionOf(betaSlow, headSize, theta);
      if (truncate) {
        low = Math.floor(low);
        high = Math.ceil(high);
      }
      low = Math.max(low, 0);
      high = Math.min(high, headSize - 1);
      if (low == high) {
        high += 0.001;
      }
      float[] frequencies = plain(headSize, theta);
      for (int i = 0; i < frequencies.length; i++) {
        float interpolated = frequencies[i] / (float) factor;
        float ramp = (float) Math.min(1, Math.max(0, (i - low) / (high - low)));
        frequencies[i] = interpolated * ramp + frequencies[i] * (1 - ramp);
      }
      return frequencies;
    }

    /** The dimension that makes {@code turns} full turns within the original context. */
    private double dimensionOf(double turns, int headSize, double theta) {
      return headSize * Math.log(originalPositions / (turns * 2 * Math.PI)) / (2 * Math.log(theta));
    }

    @Override
    public String type() {
      return "yarn";
    }
  }
}
