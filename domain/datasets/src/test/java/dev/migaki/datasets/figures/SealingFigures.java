package dev.migaki.datasets.figures;

import dev.migaki.datasets.Example;
import dev.migaki.datasets.Message;
import dev.migaki.datasets.Recipe;
import dev.migaki.datasets.Source;
import dev.migaki.datasets.TokenCounter;
import dev.migaki.datasets.sealing.DatasetVersionSealer;
import dev.migaki.datasets.sealing.DocumentExamples;
import dev.migaki.datasets.sealing.SealedVersion;
import dev.migaki.datasets.sealing.SplitHistory;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Time and memory of one sealing: {@code SealingFigures COUNT}. Questions of 60 and answers of 300
 * characters of the words of the samples' facts, ten to a document, a tenth of them near-copies of
 * earlier ones; the recipe of somebody who wrote none.
 */
public final class SealingFigures {
  private static final long SEED = 20261128;

  private final Random random = new Random(SEED);
  private final String[] words;

  private SealingFigures(String[] words) {
    this.words = words;
  }

  public static void main(String[] arguments) throws IOException {
    int count = Integer.parseInt(arguments[0]);
    String facts =
        Files.readString(
            Path.of("samples/generator/src/main/resources/dev/migaki/samples/facts-en.txt"));
    List<DocumentExamples> documents = new SealingFigures(facts.split("\\s+")).documents(count);
    Runtime runtime = Runtime.getRuntime();
    System.gc();
    long examples = (runtime.totalMemory() - runtime.freeMemory()) >> 20;
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long begin = threads.getCurrentThreadCpuTime();
    SealedVersion sealed =
        new DatasetVersionSealer(Recipe.defaults(), TokenCounter.estimate())
            .seal("figures", documents, SplitHistory.none());
    double seconds = (threads.getCurrentThreadCpuTime() - begin) / 1e9;
    long collecting =
        ManagementFactory.getGarbageCollectorMXBeans().stream()
            .mapToLong(collector -> collector.getCollectionTime())
            .sum();
    System.out.printf(
        "%,d examples (%,d MB), at most %,d MB: %.1f s of processor time, and collecting %.1f s; train %,d,"
            + " dropped %s, version %s%n",
        count,
        examples,
        runtime.maxMemory() >> 20,
        seconds,
        collecting / 1e3,
        sealed.count("train"),
        sealed.rejects(),
        sealed.version());
  }

  private List<DocumentExamples> documents(int count) {
    List<DocumentExamples> documents = new ArrayList<>();
    List<String[]> pairs = new ArrayList<>();
    List<Example> examples = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      boolean copy = number > 1000 && number % 10 == 0;
      String[] pair = copy ? pairs.get(random.nextInt(pairs.size())) : pair();
      if (pairs.size() < 1000) {
        pairs.add(pair);
      }
      String id = "document-" + number / 10;
      String answer = copy ? pair[1] + " indeed" : pair[1];
      examples.add(
          Example.original(
              "en",
              List.of(Message.user(pair[0]), Message.assistant(answer)),
              new Source(id, 1, id, 0, number, number + 1, List.of()),
              "faq-heading"));
      if (examples.size() == 10 || number == count - 1) {
        documents.add(new DocumentExamples(id, 1, 1, id, examples));
        examples.clear();
      }
    }
    return documents;
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
