package dev.migaki.lm.generation;

import dev.migaki.lm.model.ModelConfig;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** What adapters add to the matrix products of a forward pass. */
interface ProductUpdates {

  /** The base model alone. */
  ProductUpdates NONE = (layer, product, output, input) -> {};

  /** The products of a block. */
  enum Product {
    QUERY_KEY_VALUE,
    OUTPUT,
    GATE_UP,
    DOWN;

    private static final long NARROWEST_PIECE = 96;
    private static final long WIDEST_PIECE = 384;

    /** Columns of its input. */
    long inputs(ModelConfig config) {
      return switch (this) {
        case QUERY_KEY_VALUE, GATE_UP -> config.hiddenSize();
        case OUTPUT -> (long) config.heads() * config.headSize();
        case DOWN -> config.intermediateSize();
      };
    }

    /** Columns of the output of each of its modules, which lie side by side. */
    private long[] widths(ModelConfig config) {
      long keys = (long) config.keyValueHeads() * config.headSize();
      return switch (this) {
        case QUERY_KEY_VALUE -> new long[] {(long) config.heads() * config.headSize(), keys, keys};
        case GATE_UP -> new long[] {config.intermediateSize(), config.intermediateSize()};
        case OUTPUT, DOWN -> new long[] {config.hiddenSize()};
      };
    }

    /** Number of modules whose outputs lie side by side. */
    int modules(ModelConfig config) {
      return widths(config).length;
    }

    /**
     * Columns of one piece of the output. All pieces are equally wide and each belongs to one
     * module; at most {@value #WIDEST_PIECE} where the modules' widths can be divided so, because
     * sums of longer rows are read in several strides, which the memory answers more slowly.
     */
    long pieceWidth(ModelConfig config) {
      long[] widths = widths(config);
      long width = widths[widths.length - 1]; // the queries' is a multiple of the keys'
      for (long parts = 1; width / parts >= NARROWEST_PIECE; parts++) {
        if (width % parts == 0 && width / parts <= WIDEST_PIECE) {
          return width / parts;
        }
      }
      return width;
    }

    /** The pieces of the output, from its first column to its last. */
    List<Piece> pieces(ModelConfig config) {
      List<Piece> pieces = new ArrayList<>();
      long[] widths = widths(config);
      for (int module = 0; module < widths.length; module++) {
        for (int i = 0; i < widths[module] / pieceWidth(config); i++) {
          pieces.add(new Piece(module, i));
        }
      }
      return pieces;
    }
  }

  /**
   * Columns of a product's output that belong to one module.
   *
   * @param module the module's number within the product
   * @param index number of the piece within the module
   */
  record Piece(int module, int index) {}

  /**
   * Adds the update of one product.
   *
   * @param output {@code [N, out]}, changed in place
   * @param input {@code [N, in]} of the product
   */
  void addInPlace(int layer, Product product, Tensor output, Tensor input);
}
