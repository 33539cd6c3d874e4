package dev.migaki.cli.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.worker.ModelWorker;
import dev.migaki.lm.worker.WorkerLauncher;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * One task of {@link ModelWorker} in its child JVM: libtorch's allocator and thread settings are
 * read before a process starts, and a crash in native code must not look like one of this command.
 */
public final class ModelProcess {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String HEAP = "768m";

  private ModelProcess() {}

  /** An empty task to fill. */
  public static ObjectNode task(String kind) {
    return JSON.createObjectNode().put("task", kind);
  }

  /**
   * Runs a task and passes each of its events on; the last one is {@code done}.
   *
   * @throws InvalidModelException when the input is wrong; the message says what and where
   * @throws IOException when the worker ended otherwise
   */
  public static void run(ObjectNode task, Consumer<JsonNode> events) throws IOException {
    // the task may hold a prompt: a directory that only this user can read, gone afterwards
    Path directory = Files.createTempDirectory("migaki-model");
    Path log = directory.resolve("worker.log");
    try {
      Path file = Files.writeString(directory.resolve("task.json"), task.toString());
      Process process =
          WorkerLauncher.builder(ModelWorker.class, file, HEAP)
              .redirectErrorStream(false)
              .redirectError(log.toFile())
              .redirectOutput(ProcessBuilder.Redirect.PIPE)
              .start();
      Outcome outcome = follow(process, events);
      if (outcome == Outcome.NONE) {
        throw new IOException("the model's process ended early" + Logs.end(log));
      }
    } finally {
      for (String name : new String[] {"task.json", "worker.log"}) {
        Files.deleteIfExists(directory.resolve(name));
      }
      Files.deleteIfExists(directory);
    }
  }

  private enum Outcome {
    NONE,
    DONE
  }

  private static Outcome follow(Process process, Consumer<JsonNode> events) throws IOException {
    Outcome outcome = Outcome.NONE;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        JsonNode event = JSON.readTree(line);
        if (event.path("event").asText().equals("failed")) {
          throw new InvalidModelException(event.path("message").asText());
        }
        if (event.path("event").asText().equals("done")) {
          outcome = Outcome.DONE;
        }
        events.accept(event);
      }
    } finally {
      process.destroy();
    }
    return outcome;
  }
}
