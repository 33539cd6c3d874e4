package dev.migaki.cli.figures;

import dev.migaki.cli.bus.DocumentSubmitter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.RecordMetadata;

/**
 * Whether memory stays flat, and the rate with it, while small documents pass ingest and cleanse:
 *
 * <pre>
 * PipelineSoak HOME RECORDS EVERY [DATASETS]
 * </pre>
 *
 * After every so many records, when all of them are through, prints the rate, the processor time
 * per record, and per process the resident memory and what lives on its heap after a collection;
 * now and then what lies on the disk. At the end the slope of the second half's figures.
 *
 * <p>The documents are those of {@link SoakDocuments}. Ends early when the disk fills up.
 */
public final class PipelineSoak {
  /** Records that may be on their way, so that the last ones of a block are soon through. */
  private static final int ON_THEIR_WAY = 5000;

  private static final int CHUNK = 500;
  private static final int DISK_EVERY = 4;
  private static final long LEAST_FREE_BYTES = 12L << 30;
  private static final int JCMD_ATTEMPTS = 60;

  private final MeasuredStack stack;
  private final int records;
  private final int every;
  private final int datasets;
  private final List<Sample> samples = new ArrayList<>();

  private PipelineSoak(MeasuredStack stack, int records, int every, int datasets) {
    this.stack = stack;
    this.records = records;
    this.every = every;
    this.datasets = datasets;
  }

  /**
   * Memory by process after so many records, in MB.
   *
   * @param live what the heaps hold after a collection; of programs in Java only
   */
  private record Sample(int records, Map<String, Double> resident, Map<String, Double> live) {}

