package dev.migaki.lm.training;

import static org.bytedeco.pytorch.global.torch.ScalarType;

import dev.migaki.lm.model.Attention;
import dev.migaki.lm.model.LlamaForward;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.model.RotaryPositions;
import java.util.ArrayList;
import java.util.List;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.AutoGradMode;
import org.bytedeco.pytorch.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Trains all parameters on packed rows: next-token loss, AdamW, gradients in mixed precision.
 *
 * <p>The caller owns time, progress and files; this class owns the arithmetic and which rows come
 * next. State that survives a restart: parameters, moments, {@link #step()}.
 */
public final class Pretrainer implements AutoCloseable {

  /**
   * @param context tokens per row
   * @param rowsPerStep rows per optimizer step
   * @param rowsPerPass rows per forward pass; smaller saves memory and may be faster
   * @param contextWeight loss weight of tokens marked {@link TokenRows#CONTEXT}
   * @param clipNorm largest gradient norm
   * @param optimizer AdamW settings
   * @param precision element type of matrix products
   * @param seed decides the order of the data
   */
  public record Settings(
      int context,
      int rowsPerStep,
      int rowsPerPass,
      float contextWeight,
      double clipNorm,
      AdamW.Settings optimizer,
      Precision precision,
      long seed) {}

  /** Loss and gradient norm of one step. */
  public record StepResult(TokenLoss.Outcome outcome, double gradientNorm, long tokens) {}

  private final Settings settings;
  private final ParameterBlock parameters;
  private final LlamaWeights leaves;
  private final AdamW optimizer;
  private final List<int[]> documents;
  private final RotaryPositions positions;
  private final Attention attention;
  private final LlamaForward forward;
  private final TokenLoss loss;
  private @Nullable TokenRows epochRows;
  private int epoch = -1;
  private long firstRowOfEpoch;
  private long nextRow;
  private long step;

  public Pretrainer(
      ModelConfig config, Settings settings, ParameterBlock parameters, List<int[]> documents) {
    this.settings = settings;
    this.parameters = parameters;
    this.documents = documents;
    this.leaves = LlamaWeights.leaves(config, parameters);
    this.optimizer = new AdamW(parameters, settings.optimizer());
    ScalarType type = settings.precision().type();
    this.positions =
        RotaryPositions.table(config, settings.context(), settings.precision().parameterType())
            .as(type);
    this.attention =
        Attention.fusedIsFaster(type)
            ? Attention.fusedCausal()
            : Attention.batchedCausal(
                settings.context(), config.heads() / config.keyValueHeads(), type);
    this.forward = new LlamaForward(config, type);
    this.loss = new TokenLoss(type);
  }

  /** Steps done. */
  public long step() {
    return step;
  }

  /** The optimizer, for checkpoints. */
  public AdamW optimizer() {
    return optimizer;
  }

  /** Rows of the current epoch, 0 before the first step. */
  public int epochSize() {
    return epochRows == null ? 0 : epochRows.size();
  }

  /** Passes over the data so far. */
  public double epochs() {
    return epochRows == null ? 0 : epoch + (double) (nextRow - firstRowOfEpoch) / epochRows.size();
  }

  /**
   * Continues after {@code step} steps; parameters and moments have been restored by the caller.
   */
  public void resumeInPlace(long step) {
    this.step = step;
    optimizer.resumeInPlace(step);
    nextRow = step * settings.rowsPerStep();
  }

  /** One optimizer step. */
  public StepResult stepInPlace(double learningRate) {
    List<TokenBatch> batches = new ArrayList<>();
    double weight = 0;
    for (int done = 0; done < settings.rowsPerStep(); done += settings.rowsPerPass()) {
      List<int[]> rows = new ArrayList<>();
      for (int i = done; i < Math.min(settings.rowsPerStep(), done + settings.rowsPerPass()); i++) {
        rows.add(nextRow());
      }
      TokenBatch batch = TokenBatch.ofRows(rows, settings.contextWeight());
      batches.add(batch);
      weight += batch.weight();
    }
    TokenLoss.Outcome total = new TokenLoss.Outcome(0, 0, 0, 0);
    for (TokenBatch batch : batches) {
      total = total.plus(backward(batch, weight));
    }
    double norm = optimizer.stepInPlace(learningRate, settings.clipNorm());
    step++;
    return new StepResult(total, norm, (long) settings.rowsPerStep() * settings.context());
  }

  private int[] nextRow() {
    TokenRows rows = epochRows;
    while (rows == null || nextRow - firstRowOfEpoch >= rows.size()) {
      if (rows != null) {
        firstRowOfEpoch += rows.size();
      }
      epoch++;
      rows = TokenRows.pack(documents, settings.context(), settings.seed() * 1_000_003L + epoch);
      epochRows = rows;
    }
    return rows.row((int) (nextRow++ - firstRowOfEpoch));
  }

  private TokenLoss.Outcome backward(TokenBatch batch, double normalizer) {
    try (PointerScope scope = new PointerScope()) {
      LlamaWeights weights = leaves.withMatricesAs(settings.precision().type());
      Tensor hidden =
          forward.hidden(
              weights,
              null,
              batch.inputTensor(),
              batch.batch(),
              batch.length(),
              positions,
              attention);
      return loss.backwardInPlace(
          hidden,
          leaves.head(),
          batch.targetTensor(),
          batch.weightTensor(settings.precision().parameterType()),
          normalizer,
          leaves.head().mutable_grad());
    }
  }

  /** Mean loss of held-out documents, packed like training data. */
  public TokenLoss.Outcome evaluate(List<int[]> heldOut) {
    TokenRows rows = TokenRows.pack(heldOut, settings.context(), 0);
    TokenLoss.Outcome total = new TokenLoss.Outcome(0, 0, 0, 0);
    for (int start = 0; start < rows.size(); start += settings.rowsPerPass()) {
      List<int[]> part = new ArrayList<>();
      for (int i = start; i < Math.min(rows.size(), start + settings.rowsPerPass()); i++) {
        part.add(rows.row(i));
      }
      TokenBatch batch = TokenBatch.ofRows(part, 1f);
      try (AutoGradMode guard = new AutoGradMode(false);
          PointerScope scope = new PointerScope()) {
        LlamaWeights weights = leaves.withMatricesAs(settings.precision().type());
        Tensor hidden =
            forward.hidden(
                weights,
                null,
                batch.inputTensor(),
                batch.batch(),
                batch.length(),
                positions,
                attention);
        total =
            total.plus(
                loss.measure(
                    hidden,
                    leaves.head(),
                    batch.targetTensor(),
                    batch.weightTensor(settings.precision().parameterType())));
      }
    }
    return total;
  }

  @Override
  public void close() {
    optimizer.close();
    parameters.close();
  }
}
