import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.Generator;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TokenListener;
import dev.migaki.lm.checkpoint.ElementType;
import dev.migaki.lm.generation.EngineLimits;
import dev.migaki.lm.generation.LoadedAdapter;
import dev.migaki.lm.generation.RunningAnswer;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.LoraAdapter;
import dev.migaki.lm.model.LoraSettings;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.model.ParameterBlock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Decoding speed, adapters in one batch, and memory over many requests. See README.md beside it.
 *
 * <pre>
 *   make DIR TOKENIZER smollm2|quick-start
 *                          write a model of that shape with random bfloat16 weights
 *   speed DIR [threads]    tokens a second for batches of 1 and 8, prompt 64, 64 new tokens
 *   adapters DIR           16 rows: no adapter, one adapter, 16 adapters
 *   soak DIR REQUESTS      short requests one after the other and 8 at once; resident memory
 * </pre>
 */
public final class DecodeBenchmark {

  private DecodeBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    switch (arguments[0]) {
      case "make" -> make(directory, Path.of(arguments[2]), arguments[3]);
      case "speed" -> speed(directory, arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1);
      case "adapters" -> adapters(directory);
      case "soak" -> soak(directory, Integer.parseInt(arguments[2]));
      default -> throw new IllegalArgumentException("make, speed, adapters or soak");
    }
    System.exit(0);
  }

  private static void make(Path directory, Path tokenizer, String shape) throws Exception {
    Files.createDirectories(directory);
    ModelConfig config =
        shape.equals("smollm2")
            ? new ModelConfig(49_152, 576, 1536, 30, 9, 3, 64, 1e-5, 100_000, 2048, true)
            : new ModelConfig(6144, 256, 768, 6, 4, 2, 64, 1e-5, 10_000, 512, true);
    try (ParameterBlock block = LlamaCheckpoint.initialise(config, 1, ScalarType.Float)) {
      LlamaCheckpoint.save(block, config, directory, ElementType.BF16);
    }
    // without special tokens no answer ends before its limit
    Files.writeString(
        directory.resolve("tokenizer.json"),
        Files.readString(tokenizer).replaceAll("\"special\" ?: ?true", "\"special\": false"));
  }

  private static LanguageModel load(Path directory, int batch) {
    return LanguageModel.load(directory).withLimits(new EngineLimits(batch, 2L << 30, 0, 1 << 20));
  }

  /** No answer ends early. */
  private static GenerationOptions options(int tokens) {
    return GenerationOptions.greedy(tokens);
  }

  private static int[] prompt(LanguageModel model, int length, long seed) {
    return new Random(seed).ints(length, 300, model.tokenizer().vocabularySize()).toArray();
  }

  private static double run(
      LanguageModel model, List<LoadedAdapter> adapters, int batch, int tokens, int length) {
    List<RunningAnswer> running = new ArrayList<>();
    long started = System.nanoTime();
    for (int i = 0; i < batch; i++) {
      LoadedAdapter adapter = adapters.isEmpty() ? null : adapters.get(i % adapters.size());
      running.add(new Generator(model, adapter).start(prompt(model, length, i), options(tokens)));
    }
    int made = 0;
    for (RunningAnswer answer : running) {
      made += answer.await(TokenListener.NONE).completionTokens();
    }
    return made / ((System.nanoTime() - started) / 1e9);
  }

  /** Time of the second part of an answer: the prompt's cost is taken off. */
  private static double decodeRate(
      LanguageModel model, List<LoadedAdapter> adapters, int batch, int tokens) {
    long started = System.nanoTime();
    run(model, adapters, batch, 1, 64);
    double prompts = (System.nanoTime() - started) / 1e9;
    started = System.nanoTime();
    double rate = run(model, adapters, batch, tokens, 64);
    double all = (System.nanoTime() - started) / 1e9;
    double made = rate * all;
    return (made - batch) / Math.max(1e-9, all - prompts);
  }

  private static void speed(Path directory, int threads) {
    LanguageModel.useThreads(threads);
    try (LanguageModel model = load(directory, 8)) {
      for (int batch : new int[] {1, 8}) {
        double best = 0;
        for (int repeat = 0; repeat < 5; repeat++) {
          best = Math.max(best, decodeRate(model, List.of(), batch, 64));
        }
        System.out.printf("migaki batch %d: %.1f tokens/s%n", batch, best);
      }
    }
  }

  private static void adapters(Path directory) throws Exception {
    LanguageModel.useThreads(1);
    try (LanguageModel model = load(directory, 16)) {
      List<LoadedAdapter> adapters = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        adapters.add(model.engine().load(adapter(directory, model.config(), i)).orElseThrow());
      }
      double[] best = new double[3];
      for (int repeat = 0; repeat < 6; repeat++) {
        best[0] = Math.max(best[0], decodeRate(model, List.of(), 16, 64));
        best[1] = Math.max(best[1], decodeRate(model, adapters.subList(0, 1), 16, 64));
        best[2] = Math.max(best[2], decodeRate(model, adapters, 16, 64));
      }
      System.out.printf(
          "16 rows: base %.0f, one adapter %.0f, 16 adapters %.0f tokens/s; 16 against 1: %+.1f %%"
              + " time%n",
          best[0], best[1], best[2], 100 * (best[1] / best[2] - 1));
    }
  }

  private static Path adapter(Path directory, ModelConfig config, int seed) throws Exception {
    Path target = Files.createTempDirectory("adapter").resolve("a" + seed);
    try (ParameterBlock base = LlamaCheckpoint.load(directory, config, ScalarType.Float);
        LoraAdapter adapter =
            LoraAdapter.initialise(
                config, new LoraSettings(16, 32, 0, false), base, seed, ScalarType.Float)) {
      Random random = new Random(seed);
      for (ParameterBlock.Slice slice : adapter.parameters().slices().values()) {
        float[] values = new float[(int) slice.size()];
        for (int i = 0; i < values.length; i++) {
          values[i] = 0.01f * (float) random.nextGaussian();
        }
        adapter.parameters().setInPlace(slice.name(), values);
      }
      AdapterFiles.save(adapter, "base", target);
    }
    return target;
  }

  private static void soak(Path directory, int requests) throws Exception {
    LanguageModel.useThreads(1);
    try (LanguageModel model = LanguageModel.load(directory)) {
      Random random = new Random(5);
      List<RunningAnswer> running = new ArrayList<>();
      for (int i = 1; i <= requests; i++) {
        int[] prompt = prompt(model, 8 + random.nextInt(40), i);
        running.add(
            new Generator(model)
                .start(prompt, GenerationOptions.sampling(4 + random.nextInt(12), 1, 0.9, i)));
        if (running.size() == 8) {
          for (RunningAnswer answer : running) {
            GenerationResult result = answer.await(TokenListener.NONE);
            if (result.completionTokens() < 1) {
              throw new IllegalStateException("no answer");
            }
          }
          running.clear();
        }
        if (i % Math.max(1, requests / 10) == 0) {
          System.out.printf("%d requests: %d MB resident%n", i, residentBytes() >> 20);
        }
      }
    }
  }

  private static long residentBytes() throws Exception {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }
}