  public static void main(String[] arguments) throws IOException, InterruptedException {
    Path home = Path.of(arguments[0]).toAbsolutePath();
    int records = Integer.parseInt(arguments[1]);
    int every = Integer.parseInt(arguments[2]);
    int datasets = arguments.length > 3 ? Integer.parseInt(arguments[3]) : 1;
    try (MeasuredStack stack = MeasuredStack.start(home)) {
      new PipelineSoak(stack, records, every, datasets).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    sample(0);
    header();
    try (DocumentSubmitter submitter = new DocumentSubmitter(stack.kafka());
        Outcomes outcomes = new Outcomes(stack.kafka())) {
      for (int from = 0; from < records && spaceIsLeft(); from += every) {
        int to = Math.min(records, from + every);
        Map<String, MeasuredStack.Usage> before = stack.usage();
        long begun = System.nanoTime();
        pour(submitter, outcomes, from, to);
        double seconds = (System.nanoTime() - begun) / 1e9;
        row(from, to, seconds, before);
      }
      System.out.println("\n" + outcomes.counts() + ", all included");
    }
    slopes();
  }

  private void pour(DocumentSubmitter submitter, Outcomes outcomes, int from, int to)
      throws IOException {
    for (int chunk = from; chunk < to; chunk += CHUNK) {
      int end = Math.min(to, chunk + CHUNK);
      outcomes.await(SoakDocuments.told(Math.max(0, end - ON_THEIR_WAY)), "pouring");
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (int number = chunk; number < end; number++) {
        SoakDocuments.Document document = SoakDocuments.document(number, datasets);
        sent.add(submitter.send("soak-" + document.dataset(), document.content(), document.name()));
      }
      for (Future<RecordMetadata> future : sent) {
        DocumentSubmitter.await(future);
      }
    }
    outcomes.await(SoakDocuments.told(to), "ending a block");
  }

  private boolean spaceIsLeft() throws IOException {
    Path root = stack.directory().root();
    boolean left = Files.getFileStore(root).getUsableSpace() > LEAST_FREE_BYTES;
    if (!left) {
      System.out.println("\n**Ended early: the disk is nearly full.**");
    }
    return left;
  }

  private void header() {
    StringBuilder header = new StringBuilder("| records | /s | ms per record |");
    for (String process : stack.processes().keySet()) {
      header.append(' ').append(process).append(" |");
    }
    header.append(" topics, database, artifacts, GB |\n|---|---|---|---|");
    header.append("---|".repeat(stack.processes().size()));
    System.out.println("Memory in MB: resident, on the heap after a collection\n\n" + header);
  }

  private void row(int from, int to, double seconds, Map<String, MeasuredStack.Usage> before)
      throws IOException, InterruptedException {
    double used = 0;
    for (Map.Entry<String, MeasuredStack.Usage> now : stack.usage().entrySet()) {
      MeasuredStack.Usage then = before.get(now.getKey());
      used += now.getValue().seconds() - (then == null ? 0 : then.seconds());
    }
    Sample sample = sample(to);
    StringBuilder row = new StringBuilder();
    row.append(
        String.format(
            Locale.ROOT,
            "| %d | %.0f | %.2f |",
            to,
            (to - from) / seconds,
            used * 1000 / (to - from)));
    sample
        .resident()
        .forEach(
            (process, resident) -> {
              row.append(String.format(Locale.ROOT, " %.0f", resident));
              Optional.ofNullable(sample.live().get(process))
                  .ifPresent(live -> row.append(String.format(Locale.ROOT, ", %.1f", live)));
              row.append(" |");
            });
    boolean lookAtDisk = to == records || to / every % DISK_EVERY == 0;
    row.append(lookAtDisk ? disk() : "").append(" |");
    System.out.println(row);
  }

  private Sample sample(int at) throws IOException, InterruptedException {
    Map<String, Double> live = new LinkedHashMap<>();
    for (Map.Entry<String, List<ProcessHandle>> entry : stack.processes().entrySet()) {
      if (!entry.getKey().startsWith("postgresql")) {
        double megabytes = 0;
        for (ProcessHandle process : entry.getValue()) {
          megabytes += liveBytes(process) / (1024.0 * 1024);
        }
        live.put(entry.getKey(), megabytes);
      }
    }
    Map<String, Double> resident = new LinkedHashMap<>();
    stack.usage().forEach((name, usage) -> resident.put(name, (double) usage.megabytes()));
    Sample sample = new Sample(at, resident, live);
    samples.add(sample);
    return sample;
  }

  /** A histogram of the heap, which collects it first; its last line is the sum. */
  private static long liveBytes(ProcessHandle process) throws IOException, InterruptedException {
    String pid = Long.toString(process.pid());
    String tool = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
    for (int attempt = 0; attempt < JCMD_ATTEMPTS && process.isAlive(); attempt++) {
      List<String> total =
          output(tool, pid, "GC.class_histogram")
              .lines()
              .filter(l -> l.startsWith("Total"))
              .toList();
      if (!total.isEmpty()) {
        return Long.parseLong(total.get(0).strip().split(" +")[2]);
      }
    }
    throw new IOException("no histogram of process " + pid);
  }

  private static String output(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    process.waitFor();
    return output;
  }

  private String disk() throws IOException, InterruptedException {
    StringBuilder sizes = new StringBuilder();
    for (Path path :
        List.of(
            stack.directory().kafka(),
            stack.directory().postgres(),
            stack.directory().artifacts())) {
      double kilobytes = Double.parseDouble(output("du", "-sk", path.toString()).split("\t")[0]);
      sizes.append(String.format(Locale.ROOT, " %.2f", kilobytes / (1024 * 1024)));
    }
    return sizes.toString();
  }

  private void slopes() {
    List<Sample> half = samples.subList(samples.size() / 2, samples.size());
    System.out.println(
        "\nSlope of the second half, MB per 100,000 records: resident, on the heap\n");
    for (String process : half.get(0).resident().keySet()) {
      System.out.printf(Locale.ROOT, "| %s | %.2f |", process, slope(half, process, true));
      if (half.get(0).live().containsKey(process)) {
        System.out.printf(Locale.ROOT, " %.2f |", slope(half, process, false));
      }
      System.out.println();
    }
  }

  /** By least squares. */
  private static double slope(List<Sample> samples, String process, boolean resident) {
    double meanX = samples.stream().mapToInt(Sample::records).average().orElseThrow();
    double meanY =
        samples.stream().mapToDouble(s -> megabytes(s, process, resident)).average().orElseThrow();
    double products = 0;
    double squares = 0;
    for (Sample sample : samples) {
      double x = sample.records() - meanX;
      products += x * (megabytes(sample, process, resident) - meanY);
      squares += x * x;
    }
    return products / squares * 100_000;
  }

  private static double megabytes(Sample sample, String process, boolean resident) {
    return (resident ? sample.resident() : sample.live()).getOrDefault(process, 0.0);
  }
}
