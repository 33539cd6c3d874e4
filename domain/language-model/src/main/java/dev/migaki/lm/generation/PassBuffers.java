package dev.migaki.lm.generation;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/**
 * What a forward pass over {@code N} tokens writes to, allocated once and used by every layer: an
 * operation into existing memory costs half of one that allocates, and for a small model that is
 * most of a token's time.
 *
 * <p>{@code D} width, {@code H/K} query and key heads, {@code d} head size, {@code F} feed-forward
 * width.
 */
final class PassBuffers implements AutoCloseable {

  private final List<Tensor> owned = new ArrayList<>();

  /** Residual stream, {@code [N, D]}. */
  final Tensor stream;

  /** The stream, normalised, {@code [N, D]}. */
  final Tensor normed;

  /** Root of the stream's sum of squares, {@code [N, 1]}. */
  final Tensor norm;

  /** Queries, keys and values, {@code [N, (H+2K)·d]}. */
  final Tensor queryKeyValue;

  /** View of the queries, {@code [N, H, d]}. */
  final Tensor queries;

  /** View of the keys, {@code [N, K, d]}. */
  final Tensor keys;

  /** View of queries and keys, {@code [N, H+K, d]}. */
  final Tensor rotating;

  /** View of the values, {@code [N, K·d]}. */
  final Tensor values;

  /** Views of the halves of each rotating head, {@code [N, H+K, d/2]}. */
  final Tensor firstHalf;

  final Tensor secondHalf;

  /** Queries and keys with the halves of each head exchanged, {@code [N, H+K, d]}. */
  final Tensor exchanged;

  /** Views of the halves of the exchanged heads. */
  final Tensor exchangedFirstHalf;

  final Tensor exchangedSecondHalf;

  /** Gate and up, {@code [N, 2F]}. */
  final Tensor gateUp;

  /** View of the gate, {@code [N, F]}. */
  final Tensor gate;

  /** View of up, {@code [N, F]}. */
  final Tensor up;

  /** What the feed-forward layer's last product reads, {@code [N, F]}. */
  final Tensor activated;

  /** What a block adds to the stream, {@code [N, D]}. */
  final Tensor added;

  /** Cosines of the tokens' positions, {@code [N, d]}. */
  final Tensor cosine;

  /** View of the cosines, {@code [N, 1, d]}. */
  final Tensor cosinePerHead;

  /** Signed sines of the tokens' positions, {@code [N, d]}. */
  final Tensor sine;

  /** View of the sines, {@code [N, 1, d]}. */
  final Tensor sinePerHead;

  PassBuffers(ModelConfig config, int tokens) {
    long size = config.headSize();
    long queryWidth = config.heads() * size;
    long keyWidth = config.keyValueHeads() * size;
    long feedForward = config.intermediateSize();
    stream = allocate(tokens, config.hiddenSize());
    normed = allocate(tokens, config.hiddenSize());
    norm = allocate(tokens, 1);
    queryKeyValue = allocate(tokens, queryWidth + 2 * keyWidth);
    rotating =
        own(
            queryKeyValue
                .narrow(1, 0, queryWidth + keyWidth)
                .view(tokens, (long) config.heads() + config.keyValueHeads(), size));
    queries = own(rotating.narrow(1, 0, config.heads()));
    keys = own(rotating.narrow(1, config.heads(), config.keyValueHeads()));
    values = own(queryKeyValue.narrow(1, queryWidth + keyWidth, keyWidth));
    firstHalf = own(rotating.narrow(2, 0, size / 2));
    secondHalf = own(rotating.narrow(2, size / 2, size / 2));
    exchanged = allocate(tokens, (long) config.heads() + config.keyValueHeads(), size);
    exchangedFirstHalf = own(exchanged.narrow(2, 0, size / 2));
    exchangedSecondHalf = own(exchanged.narrow(2, size / 2, size / 2));
    gateUp = allocate(tokens, 2 * feedForward);
    gate = own(gateUp.narrow(1, 0, feedForward));
    up = own(gateUp.narrow(1, feedForward, feedForward));
    activated = allocate(tokens, feedForward);
    added = allocate(tokens, config.hiddenSize());
    cosine = allocate(tokens, size);
    cosinePerHead = own(cosine.view(tokens, 1, size));
    sine = allocate(tokens, size);
    sinePerHead = own(sine.view(tokens, 1, size));
  }

  private Tensor allocate(long... shape) {
    return own(DeviceTensors.empty(shape));
  }

  /** Tensors made here outlive the scope they are made in. */
  private Tensor own(Tensor tensor) {
    tensor.retainReference();
    owned.add(tensor);
    return tensor;
  }

  @Override
  public void close() {
    owned.forEach(Tensor::close);
  }
}
