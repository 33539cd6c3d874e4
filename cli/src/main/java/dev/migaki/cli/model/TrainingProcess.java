package dev.migaki.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.checkpoint.Sha256;
import dev.migaki.lm.worker.TrainWorker;
import dev.migaki.lm.worker.WorkerLauncher;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * A training job in its child JVM, followed by its metrics file. Ended half-way and started again
 * with the same job, it goes on from its last checkpoint.
 */
public final class TrainingProcess {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEAP = "1g";
  private static final long POLL_MILLISECONDS = 150;
  private static final int EXIT_BAD_INPUT = 2;

  private final Path directory;
  private final Path metrics;
  private final ObjectNode job;
  private long read;

  /**
   * @param job the job's hyperparameters and inputs; directories and files of the run are added
   * @param output where the result goes
   * @param metrics JSONL that the run appends its progress to
   */
  public TrainingProcess(ObjectNode job, Path output, Path metrics) throws IOException {
    // another job into the same directory must not go on from this one's checkpoint
    String name = Sha256.ofText(job + "|" + dataHashes(job)).substring(0, 12);
    this.directory = output.resolve(".training").resolve(name);
    this.metrics = metrics;
    this.job =
        job.deepCopy()
            .put("outputDirectory", output.toString())
            .put("checkpointDirectory", directory.toString())
            .put("progressFile", metrics.toString());
  }

  private static List<String> dataHashes(ObjectNode job) throws IOException {
    List<JsonNode> files = new ArrayList<>();
    files.add(job.path("trainFile"));
    files.add(job.path("validationFile"));
    job.path("earlierFiles").forEach(files::add);
    List<String> hashes = new ArrayList<>();
    for (JsonNode file : files) {
      Path data = Path.of(file.asText());
      hashes.add(Files.isRegularFile(data) ? Sha256.of(data) : "");
    }
    return hashes;
  }

  /** Writes the job file. */
  public Path jobFile() throws IOException {
    Files.createDirectories(directory);
    return Files.writeString(directory.resolve("job.json"), job.toPrettyString());
  }

  /**
   * Runs to the end and passes on what is appended to the metrics meanwhile.
   *
   * @throws InvalidModelException when the input is wrong; the message says what and where
   * @throws IOException when training ended otherwise
   */
  public void run(Consumer<JsonNode> events) throws IOException, InterruptedException {
    TrainWorker.check(job);
    Path file = jobFile();
    read = Files.exists(metrics) ? Files.size(metrics) : 0;
    Process process = WorkerLauncher.builder(TrainWorker.class, file, HEAP).start();
    StringBuilder failure = new StringBuilder();
    Consumer<JsonNode> watched =
        event -> {
          if (event.path("event").asText().equals("failed")) {
            // another run that wanted the same output may have failed before
            failure.setLength(0);
            failure.append(event.path("message").asText());
          } else {
            events.accept(event);
          }
        };
    try {
      while (!process.waitFor(POLL_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        pass(watched);
      }
    } finally {
      process.destroy();
    }
    pass(watched);
    int status = process.exitValue();
    if (status == EXIT_BAD_INPUT) {
      throw new InvalidModelException(
          failure.length() > 0
              ? failure.toString()
              : "the training process refused the job" + Logs.end(directory.resolve("worker.log")));
    }
    if (status != 0) {
      throw new IOException(
          failure.length() > 0
              ? failure.toString()
              : "training ended with status "
                  + status
                  + Logs.end(directory.resolve("worker.log"))
                  + "; start it again to go on from its last checkpoint");
    }
  }

  /** Whole lines only: the last one may be half written. */
  private void pass(Consumer<JsonNode> events) throws IOException {
    if (!Files.exists(metrics)) {
      return;
    }
    byte[] added;
    try (RandomAccessFile file = new RandomAccessFile(metrics.toFile(), "r")) {
      added = new byte[Math.toIntExact(Math.max(0, file.length() - read))];
      file.seek(read);
      file.readFully(added);
    }
    String text = new String(added, StandardCharsets.UTF_8);
    int end = text.lastIndexOf('\n') + 1;
    read += text.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    for (String line : text.substring(0, end).split("\n", -1)) {
      if (!line.isBlank()) {
        events.accept(JSON.readTree(line));
      }
    }
  }
}
