package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.checkpoint.WeightFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.training.TrainingFile;
import java.io.IOException;
import java.util.function.Consumer;

/** What a training job would take, without training: tokens and memory. */
final class Quoting {

  private Quoting() {}

  /**
   * @throws dev.migaki.lm.InvalidModelException when the job would not fit into memory
   * @throws dev.migaki.lm.training.InvalidTrainingDataException when a row is not fit for training
   */
  static void run(ModelTask task, Consumer<ObjectNode> events) throws IOException {
    TrainJob job = TrainJob.read(task.trainJob());
    ModelConfig config = ModelConfig.read(job.base().resolve(LlamaCheckpoint.CONFIG_FILE));
    WeightFiles.of(job.base());
    long memory = MemoryCheck.check(job, config);
    TrainingData data = TrainingData.read(job, config);
    TrainingFile.Audited train = data.train();
    double epochs = job.epochs(data);
    long replayed = data.replayed().stream().mapToLong(e -> e.tokens().length).sum();
    events.accept(
        ProgressFile.event("done")
            .put("method", job.methodOrDefault())
            .put("trainExamples", data.trainExamples())
            .put("replayedExamples", data.replayed().size())
            .put("validationExamples", data.validationExamples())
            .put("tokensPerEpoch", train.tokens() + replayed)
            .put("epochs", epochs)
            .put("trainedTokens", Math.round((train.tokens() + replayed) * epochs))
            .put("supervisedShare", ProgressFile.rounded(train.supervisedShare()))
            .put("truncatedRows", train.truncatedRows())
            .put("openEndedRows", train.openEndedRows())
            .put("alteredRows", train.alteredRows())
            .put("learningRate", job.learningRateOrDefault())
            .put("batchTokens", job.batchTokensOrDefault())
            .put("parameters", config.parameterCount())
            .put("expectedMemoryBytes", memory));
  }
}
