package dev.migaki.lm;

import org.bytedeco.pytorch.Tensor;

/** Breaks on purpose: its tensor stays in main memory. */
public final class TensorMaker {
  private TensorMaker() {}

  public static Tensor token(long id) {
    return Tensor.create(new long[] {id}, 1);
  }
}
