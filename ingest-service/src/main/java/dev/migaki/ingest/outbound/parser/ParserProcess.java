package dev.migaki.ingest.outbound.parser;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.RejectionCode;
import dev.migaki.documents.worker.ParserProtocol;
import dev.migaki.documents.worker.ParserWorker;
import dev.migaki.ingest.config.IngestConfig;
import dev.migaki.ingest.domain.DocumentReader;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
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
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents in a child JVM with a heap and a time of its own. A document that hangs it, eats
 * its heap or kills it gets a second try in a fresh one, then a rejection; the service never
 * notices more than a new process id. The child ends by itself when its input does, that is when
 * the service dies.
 */
@ApplicationScoped
public class ParserProcess implements DocumentReader {

  private static final Logger LOG = Logger.getLogger(ParserProcess.class);
  private static final ErrorCode PARSER_UNAVAILABLE = new ErrorCode("PARSER_UNAVAILABLE");
  private static final int ATTEMPTS = 2;
  private static final int EXIT_OUT_OF_MEMORY = 3;

  private final IngestConfig config;
  private final ExecutorService pipes =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "parser-pipe");
            thread.setDaemon(true);
            return thread;
          });
  private @Nullable Child child;

  ParserProcess(IngestConfig config) {
    this.config = config;
  }

  private record Child(Process process, DataInputStream in, DataOutputStream out) {}

  @Override
  public synchronized ParseOutcome read(byte[] bytes, ParseHints hints) {
    ParserProtocol.Request request = new ParserProtocol.Request(bytes, hints);
    RejectionCode failure = RejectionCode.DAMAGED;
    for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
      Child running = running();
      try {
        return within(
            config.parser().timeout(),
            () -> {
              ParserProtocol.writeRequest(running.out(), request);
              return ParserProtocol.readOutcome(running.in());
            });
      } catch (TimeoutException e) {
        failure = RejectionCode.TIMEOUT;
      } catch (IOException e) {
        failure = exitedForMemory(running) ? RejectionCode.TOO_LARGE : RejectionCode.DAMAGED;
      }
      LOG.warnf("parser process %d replaced: %s", running.process().pid(), failure);
      stop();
    }
    return new ParseOutcome.Rejected(failure, message(failure));
  }

  private String message(RejectionCode failure) {
    if (failure == RejectionCode.TIMEOUT) {
      return "Reading the file took longer than "
          + config.parser().timeout().toSeconds()
          + " seconds. Split it or save it in a simpler format.";
    }
    return failure == RejectionCode.TOO_LARGE
        ? "Reading the file needs more memory than allowed. Split it."
        : "The file is damaged in a way that ends the reader. Save it again.";
  }

  private static boolean exitedForMemory(Child dead) {
    try {
      return dead.process().waitFor(2, TimeUnit.SECONDS)
          && dead.process().exitValue() == EXIT_OUT_OF_MEMORY;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Child running() {
    Child current = child;
    if (current != null && current.process().isAlive()) {
      return current;
    }
    stop();
    try {
      Child started = start();
      child = started;
      within(
          config.parser().startTimeout(),
          () -> {
            ParserProtocol.awaitReady(started.in());
            return true;
          });
      return started;
    } catch (IOException | TimeoutException e) {
      stop();
      throw new TransientFailure(PARSER_UNAVAILABLE, "the parser process does not start", e);
    }
  }

  private Child start() throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    long selfDestruction = config.parser().timeout().toSeconds() + 10;
    ProcessBuilder builder =
        new ProcessBuilder(
            List.of(
                java,
                "-Xmx" + config.parser().heap(),
                "-Xss2m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-Dfile.encoding=UTF-8",
                ParserWorker.class.getName(),
                Long.toString(config.maxDocumentBytes()),
                Long.toString(selfDestruction)));
    // in the environment, where a long one does not hide the rest of the command from ps
    builder
        .environment()
        .put("CLASSPATH", config.parser().classPath().orElseGet(ParserClassPath::find));
    Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
    return new Child(
        process,
        new DataInputStream(new BufferedInputStream(process.getInputStream())),
        new DataOutputStream(new BufferedOutputStream(process.getOutputStream())));
  }

  /**
   * Waits for what the child does, no longer than this.
   *
   * @throws IOException when the pipe broke: the child is gone
   */
  private <T> T within(Duration limit, Callable<T> work) throws IOException, TimeoutException {
    Future<T> future = pipes.submit(work);
    try {
      return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stop();
      throw new TransientFailure(PARSER_UNAVAILABLE, "interrupted while a document was read", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException pipe) {
        throw pipe;
      }
      throw new IOException("the parser process answered in another language", e.getCause());
    }
  }

  @PreDestroy
  synchronized void stop() {
    Child current = child;
    child = null;
    if (current != null) {
      current.process().destroyForcibly();
    }
  }
}
