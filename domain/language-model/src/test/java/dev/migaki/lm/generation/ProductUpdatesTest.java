package dev.migaki.lm.generation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.migaki.lm.generation.ProductUpdates.Piece;
import dev.migaki.lm.generation.ProductUpdates.Product;
import dev.migaki.lm.model.ModelConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProductUpdatesTest {

  private static ModelConfig config(int hidden, int intermediate, int heads, int keyValueHeads) {
    return new ModelConfig(
        320, hidden, intermediate, 2, heads, keyValueHeads, 64, 1e-5, 10_000, 96, true);
  }

  @Test
  void shouldCutOutputsIntoPiecesOfOneModuleEach() {
    // SmolLM2-135M
    ModelConfig config = config(576, 1536, 9, 3);

    assertThat(Product.QUERY_KEY_VALUE.pieceWidth(config)).isEqualTo(192);
    assertThat(Product.QUERY_KEY_VALUE.pieces(config))
        .containsExactly(
            new Piece(0, 0), new Piece(0, 1), new Piece(0, 2), new Piece(1, 0), new Piece(2, 0));
    assertThat(Product.GATE_UP.pieceWidth(config)).isEqualTo(384);
    assertThat(Product.GATE_UP.pieces(config).stream().map(Piece::module))
        .containsExactly(0, 0, 0, 0, 1, 1, 1, 1);
    assertThat(Product.DOWN.pieceWidth(config)).isEqualTo(288);
    assertThat(Product.DOWN.pieces(config)).containsExactly(new Piece(0, 0), new Piece(0, 1));
  }

  @Test
  void shouldKeepAWidthThatHasNoUsefulDivisor() {
    ModelConfig config = config(64, 1009, 4, 2);

    assertThat(Product.GATE_UP.pieceWidth(config)).isEqualTo(1009);
    assertThat(Product.GATE_UP.pieces(config)).isEqualTo(List.of(new Piece(0, 0), new Piece(1, 0)));
    assertThat(Product.OUTPUT.pieceWidth(config)).isEqualTo(64);
  }
}
