package dev.migaki.cli.figures;

import dev.migaki.cli.bus.DocumentFiles;
import dev.migaki.cli.bus.DocumentFiles.DocumentFile;
import dev.migaki.cli.bus.DocumentSubmitter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Documents per second through ingest and cleanse, with Kafka and PostgreSQL, on this machine:
 *
 * <pre>
 * PipelineThroughput HOME DIRECTORY TIMES [DATASETS [WARM_UP]]
 * </pre>
 *
 * Starts broker, database and both services in a directory of its own and pours every file of a
 * directory so many times, each copy with content of its own, spread over datasets. The first
 * tenth, or as many documents as are named, warm up: only when each of them is through both
 * services are the others poured, and the time from then until each is cleansed or refused counts.
 * Prints rates, and where processor time and memory went, for the measured documents and for all of
 * them, start of the services included.
 *
 * <p>Versions are sealed when somebody asks: sealing has figures of its own.
 */
public final class PipelineThroughput {
  private final MeasuredStack stack;
  private final List<DocumentFile> files;
  private final int times;
  private final int datasets;
  private final int warmUp;

  private PipelineThroughput(
      MeasuredStack stack, List<DocumentFile> files, int times, int datasets, int warmUp) {
    this.stack = stack;
    this.files = files;
    this.times = times;
    this.datasets = datasets;
    this.warmUp = warmUp;
  }

  public static void main(String[] arguments) throws IOException {
    Path home = Path.of(arguments[0]).toAbsolutePath();
    List<DocumentFile> files = distinct(Path.of(arguments[1]));
    int times = Integer.parseInt(arguments[2]);
    int datasets = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    int warmUp = arguments.length > 4 ? Integer.parseInt(arguments[4]) : times * files.size() / 10;
    try (MeasuredStack stack = MeasuredStack.start(home)) {
      new PipelineThroughput(stack, files, times, datasets, warmUp).run();
    }
  }

  /** Files without those that have the bytes of another: of those nothing is told. */
  private static List<DocumentFile> distinct(Path directory) throws IOException {
    Map<ByteBuffer, DocumentFile> files = new LinkedHashMap<>();
    for (DocumentFile file : DocumentFiles.below(List.of(directory))) {
      files.putIfAbsent(ByteBuffer.wrap(Files.readAllBytes(file.path())), file);
    }
    return List.copyOf(files.values());
  }

  private void run() throws IOException {
    try (DocumentSubmitter submitter = new DocumentSubmitter(stack.kafka());
        Outcomes outcomes = new Outcomes(stack.kafka())) {
      Map<String, MeasuredStack.Usage> idle = stack.usage();
      int all = times * files.size();
      pour(submitter, 0, warmUp);
      outcomes.await(warmUp, "warming up");
      Map<String, MeasuredStack.Usage> before = stack.usage();
      long begun = System.nanoTime();
      long bytes = pour(submitter, warmUp, all);
      double poured = (System.nanoTime() - begun) / 1e9;
      List<Double> quarters = new ArrayList<>();
      for (int quarter = 1; quarter <= 4; quarter++) {
        outcomes.await(warmUp + (int) ((all - warmUp) * (long) quarter / 4), "measuring");
        quarters.add((System.nanoTime() - begun) / 1e9);
      }
      print(all - warmUp, bytes / (all - warmUp), poured, quarters, outcomes);
      print("measured", all - warmUp, before);
      print("start and warming up included", all, idle);
    }
  }

  private long pour(DocumentSubmitter submitter, int from, int to) throws IOException {
    List<Future<RecordMetadata>> sent = new ArrayList<>();
    long bytes = 0;
    for (int number = from; number < to; number++) {
      DocumentFile file = files.get(number % files.size());
      int copy = number / files.size();
      byte[] content = copy(Files.readAllBytes(file.path()), file.name(), copy);
      bytes += content.length;
      sent.add(
          submitter.send("bench-" + copy % datasets, content, "copy-" + copy + "-" + file.name()));
    }
    for (Future<RecordMetadata> future : sent) {
      DocumentSubmitter.await(future);
    }
    return bytes;
  }

  /**
   * The same document with bytes of its own, and in formats of text with words of its own: a line
   * at its end, a comment behind what is zipped, a line of data.
   */
  private static byte[] copy(byte[] content, String name, int number) {
    String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    String added =
        switch (extension) {
          case "txt", "md" -> "\n\nThis is copy number " + number + " of the text.\n";
          case "html", "htm" -> "\n<!-- copy " + number + " -->\n";
          case "json", "jsonl" -> "\n" + " ".repeat(number + 1) + "\n";
          case "csv", "tsv", "eml" -> "\n".repeat(number + 1);
          case "pdf" -> "\n% copy " + number + "\n";
          default -> null;
        };
    if (added != null) {
      return joined(content, added.getBytes(StandardCharsets.UTF_8));
    }
    if (content.length > 22 && content[0] == 'P' && content[1] == 'K') {
      // an archive's last two bytes are the length of a comment that may follow
      byte[] comment = ("copy " + number).getBytes(StandardCharsets.UTF_8);
      byte[] zipped = joined(content, comment);
      zipped[content.length - 2] = (byte) comment.length;
      return zipped;
    }
    return joined(content, ("copy " + number).getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] joined(byte[] content, byte[] end) {
    byte[] joined = java.util.Arrays.copyOf(content, content.length + end.length);
    System.arraycopy(end, 0, joined, content.length, end.length);
    return joined;
  }

  private void print(
      int documents, long meanBytes, double poured, List<Double> quarters, Outcomes outcomes) {
    double seconds = quarters.get(quarters.size() - 1);
    System.out.printf(
        Locale.ROOT,
        "%n%d documents of %d bytes on average in %d datasets, after %d: %.1f s (poured in %.1f s),"
            + " **%.0f documents/s**%nquarters end at %s s%n%s, all included%n",
        documents,
        meanBytes,
        datasets,
        warmUp,
        seconds,
        poured,
        documents / seconds,
        quarters.stream().map(end -> String.format(Locale.ROOT, "%.1f", end)).toList(),
        outcomes.counts());
  }

  private void print(String what, int documents, Map<String, MeasuredStack.Usage> since) {
    System.out.printf(
        "%n| process | processor time per document, ms (%s) | resident, MB |%n|---|---|---|%n",
        what);
    double total = 0;
    for (Map.Entry<String, MeasuredStack.Usage> now : stack.usage().entrySet()) {
      MeasuredStack.Usage then = since.getOrDefault(now.getKey(), new MeasuredStack.Usage(0, 0));
      double used = now.getValue().seconds() - then.seconds();
      total += used;
      System.out.printf(
          Locale.ROOT,
          "| %s | %.2f | %d |%n",
          now.getKey(),
          used * 1000 / documents,
          now.getValue().megabytes());
    }
    System.out.printf(Locale.ROOT, "| all | %.2f | |%n", total * 1000 / documents);
  }
}
