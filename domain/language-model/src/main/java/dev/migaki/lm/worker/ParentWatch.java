package dev.migaki.lm.worker;

import java.io.IOException;
import java.util.OptionalLong;

/**
 * Ends this process when the one that started it is gone, so that a killed service leaves no
 * training behind that nobody reads.
 *
 * <p>{@link WorkerLauncher} passes the parent's process id and keeps the child's standard input
 * open; the end of either ends the child. A worker that a person starts by hand has neither
 * property and is not watched.
 */
final class ParentWatch {

  static final String PARENT_ID = "migaki.worker.parent";
  private static final int EXIT_PARENT_GONE = 4;

  private ParentWatch() {}

  static void start() {
    Long parent = Long.getLong(PARENT_ID);
    if (parent == null) {
      return;
    }
    watch("parent-process", () -> waitForExit(OptionalLong.of(parent)));
    watch("parent-input", ParentWatch::waitForEndOfInput);
  }

  private static void watch(String name, Runnable wait) {
    Thread thread =
        new Thread(
            () -> {
              wait.run();
              // no orderly exit: native code may be deep in a product, and nothing unsaved is worth
              // keeping
              Runtime.getRuntime().halt(EXIT_PARENT_GONE);
            },
            name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void waitForExit(OptionalLong id) {
    ProcessHandle.of(id.getAsLong()).ifPresent(handle -> handle.onExit().join());
  }

  private static void waitForEndOfInput() {
    try {
      while (System.in.read() >= 0) {
        // what is written does not matter, only the end
      }
    } catch (IOException e) {
      // a broken pipe means the same as its end
    }
  }
}
