package dev.migaki.lm.generation;

import static org.bytedeco.pytorch.global.torch.embedding_bag;
import static org.bytedeco.pytorch.global.torch.mm;
import static org.bytedeco.pytorch.global.torch.mul_out;

import dev.migaki.lm.device.DeviceTensors;
import dev.migaki.lm.generation.ProductUpdates.Piece;
import dev.migaki.lm.generation.ProductUpdates.Product;
import dev.migaki.lm.model.AdapterUpdates;
import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * The matrices of all adapters in memory, side by side in one table per product, so that a batch
 * whose rows use different adapters takes two table look-ups per product instead of two products
 * per adapter.
 *
 * <p>{@code N} places of adapters, {@code R} the largest rank, {@code M} modules of a product,
 * {@code P} pieces of its output and {@code g} their width (see {@link Product}). The table of A is
 * {@code [N·in, M·R]}, that of B, with the scale in it, {@code [N·P·R, g]}: a row's low-rank states
 * are the sum of its {@code in} inputs times the {@code in} rows of its adapter, its update the sum
 * of the {@code R} states of a piece's module times the {@code R} rows of the piece. Place 0 holds
 * zeros, for rows of the base model alone.
 *
 * <p>What a step costs is reading the tables of all its adapters, so they hold halves, multiplied
 * by powers of two (see {@link HalfScaling}); sums are in full precision. Not thread-safe.
 */
final class AdapterRack implements AutoCloseable {

  private static final List<List<String>> MODULES =
      List.of(
          List.of("self_attn.q_proj", "self_attn.k_proj", "self_attn.v_proj"),
          List.of("self_attn.o_proj"),
          List.of("mlp.gate_proj", "mlp.up_proj"),
          List.of("mlp.down_proj"));

  private static final ScalarType ELEMENT = ScalarType.Half;

  private record Tables(Tensor down, Tensor up) {}

  private final ModelConfig config;
  private final List<@Nullable LoadedAdapter> places = new ArrayList<>();
  private final Tensor inputScale =
      kept(DeviceTensors.of((float) Math.scalb(1.0, HalfScaling.INPUT)));
  private List<Map<Product, Tables>> layers = List.of();
  private int capacity;
  private int rank;

  AdapterRack(ModelConfig config) {
    this.config = config;
    places.add(null);
  }

  /** Number of adapters that have a place. */
  int size() {
    return (int) places.stream().filter(place -> place != null).count();
  }

  /** The adapter's place, which is made when it has none; 0 for no adapter. */
  int place(@Nullable LoadedAdapter adapter) {
    if (adapter == null) {
      return 0;
    }
    int known = places.indexOf(adapter);
    if (known > 0) {
      return known;
    }
    int free = places.subList(1, places.size()).indexOf(null) + 1;
    if (free == 0) {
      places.add(adapter);
      free = places.size() - 1;
    } else {
      places.set(free, adapter);
    }
    reserve(places.size(), adapter.updates().rank());
    fill(free, adapter.updates());
    return free;
  }

  /** Gives up the places of adapters that nothing uses any more. */
  List<LoadedAdapter> removeAbandoned() {
    List<LoadedAdapter> removed = new ArrayList<>();
    for (int i = 1; i < places.size(); i++) {
      LoadedAdapter adapter = places.get(i);
      if (adapter != null && adapter.isAbandoned()) {
        places.set(i, null);
        removed.add(adapter);
      }
    }
    if (size() == 0 && capacity > 0) {
      releaseTables();
      places.clear();
      places.add(null);
    }
    return removed;
  }

