package dev.migaki.lm.training;

import dev.migaki.lm.device.DeviceTensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Input of one forward pass.
 *
 * @param batch rows {@code B}
 * @param length tokens per row {@code T}
 * @param inputs {@code B·T} ids
 * @param targets {@code B·T} ids of the next tokens, 0 where not counted
 * @param weights {@code B·T} weights of the targets, 0 where not counted
 */
public record TokenBatch(int batch, int length, long[] inputs, long[] targets, float[] weights) {

  /** Rows of packed documents. */
  static TokenBatch ofRows(List<int[]> rows, float contextWeight) {
    int length = rows.get(0).length - 1;
    long[] inputs = new long[rows.size() * length];
    long[] targets = new long[inputs.length];
    float[] weights = new float[inputs.length];
    for (int r = 0; r < rows.size(); r++) {
      int[] row = rows.get(r);
      for (int i = 0; i < length; i++) {
        int at = r * length + i;
        inputs[at] = row[i] < 0 ? 0 : row[i] & ~TokenRows.CONTEXT;
        int target = row[i + 1];
        if (target != TokenRows.PADDING) {
          targets[at] = target & ~TokenRows.CONTEXT;
          weights[at] = (target & TokenRows.CONTEXT) != 0 ? contextWeight : 1f;
        }
      }
    }
    return new TokenBatch(rows.size(), length, inputs, targets, weights);
  }

  /** Sum of the weights. */
  public double weight() {
    double sum = 0;
    for (float weight : weights) {
      sum += weight;
    }
    return sum;
  }

  /** Indices with a positive weight. */
  long[] supervised() {
    return java.util.stream.IntStream.range(0, weights.length)
        .filter(i -> weights[i] > 0)
        .asLongStream()
        .toArray();
  }

  Tensor inputTensor() {
    return DeviceTensors.of(inputs, inputs.length);
  }

  Tensor targetTensor() {
    return DeviceTensors.of(targets, targets.length);
  }

  Tensor weightTensor(ScalarType type) {
    return DeviceTensors.of(weights, weights.length).to(type);
  }
}
