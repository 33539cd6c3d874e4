package dev.migaki.cli.stack;

import java.io.IOException;

/**
 * Java agent of the service processes: ends the process when standard input ends, which the kernel
 * arranges even when the launcher dies of {@code kill -9}. An agent, because the services
 * themselves know nothing of launchers: on Kubernetes they run without one.
 */
public final class ParentWatch {
  /** Shutdown hooks that hang must not keep an orphan alive. */
  private static final long PATIENCE_MILLIS = 20_000;

  private ParentWatch() {}

  /** Called by the JVM before {@code main}. */
  public static void premain(String arguments) {
    start(System.in);
  }

  /** Ends this process in good order at the end of the stream. */
  public static void start(java.io.InputStream parent) {
    Thread watch = new Thread(() -> awaitEnd(parent), "parent-watch");
    watch.setDaemon(true);
    watch.start();
  }

  private static void awaitEnd(java.io.InputStream parent) {
    try {
      while (parent.read() != -1) {
        // bytes have no meaning here; only the end of the stream has
      }
    } catch (IOException e) {
      // a broken pipe is an ended pipe
    }
    Thread halt = new Thread(ParentWatch::haltWhenStuck, "parent-watch-halt");
    halt.setDaemon(true);
    halt.start();
    System.exit(0);
  }

  private static void haltWhenStuck() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    Runtime.getRuntime().halt(1);
  }
}
