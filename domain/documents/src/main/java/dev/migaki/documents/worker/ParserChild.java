package dev.migaki.documents.worker;

import dev.migaki.documents.parsing.ParseOutcome;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** One running parser process, used by one thread at a time. */
final class ParserChild {

  private static final int EXIT_OUT_OF_MEMORY = 3;

  private final Process process;
  private final int heapMegabytes;
  private final DataInputStream in;
  private final DataOutputStream out;
  private final Executor pipes;

  private ParserChild(Process process, int heapMegabytes, Executor pipes) {
    this.process = process;
    this.heapMegabytes = heapMegabytes;
    this.pipes = pipes;
    this.in = new DataInputStream(new BufferedInputStream(process.getInputStream()));
    this.out = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
  }

  /**
   * Starts a process and waits until it is ready.
   *
   * @param pipes runs what waits for the process, so that the waiting can end before it does
   */
  static ParserChild start(IsolatedParser.Settings settings, int heapMegabytes, Executor pipes)
      throws IOException, TimeoutException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx" + heapMegabytes + "m",
                "-Xss2m",
                "-XX:MaxMetaspaceSize=192m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:-UsePerfData",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                ParserWorker.class.getName()));
    // in the environment, where a long one does not hide the rest of the command from ps
    builder.environment().put("CLASSPATH", settings.classPath());
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    ParserChild child = new ParserChild(process, heapMegabytes, pipes);
    try {
      child.within(
          settings.startTimeout(),
          () -> {
            ParserProtocol.awaitReady(child.in);
            return true;
          });
      return child;
    } catch (IOException | TimeoutException | InterruptedException e) {
      child.stop();
      throw e;
    }
  }

  long pid() {
    return process.pid();
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  void stop() {
    process.destroyForcibly();
  }

  /**
   * Reads a document.
   *
   * @throws IOException when the pipe broke: the process is gone
   * @throws TimeoutException when it takes longer; the process has to be stopped
   */
  ParseOutcome read(ParserProtocol.Request request, Duration limit)
      throws IOException, TimeoutException, InterruptedException {
    return within(
        limit,
        () -> {
          ParserProtocol.writeRequest(out, request);
          return ParserProtocol.readOutcome(in);
        });
  }

  /** Whether the process is gone because its heap was not enough. */
  boolean endedForMemory() throws InterruptedException {
    return process.waitFor(2, TimeUnit.SECONDS) && process.exitValue() == EXIT_OUT_OF_MEMORY;
  }

  private <T> T within(Duration limit, Callable<T> work)
      throws IOException, TimeoutException, InterruptedException {
    FutureTask<T> task = new FutureTask<>(work);
    pipes.execute(task);
    try {
      return task.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException pipe) {
        throw pipe;
      }
      throw new IOException("the parser process answered in another language", e.getCause());
    }
  }
}
