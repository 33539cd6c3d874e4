package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.training.InvalidTrainingDataException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.bytedeco.pytorch.global.torch;

/**
 * Works with a model for a person at a terminal, as a child JVM: {@code ModelWorker <task.json>},
 * see {@link ModelTask}.
 *
 * <p>Each line of its standard output is one JSON object with an {@code event}; the last one is
 * {@code done} or {@code failed}. Exit status: 0 done, 2 the input is wrong, 4 the parent process
 * is gone, 1 anything else.
 */
public final class ModelWorker {

  private static final int EXIT_FAILED = 1;
  private static final int EXIT_BAD_INPUT = 2;

  private ModelWorker() {}

  /** See the class comment. */
  public static void main(String[] arguments) {
    PrintStream events =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    // what a library prints must not stand among the events
    System.setOut(System.err);
    int status =
        run(
            arguments,
            event -> {
              events.println(event);
              events.flush();
            });
    System.exit(status);
  }

  private static int run(String[] arguments, Consumer<ObjectNode> events) {
    if (arguments.length != 1) {
      System.err.println("usage: ModelWorker <task.json>");
      return EXIT_BAD_INPUT;
    }
    ParentWatch.start();
    try {
      perform(ModelTask.read(Path.of(arguments[0])), events);
      return 0;
    } catch (InvalidTrainingDataException
        | InvalidModelException
        | PromptTooLongException
        | IllegalArgumentException e) {
      events.accept(failure(e));
      return EXIT_BAD_INPUT;
    } catch (IOException e) {
      events.accept(failure(e));
      return EXIT_FAILED;
    }
  }

  private static ObjectNode failure(Exception failure) {
    String message = failure.getMessage();
    return ProgressFile.event("failed")
        .put("message", message == null ? failure.getClass().getSimpleName() : message);
  }

  /** Does the task on this thread. */
  static void perform(ModelTask task, Consumer<ObjectNode> events) throws IOException {
    ComputeDevice.use(System.getenv(ComputeDevice.VARIABLE));
    torch.set_num_threads(task.threadsOrDefault());
    switch (task.kind()) {
      case SCORE -> Scoring.run(task, events);
      case GENERATE -> Answering.run(task, events);
      case MERGE -> Merging.run(task, events);
      case QUOTE -> Quoting.run(task, events);
    }
  }
}
