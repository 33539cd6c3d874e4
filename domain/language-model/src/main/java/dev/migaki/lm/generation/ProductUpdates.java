package dev.migaki.lm.generation;

import dev.migaki.lm.model.ModelConfig;
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

    /** Columns of its input. */
    long inputs(ModelConfig config) {
      return switch (this) {
        case QUERY_KEY_VALUE, GATE_UP -> config.hiddenSize();
        case OUTPUT -> (long) config.heads() * config.headSize();
        case DOWN -> config.intermediateSize();
      };
    }

    /**
     * Into how many pieces of equal width its output is cut, so that each belongs to one module:
     * the queries are a multiple of the keys.
     */
    int pieces(ModelConfig config) {
      return switch (this) {
        case QUERY_KEY_VALUE -> config.heads() / config.keyValueHeads() + 2;
        case GATE_UP -> 2;
        case OUTPUT, DOWN -> 1;
      };
    }

    /** Columns of one piece. */
    long pieceWidth(ModelConfig config) {
      return switch (this) {
        case QUERY_KEY_VALUE -> (long) config.keyValueHeads() * config.headSize();
        case GATE_UP -> config.intermediateSize();
        case OUTPUT, DOWN -> config.hiddenSize();
      };
    }
  }

  /**
   * Adds the update of one product.
   *
   * @param output {@code [N, out]}, changed in place
   * @param input {@code [N, in]} of the product
   */
  void addInPlace(int layer, Product product, Tensor output, Tensor input);
}