  private void reserve(int wantedPlaces, int wantedRank) {
    if (wantedPlaces <= capacity && wantedRank <= rank) {
      return;
    }
    int newCapacity = Math.max(capacity, Math.max(2, Integer.highestOneBit(wantedPlaces - 1) * 2));
    int newRank = Math.max(rank, wantedRank);
    List<Map<Product, Tables>> larger = new ArrayList<>();
    for (int layer = 0; layer < config.layers(); layer++) {
      Map<Product, Tables> tables = new EnumMap<>(Product.class);
      for (Product product : Product.values()) {
        tables.put(
            product,
            new Tables(
                kept(DeviceTensors.zerosOf(ELEMENT, downShape(product, newCapacity, newRank))),
                kept(DeviceTensors.zerosOf(ELEMENT, upShape(product, newCapacity, newRank)))));
        if (capacity > 0) {
          copy(layers.get(layer).get(product), tables.get(product), product);
        }
      }
      larger.add(tables);
    }
    releaseTables();
    layers = larger;
    capacity = newCapacity;
    rank = newRank;
  }

  private void copy(@Nullable Tables from, @Nullable Tables to, Product product) {
    if (from == null || to == null) {
      throw new IllegalStateException("no tables of " + product);
    }
    try (PointerScope scope = new PointerScope()) {
      to.down().narrow(0, 0, capacity).narrow(3, 0, rank).copy_(from.down());
      to.up().narrow(0, 0, capacity).narrow(2, 0, rank).copy_(from.up());
    }
  }

  private long[] downShape(Product product, long places, long ranks) {
    return new long[] {places, product.inputs(config), product.modules(config), ranks};
  }

  private long[] upShape(Product product, long places, long ranks) {
    return new long[] {places, product.pieces(config).size(), ranks, product.pieceWidth(config)};
  }

  private static Tensor kept(Tensor tensor) {
    tensor.retainReference();
    return tensor;
  }

  private void fill(int place, AdapterUpdates updates) {
    for (int layer = 0; layer < config.layers(); layer++) {
      for (Product product : Product.values()) {
        Tables tables = tables(layer, product);
        try (PointerScope scope = new PointerScope()) {
          Tensor down = tables.down().select(0, place).zero_();
          Tensor up = tables.up().select(0, place).zero_();
          List<String> modules = MODULES.get(product.ordinal());
          for (int module = 0; module < modules.size(); module++) {
            int index = module;
            updates
                .of(layer, modules.get(module))
                .ifPresent(update -> fillModule(product, index, down, up, update));
          }
        }
      }
    }
  }

