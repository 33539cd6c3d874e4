package dev.migaki.cli.stack;

import java.time.Duration;

/** A child process that the supervisor keeps alive. Calls come from one thread at a time. */
interface Supervised {
  String name();

  /**
   * Starts the process and returns when it is ready.
   *
   * @throws RuntimeException when it does not become ready; the process is gone then
   */
  void start();

  /** Whether the process exists. */
  boolean isAlive();

  /** False when the process lives but says that it will not recover by itself. */
  boolean isHealthy();

  /** The process id, 0 before the first start. */
  long pid();

  /** The port that it serves, 0 if none. */
  int port();

  /** Ends the process in good order, then by force when the time is over. */
  void stop(Duration patience);
}
