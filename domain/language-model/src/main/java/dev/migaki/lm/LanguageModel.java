package dev.migaki.lm;

import dev.migaki.lm.checkpoint.WeightFiles;
import dev.migaki.lm.generation.EngineLimits;
import dev.migaki.lm.generation.GenerationEngine;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LlamaWeights;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.EndTokens;
import dev.migaki.lm.tokenizer.TextTokenizer;
import dev.migaki.lm.tokenizer.TokenBytes;
import java.nio.file.Path;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.jspecify.annotations.Nullable;

/**
 * A model in memory, ready to answer. Thread-safe; {@link #close()} frees its native memory, after
 * which nothing may use it.
 */
public final class LanguageModel implements AutoCloseable {

  private final Path directory;
  private final ModelConfig config;
  private final TextTokenizer tokenizer;
  private final ChatEncoding chat;
  private final ParameterBlock parameters;
  private final LlamaWeights weights;
  private final Set<Integer> endTokens;
  private final TokenBytes tokenBytes;
  private @Nullable GenerationEngine engine;

  private LanguageModel(
      Path directory, ModelConfig config, TextTokenizer tokenizer, ParameterBlock parameters) {
    this.directory = directory;
    this.config = config;
    this.tokenizer = tokenizer;
    this.chat = ChatEncoding.load(directory, tokenizer);
    this.parameters = parameters;
    this.weights = LlamaWeights.frozen(config, parameters);
    this.tokenBytes = TokenBytes.read(directory.resolve(LlamaCheckpoint.TOKENIZER_FILE));
    this.endTokens = EndTokens.read(directory, tokenizer);
  }

  /**
   * Loads a directory of the Hugging Face layout: {@code config.json}, {@code tokenizer.json},
   * {@code model.safetensors}.
   *
   * @throws InvalidModelException when a file is missing, damaged or not supported
   */
  public static LanguageModel load(Path modelDirectory) {
    ModelConfig config = ModelConfig.read(modelDirectory.resolve(LlamaCheckpoint.CONFIG_FILE));
    TextTokenizer tokenizer =
        TextTokenizer.load(modelDirectory.resolve(LlamaCheckpoint.TOKENIZER_FILE));
    try {
      tokenizer.requireFits(config.vocabularySize());
    } catch (InvalidModelException e) {
      tokenizer.close();
      throw e;
    }
    return new LanguageModel(
        modelDirectory,
        config,
        tokenizer,
        LlamaCheckpoint.load(modelDirectory, config, ScalarType.Float));
  }

  /**
   * The same model with an adapter merged into a copy of its weights, or the whole model that
   * training of all parameters left there. This model stays as it is; both must be closed.
   *
   * @param directory a PEFT adapter made for this model, or a directory with {@code
   *     model.safetensors}
   * @throws InvalidModelException when the adapter does not fit
   */
  public LanguageModel withAdapter(Path directory) {
    if (!AdapterFiles.isAdapter(directory)) {
      if (!WeightFiles.exist(directory)) {
        throw new InvalidModelException(
            directory
                + " holds neither "
                + AdapterFiles.CONFIG_FILE
                + " nor "
                + LlamaCheckpoint.WEIGHTS_FILE);
      }
      return load(directory);
    }
    ParameterBlock merged = LlamaCheckpoint.load(this.directory, config, ScalarType.Float);
    try {
      AdapterFiles.mergeInPlace(directory, config, merged);
    } catch (InvalidModelException e) {
      merged.close();
      throw e;
    }
    return new LanguageModel(
        this.directory,
        config,
        TextTokenizer.load(this.directory.resolve(LlamaCheckpoint.TOKENIZER_FILE)),
        merged);
  }

  /**
   * Sets how many threads a matrix product may use, for the whole process. One is fastest for
   * models of a few million parameters: their products are too small to share.
   */
  public static void useThreads(int threads) {
    torch.set_num_threads(threads);
  }

  /** The architecture. */
  public ModelConfig config() {
    return config;
  }

  /** The tokenizer. */
  public TextTokenizer tokenizer() {
    return tokenizer;
  }

  /** How conversations become tokens. */
  public ChatEncoding chat() {
    return chat;
  }

  /** The weights in full precision, frozen. */
  public LlamaWeights weights() {
    return weights;
  }

  /** Most memory that its weights take, with their packed copy. */
  public long memoryBytes() {
    return config.parameterCount() * 2 * Float.BYTES;
  }

  /** The bytes that each token stands for. */
  public TokenBytes tokenBytes() {
    return tokenBytes;
  }

  /** The engine that answers for this model; it starts with its first request. */
  public synchronized GenerationEngine engine() {
    GenerationEngine known = engine;
    if (known == null) {
      known = new GenerationEngine(this, EngineLimits.DEFAULT);
      engine = known;
    }
    return known;
  }

  /**
   * Sets what the engine may use; before its first request.
   *
   * @throws IllegalStateException when the engine has started
   */
  public synchronized LanguageModel withLimits(EngineLimits limits) {
    if (engine != null) {
      throw new IllegalStateException("the engine has started with other limits");
    }
    engine = new GenerationEngine(this, limits);
    return this;
  }

  /** Whether a token ends an answer. */
  public boolean endsAnswer(int token) {
    return endTokens.contains(token);
  }

  @Override
  public synchronized void close() {
    if (engine != null) {
      engine.close();
    }
    parameters.close();
    tokenizer.close();
  }
}
