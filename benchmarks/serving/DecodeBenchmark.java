import dev.migaki.lm.device.ComputeDevice;
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
 *   make DIR TOKENIZER smollm2|quick-start [f32|bf16]
 *                          write a model of that shape with random weights, bfloat16 or f32
 *   speed DIR [threads [tokens]]
 *                          tokens a second for batches of 1 and 8, prompt 64, 64 new tokens
 *   adapters DIR           16 rows: no adapter, one adapter, 16 adapters
 *   soak DIR REQUESTS      requests of many lengths to many adapters, some cancelled; resident
 *                          memory
 * </pre>
 */
public final class DecodeBenchmark {

  private static final int WARM_UP_LAYERS = 18_000;

  private DecodeBenchmark() {}

  public static void main(String[] arguments) throws Exception {
    Path directory = Path.of(arguments[1]);
    ComputeDevice.use(System.getenv(ComputeDevice.VARIABLE));
    switch (arguments[0]) {
      case "make" ->
          make(
              directory,
              Path.of(arguments[2]),
              arguments[3],
              arguments.length > 4 && arguments[4].equals("f32")
                  ? ElementType.F32
                  : ElementType.BF16);
      case "speed" -> 
          speed(
              directory,
              arguments.length > 2 ? Integer.parseInt(arguments[2]) : 1,
              arguments.length > 3 ? Integer.parseInt(arguments[3]) : 64);
      case "adapters" -> adapters(directory);
      case "soak" -> soak(directory, Integer.parseInt(arguments[2]));
      default -> throw new IllegalArgumentException("make, speed, adapters or soak");
    }
    System.exit(0);
  }

