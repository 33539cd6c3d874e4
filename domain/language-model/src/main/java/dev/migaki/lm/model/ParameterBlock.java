package dev.migaki.lm.model;

import static org.bytedeco.pytorch.global.torch.mm;

import dev.migaki.lm.checkpoint.StoredTensor;
import dev.migaki.lm.device.DeviceTensors;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * Named parameters laid out one after the other in one flat tensor, and their gradients in a
 * second.
 *
 * <p>One buffer makes clipping, the optimizer and checkpoints a few operations on contiguous
 * memory, and lets adjacent matrices (query, key, value) be used as one larger matrix without
 * copying. Matrices come first, vectors (norms) last, so that weight decay is a prefix.
 */
public final class ParameterBlock implements AutoCloseable {

  /**
   * One parameter.
   *
   * @param name its Hugging Face name
   * @param shape its dimensions
   * @param offset its first element in the block
   */
  public record Slice(String name, long[] shape, long offset) {

    /** Number of elements. */
    public long size() {
      long size = 1;
      for (long dimension : shape) {
        size *= dimension;
      }
      return size;
    }
  }

  private final Map<String, Slice> slices = new LinkedHashMap<>();
  private final List<Tensor> views = new ArrayList<>();
  private final long size;
  private final long matrixSize;
  private final Tensor values;
  private @Nullable Tensor gradients;
  private final ScalarType type;
  private final boolean replica;

  /**
   * Allocates zeros.
   *
   * @param shapes dimensions by name, in the order of the layout; all matrices before all vectors
   * @param type Float; Double for gradient checks; BFloat16 for models that only answer
   */
  public ParameterBlock(Map<String, long[]> shapes, ScalarType type) {
    this.type = type;
    this.replica = false;
    long offset = 0;
    long matrices = 0;
    for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
      Slice slice = new Slice(entry.getKey(), entry.getValue().clone(), offset);
      slices.put(entry.getKey(), slice);
      if (slice.shape().length > 1) {
        if (matrices != offset) {
          throw new IllegalArgumentException("matrix " + slice.name() + " after a vector");
        }
        matrices = offset + slice.size();
      }
      offset += slice.size();
    }
    this.size = offset;
    this.matrixSize = matrices;
    this.values = DeviceTensors.zerosOf(type, offset);
  }

  private ParameterBlock(ParameterBlock shared) {
    this.type = shared.type;
    this.slices.putAll(shared.slices);
    this.size = shared.size;
    this.matrixSize = shared.matrixSize;
    this.values = shared.values;
    this.replica = true;
  }

  /**
   * A block that shares these values but has gradients of its own, so that two threads can
   * back-propagate at once. Close it before this one.
   */
  public ParameterBlock replica() {
    return new ParameterBlock(this);
  }

  /** The parameters in the order of the layout. */
  public Map<String, Slice> slices() {
    return Collections.unmodifiableMap(slices);
  }

  /** All values, flat. Shared, not a copy. */
  public Tensor values() {
    return values;
  }

  /**
   * All gradients, flat. Shared, not a copy. Allocated when first asked for: frozen blocks have
   * none.
   */
  public Tensor gradients() {
    Tensor known = gradients;
    if (known == null) {
      known = DeviceTensors.zerosOf(type, size);
      gradients = known;
    }
    return known;
  }

  /** Number of elements. */
  public long size() {
    return size;
  }

  /** Number of leading elements that belong to matrices; weight decay applies to these. */
  public long matrixSize() {
    return matrixSize;
  }

  /**
   * A trainable view of adjacent parameters stacked by rows. Its gradient accumulates into {@link
   * #gradients()}.
   *
   * @param names adjacent in the layout, with equal trailing dimensions
   */
  public Tensor leaf(String... names) {
    Slice range = range(names);
    Tensor view = view(names);
    view.set_requires_grad(true);
    view.mutable_grad()
        .put(gradients().narrow(0, range.offset(), range.size()).view(range.shape()));
    return view;
  }

  /**
   * A frozen view of adjacent parameters stacked by rows.
   *
   * @param names adjacent in the layout, with equal trailing dimensions
   */
  public Tensor view(String... names) {
    Slice range = range(names);
    Tensor view = values.narrow(0, range.offset(), range.size()).view(range.shape()).detach();
    views.add(view);
    return view;
  }

  private Slice range(String... names) {
    Slice first = slice(names[0]);
    long[] shape = first.shape().clone();
    long end = first.offset() + first.size();
    for (int i = 1; i < names.length; i++) {
      Slice next = slice(names[i]);
      if (next.offset() != end) {
        throw new IllegalArgumentException(names[i] + " does not follow " + names[i - 1]);
      }
      shape[0] += next.shape()[0];
      end += next.size();
    }
    return new Slice(names[0], shape, first.offset());
  }

  private Slice slice(String name) {
    Slice slice = slices.get(name);
    if (slice == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return slice;
  }

  /** Copies one parameter out, row-major. For parameters of at most 2^31 - 1 values. */
  public float[] get(String name) {
    float[] target = new float[Math.toIntExact(slice(name).size())];
    copyOut(name, 0, target);
    return target;
  }

  /** Copies values of one parameter out, from its {@code from}-th value on, row-major. */
  public void copyOut(String name, long from, float[] target) {
    copyOut(values, slice(name).offset() + from, target);
  }

  /** Copies one parameter in, row-major. */
  public void setInPlace(String name, float[] source) {
    Slice slice = slice(name);
    if (slice.size() != source.length) {
      throw new IllegalArgumentException(
          name + " holds " + slice.size() + " values, got " + source.length);
    }
    if (source.length == 0) {
      return;
    }
    try (PointerScope scope = new PointerScope()) {
      copyInPlace(slice, DeviceTensors.of(source, source.length));
    }
  }

  /** Reads one parameter from a file, without a copy in the Java heap. */
  public void setInPlace(String name, StoredTensor source) {
    Slice slice = slice(name);
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      StoredTensors.readInPlace(values.narrow(0, slice.offset(), slice.size()), source);
    }
  }

  /** Adds {@code scale·up·down} to a matrix. */
  public void addProductInPlace(String name, StoredTensor up, StoredTensor down, double scale) {
    Slice slice = slice(name);
    try (AutoGradMode guard = new AutoGradMode(false);
        PointerScope scope = new PointerScope()) {
      values
          .narrow(0, slice.offset(), slice.size())
          .view(slice.shape())
          .add_(mm(placed(up), placed(down)), new Scalar(scale));
    }
  }

  private Tensor placed(StoredTensor stored) {
    return DeviceTensors.placed(StoredTensors.host(stored).to(type));
  }

  private void copyInPlace(Slice slice, Tensor source) {
    try (AutoGradMode guard = new AutoGradMode(false)) {
      values.narrow(0, slice.offset(), slice.size()).copy_(source.view(slice.size()));
    }
  }

  /** Copies elements of a flat floating-point tensor from {@code offset} into {@code target}. */
  static void copyOut(Tensor flat, long offset, float[] target) {
    try (PointerScope scope = new PointerScope();
        AutoGradMode guard = new AutoGradMode(false)) {
      DeviceTensors.read(flat.view(-1).narrow(0, offset, target.length), target);
    }
  }

  @Override
  public void close() {
    views.forEach(Tensor::close);
    if (!replica) {
      values.close();
    }
    if (gradients != null) {
      gradients.close();
    }
  }
}
