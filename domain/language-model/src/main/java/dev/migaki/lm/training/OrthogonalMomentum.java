package dev.migaki.lm.training;

import static org.bytedeco.pytorch.global.torch.addmm;
import static org.bytedeco.pytorch.global.torch.mm;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The direction of the Muon optimizer (K. Jordan 2024; scale after arXiv:2502.16982): the momentum
 * with all its singular values brought to about one by five Newton-Schulz iterations.
 *
 * <p>All directions of a matrix are learned at the same pace, not only the few that dominate its
 * gradient, so a model needs fewer tokens.
 */
final class OrthogonalMomentum {

  private static final int ITERATIONS = 5;

  private OrthogonalMomentum() {}

  /**
   * @param matrix {@code [rows, columns]}
   * @return a matrix of the same shape whose typical element is 0.2, the size of an Adam update, so
   *     that both share one learning rate
   */
  static Tensor direction(Tensor matrix) {
    boolean tall = matrix.size(0) > matrix.size(1);
    // not in bfloat16: a processor without it takes more time here than in all the rest of a step
    Tensor x = (tall ? matrix.t() : matrix).to(ScalarType.Float);
    x = x.div(x.norm().add(new Scalar(1e-7)));
    for (int i = 0; i < ITERATIONS; i++) {
      Tensor gram = mm(x, x.t());
      Tensor polynomial = addmm(gram, gram, gram, new Scalar(-4.7750), new Scalar(2.0315));
      x = addmm(x, polynomial, x, new Scalar(3.4445), new Scalar(1.0));
    }
    double scale = 0.2 * Math.sqrt((double) Math.max(matrix.size(0), matrix.size(1)));
    return (tall ? x.t() : x).to(matrix.scalar_type()).mul_(new Scalar(scale));
  }
}
