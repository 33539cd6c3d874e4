package dev.migaki.lm;

import dev.migaki.lm.checkpoint.AtomicFiles;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.tokenizer.BytePairTrainer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Builds random models that train in seconds, with real files. */
public final class TinyModel {

  public static final List<String> SPECIAL_TOKENS =
      List.of("<|endoftext|>", "<|im_start|>", "<|im_end|>");

  public static final List<String> TEXTS =
      List.of(
          "返品は30日以内に受け付けます。送料はお客様のご負担です。",
          "Returns are accepted within 30 days. You pay the postage.",
          "営業時間は9時から17時までです。",
          "The office is open from 9 to 17.",
          "user assistant system question answer");

  private TinyModel() {}

  /** Grouped queries, tied embeddings. */
  public static ModelConfig config(int vocabularySize) {
    return new ModelConfig(vocabularySize, 32, 48, 2, 4, 2, 8, 1e-5, 10_000, 96, true);
  }

  /** A tokenizer that knows the bytes, the special tokens and a few merges. */
  public static String tokenizerJson(int vocabularySize) {
    BytePairTrainer trainer = new BytePairTrainer();
    TEXTS.forEach(trainer::addInPlace);
    return trainer.train(vocabularySize, SPECIAL_TOKENS);
  }

  /**
   * Writes a complete model directory with larger random weights than a fresh model's, so that
   * answers differ.
   */
  public static Path write(Path directory, long seed) {
    return write(directory, config(320), seed);
  }

  /** The same with another shape. */
  public static Path write(Path directory, ModelConfig config, long seed) {
    try (ParameterBlock block = spread(config, seed, ScalarType.Float)) {
      AtomicFiles.replaceText(
          directory.resolve(LlamaCheckpoint.TOKENIZER_FILE),
          tokenizerJson(config.vocabularySize()));
      LlamaCheckpoint.save(block, config, directory, ElementType.F32);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Random weights of a size that makes every part of the model matter. */
  public static ParameterBlock spread(ModelConfig config, long seed, ScalarType type) {
    ParameterBlock block = LlamaCheckpoint.initialise(config, seed, type);
    Random random = new Random(seed + 1);
    for (ParameterBlock.Slice slice : block.slices().values()) {
      float[] values = block.get(slice.name());
      for (int i = 0; i < values.length; i++) {
        values[i] =
            slice.shape().length == 1 ? 1 + 0.2f * (float) random.nextGaussian() : 8 * values[i];
      }
      block.setInPlace(slice.name(), values);
    }
    return block;
  }

  /** Writes chat lines. */
  public static Path chatFile(Path file, List<String> lines) {
    try {
      return Files.writeString(file, String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One chat line. */
  public static String chat(String question, String answer) {
    return "{\"messages\":[{\"role\":\"user\",\"content\":\""
        + question
        + "\"},{\"role\":\"assistant\",\"content\":\""
        + answer
        + "\"}]}";
  }

  /** One line of preference data. */
  public static String pair(String question, String preferred, String rejected) {
    return "{\"input\":{\"messages\":[{\"role\":\"user\",\"content\":\""
        + question
        + "\"}]},\"preferred_output\":[{\"role\":\"assistant\",\"content\":\""
        + preferred
        + "\"}],\"non_preferred_output\":[{\"role\":\"assistant\",\"content\":\""
        + rejected
        + "\"}]}";
  }
}
