package dev.migaki.lm.training;

import static java.util.Objects.requireNonNull;

import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.model.RotaryPositions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/** A model in training: base, adapter if any, optimizer, and the threads that share its steps. */
final class TunedModel implements AutoCloseable {

  private final ParameterBlock base;
  private final @Nullable LoraAdapter adapter;
  private final AdamW optimizer;
  private final Lanes threads;
  private final List<TrainingLane> lanes = new ArrayList<>();
  private final List<ParameterBlock> replicas = new ArrayList<>();
  private final int multiple;

  /**
   * @param base the model's parameters; owned from now on
   */
  TunedModel(ModelConfig config, FineTuner.Settings settings, ParameterBlock base) {
    this.base = base;
    Precision precision = settings.precision();
    // bfloat16 kernels like multiples of eight; in full precision padding is only a waste
    this.multiple = precision == Precision.BF16 ? 8 : 1;
    this.threads = new Lanes(ComputeDevice.current().lanes(settings.lanes()));
    ScalarType parameterType = precision.parameterType();
    RotaryPositions positions =
        RotaryPositions.table(
                config, BatchPlan.padded(config.maxPositions(), multiple), parameterType)
            .as(precision.type());
    LoraSettings lora = settings.lora();
    this.adapter =
        lora == null
            ? null
            : LoraAdapter.initialise(config, lora, base, settings.seed(), parameterType);
    addLanes(config, precision, positions);
    this.optimizer =
        new AdamW(
            trained(),
            settings.optimizer(),
            lanes.stream().skip(1).map(TrainingLane::trained).toList(),
            threads);
  }

  private void addLanes(ModelConfig config, Precision precision, RotaryPositions positions) {
    LoraAdapter first = adapter;
    if (first == null) {
      lanes.add(TrainingLane.full(config, precision, base, positions));
      for (int i = 1; i < threads.count(); i++) {
        ParameterBlock replica = base.replica();
        replicas.add(replica);
        lanes.add(TrainingLane.full(config, precision, replica, positions));
      }
      return;
    }
    // the frozen matrices are converted once, not in every step
    LlamaWeights frozen = LlamaWeights.frozen(config, base).withMatricesAs(precision.type());
    lanes.add(TrainingLane.lora(config, precision, first, frozen, positions));
    for (int i = 1; i < threads.count(); i++) {
      LoraAdapter replica = first.replica();
      replicas.add(replica.parameters());
      lanes.add(TrainingLane.lora(config, precision, replica, frozen, positions));
    }
  }

  ParameterBlock trained() {
    return adapter == null ? base : adapter.parameters();
  }

  Optional<LoraAdapter> adapter() {
    return Optional.ofNullable(adapter);
  }

  AdamW optimizer() {
    return optimizer;
  }

  /** Threads that share a step. */
  int lanes() {
    return lanes.size();
  }

  /** One thread's share. */
  TrainingLane lane(int number) {
    return lanes.get(number);
  }

  Lanes threads() {
    return threads;
  }

  /** What a lane makes of a share. */
  interface Work<E extends TrainingExample, O> {
    O on(TrainingLane lane, Share<E> share);
  }

  /**
   * Does every share on its lane, those of one lane one after the other.
   *
   * @return the outcomes in the order of the shares
   */
  <E extends TrainingExample, O> Stream<O> eachShare(List<Share<E>> shares, Work<E, O> work) {
    Map<Integer, O> outcomes = new ConcurrentHashMap<>();
    threads.run(
        lane -> {
          for (Share<E> share : shares) {
            if (share.lane() == lane) {
              outcomes.put(share.number(), work.on(lanes.get(lane), share));
            }
          }
        });
    return shares.stream().map(share -> requireNonNull(outcomes.get(share.number())));
  }

  /** Lengths of padded rows are multiples of it. */
  int multiple() {
    return multiple;
  }

  /**
   * Updates the parameters by the lanes' gradients.
   *
   * @return the gradient's norm before clipping
   * @throws TrainingDivergedException when it is no finite number
   */
  double updateInPlace(long step, double learningRate, double clipNorm) {
    double norm = optimizer.stepInPlace(learningRate, clipNorm);
    if (!Double.isFinite(norm)) {
      throw new TrainingDivergedException(step);
    }
    return norm;
  }

  @Override
  public void close() {
    threads.close();
    optimizer.close();
    lanes.forEach(TrainingLane::close);
    replicas.forEach(ParameterBlock::close);
    if (adapter != null) {
      adapter.close();
    }
    base.close();
  }
}
