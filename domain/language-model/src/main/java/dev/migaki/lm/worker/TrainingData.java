package dev.migaki.lm.worker;

import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.Sha256;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import dev.migaki.lm.training.ChatExample;
import dev.migaki.lm.training.PreferenceFile;
import dev.migaki.lm.training.PreferencePair;
import dev.migaki.lm.training.Replay;
import dev.migaki.lm.training.TrainingFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a run reads: its examples, those held out, and those of earlier versions.
 *
 * @param train the new examples, audited; of a preference run, both conversations of each pair
 * @param pairs the new pairs of a preference run, else empty
 * @param validationPairs held-out pairs of a preference run, may be empty
 * @param validation held-out examples, may be empty
 * @param earlier the examples of each earlier file, in the order of the job
 * @param replayed what is trained again of the earlier ones: a share of those whose question no
 *     later file answers
 */
record TrainingData(
    TrainingFile.Audited train,
    List<PreferencePair> pairs,
    List<PreferencePair> validationPairs,
    List<ChatExample> validation,
    List<List<ChatExample>> earlier,
    List<ChatExample> replayed) {

  /**
   * @throws InvalidModelException when tokenizer and model do not fit together
   */
  static TrainingData read(TrainJob job, ModelConfig config) throws IOException {
    try (TextTokenizer tokenizer =
        TextTokenizer.load(job.base().resolve(LlamaCheckpoint.TOKENIZER_FILE))) {
      tokenizer.requireFits(config.vocabularySize());
      ChatEncoding encoding = ChatEncoding.load(job.base(), tokenizer);
      if (job.preference()) {
        return preferences(job, encoding, config.maxPositions());
      }
      TrainingFile.Audited train =
          TrainingFile.read(
              job.train(), encoding, config.maxPositions(), job.firstAnswerTokensWeightOrDefault());
      List<ChatExample> validation =
          job.validation().isPresent()
              ? examples(existing(job.validation().get(), "validationFile"), encoding, config, 1f)
              : List.of();
      List<List<ChatExample>> earlier = new ArrayList<>();
      for (Path file : job.earlier()) {
        earlier.add(
            examples(
                existing(file, "earlierFiles"),
                encoding,
                config,
                job.firstAnswerTokensWeightOrDefault()));
      }
      List<ChatExample> replayed =
          Replay.unanswered(earlier, train.examples()).stream()
              .flatMap(
                  examples ->
                      Replay.sample(examples, job.replayShareOrDefault(), job.seedOrDefault())
                          .stream())
              .toList();
      return new TrainingData(train, List.of(), List.of(), validation, earlier, replayed);
    }
  }

  private static TrainingData preferences(TrainJob job, ChatEncoding encoding, int maxTokens)
      throws IOException {
    PreferenceFile.Audited train = PreferenceFile.read(job.train(), encoding, maxTokens);
    List<PreferencePair> heldOut =
        job.validation().isPresent()
            ? PreferenceFile.read(
                    existing(job.validation().get(), "validationFile"), encoding, maxTokens)
                .pairs()
            : List.of();
    return new TrainingData(train.rows(), train.pairs(), heldOut, List.of(), List.of(), List.of());
  }

  private static List<ChatExample> examples(
      Path file, ChatEncoding encoding, ModelConfig config, float firstWeight) throws IOException {
    return TrainingFile.read(file, encoding, config.maxPositions(), firstWeight).examples();
  }

  /** New examples or pairs. */
  int trainExamples() {
    return pairs.isEmpty() ? train.examples().size() : pairs.size();
  }

  /** Held-out examples or pairs. */
  int validationExamples() {
    return pairs.isEmpty() ? validation.size() : validationPairs.size();
  }

  /** The new examples and the replayed ones. */
  List<ChatExample> trained() {
    List<ChatExample> all = new ArrayList<>(train.examples());
    all.addAll(replayed);
    return all;
  }

  /** An even sample over all earlier files. */
  List<ChatExample> earlierSample(int count, long seed) {
    List<ChatExample> all = earlier.stream().flatMap(List::stream).toList();
    return Replay.sample(all, Math.min(1.0, (double) count / Math.max(1, all.size())), seed);
  }

  /** One hash over all input files. */
  static String sha256(TrainJob job) throws IOException {
    StringBuilder all = new StringBuilder(Sha256.of(existing(job.train(), "trainFile")));
    for (Path file : job.earlier()) {
      all.append(Sha256.of(existing(file, "earlierFiles")));
    }
    if (job.validation().isPresent()) {
      all.append("|validation ")
          .append(Sha256.of(existing(job.validation().get(), "validationFile")));
    }
    if (job.initialAdapter().isPresent()) {
      all.append("|adapter ");
      all.append(
          Sha256.of(
              existing(
                  job.initialAdapter().get().resolve(AdapterFiles.WEIGHTS_FILE),
                  "initialAdapterDirectory")));
    }
    return Sha256.ofText(all.toString());
  }

  /**
   * @throws IllegalArgumentException when there is no such file; the message names the field
   */
  static Path existing(Path file, String field) {
    if (!Files.isRegularFile(file)) {
      throw new IllegalArgumentException("job field '" + field + "': there is no file " + file);
    }
    return file;
  }
}
