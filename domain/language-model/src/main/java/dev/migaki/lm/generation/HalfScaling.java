package dev.migaki.lm.generation;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.model.AdapterUpdates;

/**
 * The powers of two that bring an update {@code scale·B·A·x} into the middle of the range of half
 * precision: it is computed as {@code (B·scale·2^up)·(A·2^down)·(x·2^input)}, whose exponents add
 * up to zero, so that nothing but the rounding to 11 bits is lost.
 *
 * <p>Inputs become 16 times smaller: some models' feed-forward states reach tens of thousands, and
 * halves end at 65,504. A and B take what is left so that their largest values have the same
 * exponent.
 *
 * @param down exponent for A
 * @param up exponent for B
 */
record HalfScaling(int down, int up) {

  /** Exponent for the inputs. */
  static final int INPUT = -4;

  /** Of a power of two well below the largest half. */
  private static final int LARGEST_EXPONENT = 14;

  /**
   * @param name of the update, for the message
   * @throws InvalidModelException when no exponents bring the values into the range, or when one of
   *     them is no finite number
   */
  static HalfScaling of(String name, AdapterUpdates.Update update) {
    double largestDown = largest(update.down());
    double largestUp = largest(update.up()) * Math.abs(update.scale());
    if (largestDown == 0 || largestUp == 0) {
      return new HalfScaling(0, -INPUT); // the update is zero
    }
    int exponent = Math.getExponent(largestDown) + Math.getExponent(largestUp) - INPUT;
    boolean finite = Double.isFinite(largestDown) && Double.isFinite(largestUp);
    if (!finite || exponent > 2 * LARGEST_EXPONENT) {
      throw new InvalidModelException(
          "The adapter cannot be used: the largest values of A and of scale·B for "
              + name
              + " are "
              + largestDown
              + " and "
              + largestUp
              + ". Its file is damaged or its training diverged; train it again with a smaller"
              + " learning rate.");
    }
    int down = Math.floorDiv(exponent, 2) - Math.getExponent(largestDown);
    return new HalfScaling(down, -INPUT - down);
  }

  private static double largest(float[] values) {
    double largest = 0;
    for (float value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    return largest;
  }
}
