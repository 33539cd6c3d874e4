package dev.migaki.datasets.figures;

import com.sun.management.OperatingSystemMXBean;
import dev.migaki.cleansing.CleansingRecipe;
import dev.migaki.cleansing.TextCleanser;
import dev.migaki.datasets.ContentHash;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.cleansing.DocumentCleanser;
import dev.migaki.datasets.preparation.VersionPreparation;
import dev.migaki.datasets.sealing.DatasetVersionSealer;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.QuestionScan;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SealingProgress;
import dev.migaki.datasets.sealing.SplitHistory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Time and memory of one sealing: {@code SealingFigures COUNT DIRECTORY [scan]}, the directory for
 * temporary files, {@code scan} with the last scan, as the service seals. Questions of 60 and
 * answers of 300 characters of the words of the samples' facts, ten to a document, a tenth of them
 * near-copies of earlier ones; the recipe of somebody who wrote none. Documents are made when the
 * sealer asks for them, as a service reads them.
 */
public final class SealingFigures {
  private static final long SEED = 20261128;
  private static final long PROGRESS_MILLIS = 30_000;

  private final Random random = new Random(SEED);
  private final String[] words;
  private final int count;
  private final List<String[]> pairs = new ArrayList<>();
  private int number;

  private SealingFigures(String[] words, int count) {
    this.words = words;
    this.count = count;
  }

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    String facts =
        Files.readString(
            Path.of("samples/generator/src/main/resources/dev/migaki/samples/facts-en.txt"));
    Iterable<DocumentExamples> documents =
        () -> new SealingFigures(facts.split("\\s+"), count).documents().iterator();
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    long wallBegin = System.nanoTime();
    Path temporary = Path.of(arguments[1]);
    boolean scanned = arguments.length > 2 && arguments[2].equals("scan");
    try (SealedVersion sealed =
        scanned
            ? sealedAndScanned(documents, temporary, new Reporter(wallBegin))
            : new DatasetVersionSealer(
                    Recipe.defaults(), TokenCounter.estimate(), temporary, QuestionScan.none())
                .seal("figures", documents, SplitHistory.none(), new Reporter(wallBegin))) {
      double seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
      double wallSeconds = (System.nanoTime() - wallBegin) / 1e9;
      System.out.printf(
          "%,d examples, heap of %,d MB: %.1f s; processor time of the sealing thread %.1f s, of the process %.1f s; old generation"
              + " at most %,d MB, resident at most %,d MB; dropped %s, version %s%n",
          count,
          Runtime.getRuntime().maxMemory() >> 20,
          wallSeconds,
          seconds,
          processSeconds(),
          mostOldBytes() >> 20,
          mostResidentKilobytes() >> 10,
          sealed.rejects(),
          sealed.version());
      sealed
          .files()
          .forEach(
              (name, file) ->
                  System.out.printf(
                      "%s: %,d lines, %,d bytes, %s%n",
                      name,
                      sealed.count(name),
                      file.sizeBytes(),
                      ContentHash.ofStream(file.open())));
    }
  }

  /** As the service does it. */
  private static SealedVersion sealedAndScanned(
      Iterable<DocumentExamples> documents, Path temporary, SealingProgress progress) {
    DocumentCleanser cleanser =
        new DocumentCleanser(TextCleanser.create(CleansingRecipe.standard()));
    VersionPreparation.Prepared prepared =
        new VersionPreparation(Recipe.defaults(), cleanser, temporary)
            .seal("figures", documents, SplitHistory.none(), progress);
    System.out.printf("%,d examples quarantined%n", prepared.quarantined());
    return prepared.version();
  }

  /** Prints each step as it begins, and every half minute within one. */
  private static final class Reporter implements SealingProgress {
    private final long begin;
    private SealingProgress.Step last = SealingProgress.Step.READING;
    private long printed;

    private Reporter(long begin) {
      this.begin = begin;
    }

    @Override
    public void at(Step step, long done, long total) {
      long millis = (System.nanoTime() - begin) / 1_000_000;
      if (step != last || millis - printed > PROGRESS_MILLIS) {
        System.out.printf("%,d s: %s %,d of %,d%n", millis / 1000, step.label(), done, total);
        last = step;
        printed = millis;
      }
    }
  }

  /** With the collector and the compilers. */
  private static double processSeconds() {
    return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime()
        / 1e9;
  }

  private static long mostOldBytes() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP && pool.getName().contains("Gen"))
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private static long mostResidentKilobytes() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  private Stream<DocumentExamples> documents() {
    return Stream.iterate(0, n -> n + 1).limit((count + 9) / 10).map(this::document);
  }

  private DocumentExamples document(int documentNumber) {
    String id = "document-" + documentNumber;
    List<Example> examples = new ArrayList<>();
    while (number < count && examples.size() < 10) {
      boolean copy = number > 1000 && number % 10 == 0;
      String[] pair = copy ? pairs.get(random.nextInt(pairs.size())) : pair();
      if (pairs.size() < 1000) {
        pairs.add(pair);
      }
      String answer = copy ? pair[1] + " indeed" : pair[1];
      examples.add(
          Example.original(
              "en",
              List.of(Message.user(pair[0]), Message.assistant(answer)),
              new Source(id, 1, id, 0, number, number + 1, List.of()),
              "faq-heading"));
      number++;
    }
    return new DocumentExamples(id, 1, 1, id, examples);
  }

  private String[] pair() {
    return new String[] {text("How", 60) + "?", text("The", 300) + "."};
  }

  private String text(String start, int length) {
    StringBuilder text = new StringBuilder(start);
    while (text.length() < length) {
      text.append(' ').append(words[random.nextInt(words.length)]);
    }
    return text.toString();
  }
}