  private static void make(Path directory, Path tokenizer, String shape, ElementType type)
      throws Exception {
    Files.createDirectories(directory);
    ModelConfig config =
        switch (shape) {
          case "smollm2" ->
              new ModelConfig(49_152, 576, 1536, 30, 9, 3, 64, 1e-5, 100_000, 2048, true);
          case "quick-start" -> new ModelConfig(6144, 256, 768, 6, 4, 2, 64, 1e-5, 10_000, 512, true);
          default -> throw new IllegalArgumentException("shape: quick-start or smollm2, not " + shape);
        };
    try (ParameterBlock block = LlamaCheckpoint.initialise(config, 1, ScalarType.Float)) {
      LlamaCheckpoint.save(block, config, directory, type);
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

  private static void run(
      LanguageModel model, List<LoadedAdapter> adapters, int batch, int tokens, int length) {
    List<RunningAnswer> running = new ArrayList<>();
    for (int i = 0; i < batch; i++) {
      LoadedAdapter adapter = adapters.isEmpty() ? null : adapters.get(i % adapters.size());
      running.add(new Generator(model, adapter).start(prompt(model, length, i), options(tokens)));
    }
    int made = 0;
    for (RunningAnswer answer : running) {
      made += answer.await(TokenListener.NONE).completionTokens();
    }
    if (made != batch * tokens) {
      throw new IllegalStateException("an answer ended early: " + made + " tokens");
    }
  }

  /**
   * Shortest times of a piece of work, in nanoseconds.
   *
   * @param wall by the clock
   * @param processor by the process's processor time, which other programs' work hardly lengthens
   */
  private record Spent(long wall, long processor) {
    static final Spent NONE = new Spent(Long.MAX_VALUE, Long.MAX_VALUE);

    static Spent by(Runnable work) {
      var system =
          (com.sun.management.OperatingSystemMXBean)
              java.lang.management.ManagementFactory.getOperatingSystemMXBean();
      long processor = system.getProcessCpuTime();
      long started = System.nanoTime();
      work.run();
      return new Spent(System.nanoTime() - started, system.getProcessCpuTime() - processor);
    }

    Spent shorter(Spent other) {
      return new Spent(Math.min(wall, other.wall), Math.min(processor, other.processor));
    }
  }

  /** Decoding of one batch: the times of the prompt and first token, and of the whole. */
  private record Decoding(Spent first, Spent all) {
    static final Decoding NONE = new Decoding(Spent.NONE, Spent.NONE);

    Decoding again(LanguageModel model, List<LoadedAdapter> adapters, int batch, int tokens) {
      return new Decoding(
          first.shorter(Spent.by(() -> run(model, adapters, batch, 1, 64))),
          all.shorter(Spent.by(() -> run(model, adapters, batch, tokens, 64))));
    }

    double rate(int batch, int tokens) {
      return batch * (tokens - 1) * 1e9 / (all.wall - first.wall);
    }

    double processorRate(int batch, int tokens) {
      return batch * (tokens - 1) * 1e9 / (all.processor - first.processor);
    }
  }

  private static void speed(Path directory, int threads, int tokens) {
    LanguageModel.useThreads(threads);
    try (LanguageModel model = load(directory, 8)) {
      for (int batch : new int[] {1, 8}) {
        warmUp(model, List.of(), batch, tokens);
        Decoding best = Decoding.NONE;
        for (int repeat = 0; repeat < 5; repeat++) {
          best = best.again(model, List.of(), batch, tokens);
        }
        System.out.printf(
            "migaki batch %d: %.1f tokens/s, %.1f by processor time%n",
            batch, best.rate(batch, tokens), best.processorRate(batch, tokens));
      }
    }
  }

  /** A server's code is compiled by the time that anybody counts its tokens. */
  private static void warmUp(
      LanguageModel model, List<LoadedAdapter> adapters, int batch, int tokens) {
    int warmUps = WARM_UP_LAYERS / (tokens * model.config().layers());
    for (int warmUp = 0; warmUp < warmUps; warmUp++) {
      run(model, adapters, batch, tokens, 64);
    }
  }

  private static void adapters(Path directory) throws Exception {
    LanguageModel.useThreads(1);
    try (LanguageModel model = load(directory, 16)) {
      List<LoadedAdapter> adapters = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        adapters.add(model.engine().load(adapter(directory, model.config(), i)).orElseThrow());
      }
      warmUp(model, adapters, 16, 64);
      Decoding base = Decoding.NONE;
      Decoding one = Decoding.NONE;
      Decoding many = Decoding.NONE;
      for (int repeat = 0; repeat < 6; repeat++) {
        base = base.again(model, List.of(), 16, 64);
        one = one.again(model, adapters.subList(0, 1), 16, 64);
        many = many.again(model, adapters, 16, 64);
      }
      System.out.printf(
          "16 rows: base %.0f, one adapter %.0f, 16 adapters %.0f tokens/s; 16 against 1: %+.1f %%"
              + " time%n",
          base.rate(16, 64),
          one.rate(16, 64),
          many.rate(16, 64),
          100 * (one.rate(16, 64) / many.rate(16, 64) - 1));
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

  /**
   * Eight requests at once, of prompts of 8 to 100 tokens and answers of 4 to 16, a fifth of them to
   * the base model and the others to one of twelve adapters; every tenth is cancelled. Each 200
   * requests one adapter is let go and loaded anew.
   */
  private static void soak(Path directory, int requests) throws Exception {
    LanguageModel.useThreads(1);
    try (LanguageModel model = LanguageModel.load(directory)) {
      List<Path> files = new ArrayList<>();
      List<LoadedAdapter> adapters = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        files.add(adapter(directory, model.config(), i));
        adapters.add(model.engine().load(files.get(i)).orElseThrow());
      }
      Random random = new Random(5);
      List<RunningAnswer> running = new ArrayList<>();
      List<double[]> memory = new ArrayList<>();
      int cancelled = 0;
      for (int i = 1; i <= requests; i++) {
        int chosen = random.nextInt(15);
        LoadedAdapter adapter = chosen < 12 ? adapters.get(chosen) : null;
        int[] prompt = prompt(model, 8 + random.nextInt(93), i);
        running.add(
            new Generator(model, adapter)
                .start(prompt, GenerationOptions.sampling(4 + random.nextInt(13), 1, 0.9, i)));
        if (i % 10 == 0) {
          running.get(running.size() - 1).cancel();
        }
        if (running.size() == 8 || i == requests) {
          for (RunningAnswer answer : running) {
            GenerationResult result = answer.await(TokenListener.NONE);
            if (result.finishReason() == GenerationResult.FinishReason.CANCELLED) {
              cancelled++;
            } else if (result.completionTokens() < 1) {
              throw new IllegalStateException("no answer");
            }
          }
          running.clear();
        }
        if (i % 200 == 0) {
          int renewed = i / 200 % 12;
          adapters.get(renewed).close();
          adapters.set(renewed, model.engine().load(files.get(renewed)).orElseThrow());
        }
        if (i % 50 == 0) {
          memory.add(new double[] {i, residentBytes() / 1048576.0});
        }
        if (i % Math.max(1, requests / 10) == 0) {
          System.out.printf("%d requests: %d MB resident%n", i, residentBytes() >> 20);
        }
      }
      System.out.printf(
          "%d cancelled; slope of the second half: %.2f MB per 1,000 requests%n",
          cancelled, 1000 * slope(memory.subList(memory.size() / 2, memory.size())));
    }
  }

  /** Least squares. */
  private static double slope(List<double[]> points) {
    double x = points.stream().mapToDouble(point -> point[0]).average().orElseThrow();
    double y = points.stream().mapToDouble(point -> point[1]).average().orElseThrow();
    double both = points.stream().mapToDouble(p -> (p[0] - x) * (p[1] - y)).sum();
    return both / points.stream().mapToDouble(p -> (p[0] - x) * (p[0] - x)).sum();
  }

  private static long residentBytes() throws Exception {
    String pages = Files.readString(Path.of("/proc/self/statm")).split(" ")[1];
    return Long.parseLong(pages) * 4096;
  }
}