  private void fillModule(
      Product product, int module, Tensor down, Tensor up, AdapterUpdates.Update update) {
    HalfScaling scaling = HalfScaling.of(MODULES.get(product.ordinal()).get(module), update);
    int ranks = update.rank();
    Tensor a = DeviceTensors.of(update.down(), ranks, product.inputs(config));
    down.select(1, module)
        .narrow(1, 0, ranks)
        .copy_(a.t().mul(new Scalar(Math.scalb(1.0, scaling.down()))));
    Tensor b =
        DeviceTensors.of(update.up(), update.up().length / ranks, ranks)
            .t()
            .mul(new Scalar(Math.scalb(update.scale(), scaling.up())));
    long width = product.pieceWidth(config);
    List<Piece> pieces = product.pieces(config);
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).module() == module) {
        up.select(0, i)
            .narrow(0, 0, ranks)
            .copy_(b.narrow(1, pieces.get(i).index() * width, width));
      }
    }
  }

  private Tables tables(int layer, Product product) {
    Tables tables = layers.get(layer).get(product);
    if (tables == null) {
      throw new IllegalStateException("no tables of " + product);
    }
    return tables;
  }

  /** What one adapter adds to any number of tokens, as products: for prompts. */
  ProductUpdates ofOne(int place) {
    if (place == 0) {
      return ProductUpdates.NONE;
    }
    return (layer, product, output, input) -> {
      Tables tables = tables(layer, product);
      List<Piece> pieces = product.pieces(config);
      long width = product.pieceWidth(config);
      Tensor down = tables.down().select(0, place).flatten(1, 2).to(ScalarType.Float);
      Tensor up = tables.up().select(0, place).to(ScalarType.Float);
      Tensor states = mm(input.mul(inputScale), down);
      for (int i = 0; i < pieces.size(); i++) {
        output
            .narrow(1, i * width, width)
            .addmm_(states.narrow(1, (long) pieces.get(i).module() * rank, rank), up.select(0, i));
      }
    };
  }

  /** What the adapters of a batch's rows add. */
  BatchUpdates ofBatch(int[] rowPlaces) {
    return new BatchUpdates(rowPlaces);
  }

  /** The indices of a batch's look-ups, made once for a composition of the batch. */
  final class BatchUpdates implements ProductUpdates, AutoCloseable {

    private record Indices(
        Tensor input,
        Tensor down,
        Tensor downBags,
        Tensor up,
        Tensor upBags,
        @Nullable Tensor modules) {}

    private final int batch;
    private final Map<Product, Indices> indices = new EnumMap<>(Product.class);

    private BatchUpdates(int[] rowPlaces) {
      this.batch = rowPlaces.length;
      for (Product product : Product.values()) {
        List<Piece> pieces = product.pieces(config);
        indices.put(
            product,
            new Indices(
                kept(DeviceTensors.zerosOf(ELEMENT, batch, product.inputs(config))),
                rows(rowPlaces, product.inputs(config)),
                bags(batch, product.inputs(config)),
                rows(rowPlaces, (long) pieces.size() * rank),
                bags(batch * pieces.size(), rank),
                pieces.size() == product.modules(config) ? null : modules(pieces)));
      }
    }

    private static Tensor rows(int[] rowPlaces, long perPlace) {
      long[] rows = new long[Math.toIntExact(rowPlaces.length * perPlace)];
      for (int i = 0; i < rows.length; i++) {
        rows[i] = rowPlaces[(int) (i / perPlace)] * perPlace + i % perPlace;
      }
      return kept(DeviceTensors.of(rows, rows.length));
    }

    private static Tensor modules(List<Piece> pieces) {
      return kept(
          DeviceTensors.of(pieces.stream().mapToLong(Piece::module).toArray(), pieces.size()));
    }

    private static Tensor bags(int count, long size) {
      long[] offsets = new long[count];
      for (int i = 0; i < count; i++) {
        offsets[i] = i * size;
      }
      return kept(DeviceTensors.of(offsets, count));
    }

    @Override
    public void addInPlace(int layer, Product product, Tensor output, Tensor input) {
      Tables tables = tables(layer, product);
      Indices used = indices.get(product);
      if (used == null) {
        throw new IllegalStateException("no indices of " + product);
      }
      long modules = product.modules(config);
      Tensor states =
          sums(
              tables.down().view(capacity * product.inputs(config), modules * rank),
              used.down(),
              used.downBags(),
              mul_out(used.input(), input, inputScale).view(-1));
      if (used.modules() != null) {
        states = states.view(batch, modules, rank).index_select(1, used.modules());
      }
      Tensor update = sums(tables.up().flatten(0, 2), used.up(), used.upBags(), states.view(-1));
      output.add_(update.view_as(output));
    }

    private static Tensor sums(Tensor table, Tensor rows, Tensor bags, Tensor weights) {
      return embedding_bag(table, rows, bags, false, 0, false, new TensorOptional(weights), false)
          .get0();
    }

    @Override
    public void close() {
      for (Indices used : indices.values()) {
        used.input().close();
        used.down().close();
        used.downBags().close();
        used.up().close();
        used.upBags().close();
        if (used.modules() != null) {
          used.modules().close();
        }
      }
    }
  }

  private void releaseTables() {
    for (Map<Product, Tables> tables : layers) {
      for (Tables pair : tables.values()) {
        pair.down().close();
        pair.up().close();
      }
    }
    layers = List.of();
    capacity = 0;
    rank = 0;
  }

  @Override
  public void close() {
    releaseTables();
    inputScale.close();
  }
}
