package dev.migaki.documents.worker;

import static java.util.Objects.requireNonNull;

import dev.migaki.documents.parsing.ParseHints;
import dev.migaki.documents.parsing.ParseOutcome;
import dev.migaki.documents.parsing.RejectionCode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Reads documents of strangers in child JVMs with a heap and a time of their own. A document that
 * hangs its process, eats the heap or kills it gets a rejection, and the process a successor; the
 * caller never notices more than that. The children end by themselves when their input does, that
 * is when this process dies.
 *
 * <p>Thread-safe: as many documents at a time as there may be processes, further callers wait.
 * Processes are started when they are needed, and replaced when a document needs another heap.
 */
public final class IsolatedParser implements AutoCloseable {

  /** Called with the process id and the reason when a process had to be replaced. */
  @FunctionalInterface
  public interface ReplacementListener {
    void replaced(long pid, RejectionCode reason);
  }

  /**
   * @param processes most processes at a time, 1 or more
   * @param classPath of the processes
   * @param startTimeout longest time until a process is ready
   */
  public record Settings(int processes, String classPath, Duration startTimeout) {
    public Settings {
      requireNonNull(classPath, "classPath");
      requireNonNull(startTimeout, "startTimeout");
      if (processes < 1) {
        throw new IllegalArgumentException("processes must be 1 or more: " + processes);
      }
    }

    /** So many processes with the jars of this program. */
    public static Settings of(int processes) {
      return new Settings(processes, ParserClassPath.find(), Duration.ofSeconds(60));
    }
  }

  private static final int ATTEMPTS = 2;

  private final Settings settings;
  private final ReplacementListener listener;
  private final Semaphore slots;
  private final Deque<ParserChild> idle = new ArrayDeque<>();
  private final ExecutorService pipes =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "parser-pipe");
            thread.setDaemon(true);
            return thread;
          });
  private boolean closed;

  public IsolatedParser(Settings settings, ReplacementListener listener) {
    this.settings = settings;
    this.listener = listener;
    this.slots = new Semaphore(settings.processes(), true);
  }

  /**
   * A document or a reason, within {@code bounds.timeout()} and the time that a process needs to
   * start.
   *
   * @throws ParserUnavailable when no process can be started
   * @throws InterruptedException when the thread is interrupted; the process that it waited for is
   *     gone
   */
  public ParseOutcome parse(byte[] bytes, ParseHints hints, ParseBounds bounds)
      throws ParserUnavailable, InterruptedException {
    return open(bytes, hints, bounds, null);
  }

  /**
   * {@link #parse}, but an archive is unpacked into a directory.
   *
   * @param directory exists and is empty; whatever the outcome, the caller removes it. Null when
   *     archives are to be read as one document
   */
  public ParseOutcome open(
      byte[] bytes, ParseHints hints, ParseBounds bounds, @Nullable Path directory)
      throws ParserUnavailable, InterruptedException {
    if (bytes.length > bounds.limits().maxBytes()) {
      return ParseOutcome.tooLarge(bounds.limits());
    }
    slots.acquire();
    try {
      return read(
          new ParserProtocol.Request(bytes, hints, directory, bounds.limits(), bounds.timeout()),
          bounds);
    } finally {
      slots.release();
    }
  }

  // A process that dies may have been spoilt by the document before; a fresh one tells. One that
  // needs too long has had its time.
  private ParseOutcome read(ParserProtocol.Request request, ParseBounds bounds)
      throws ParserUnavailable, InterruptedException {
    RejectionCode failure = RejectionCode.DAMAGED;
    long left = bounds.timeout().toNanos();
    for (int attempt = 1; attempt <= ATTEMPTS && left > 0; attempt++) {
      ParserChild child = take(bounds.heapMegabytes());
      long begin = System.nanoTime();
      try {
        ParseOutcome outcome = child.read(request, Duration.ofNanos(left));
        giveBack(child);
        return outcome;
      } catch (TimeoutException e) {
        failure = RejectionCode.TIMEOUT;
      } catch (IOException e) {
        failure = child.endedForMemory() ? RejectionCode.TOO_MUCH_MEMORY : RejectionCode.DAMAGED;
      } catch (InterruptedException e) {
        child.stop();
        throw e;
      }
      child.stop();
      listener.replaced(child.pid(), failure);
      left = failure == RejectionCode.TIMEOUT ? 0 : left - (System.nanoTime() - begin);
    }
    return new ParseOutcome.Rejected(failure, message(failure, bounds));
  }

  private static String message(RejectionCode failure, ParseBounds bounds) {
    if (failure == RejectionCode.TIMEOUT) {
      return "Reading the file took longer than "
          + bounds.timeout().toMillis() / 1000.0
          + " seconds. Split it or save it in a simpler format.";
    }
    return failure == RejectionCode.TOO_MUCH_MEMORY
        ? "Reading the file needs more than " + bounds.heapMegabytes() + " MB of memory. Split it."
        : "The file is damaged in a way that ends the reader. Save it again.";
  }

  private ParserChild take(int heapMegabytes) throws ParserUnavailable, InterruptedException {
    ParserChild ready = idleWith(heapMegabytes);
    if (ready != null) {
      return ready;
    }
    try {
      return ParserChild.start(settings, heapMegabytes, pipes);
    } catch (IOException | TimeoutException e) {
      throw new ParserUnavailable("the parser process does not start", e);
    }
  }

  /** An idle process with this heap; the caller's slot may otherwise cost an idle one its life. */
  private synchronized @Nullable ParserChild idleWith(int heapMegabytes) {
    ParserChild other = null;
    for (ParserChild child : List.copyOf(idle)) {
      if (!child.isAlive()) {
        idle.remove(child);
      } else if (child.heapMegabytes() == heapMegabytes) {
        idle.remove(child);
        return child;
      } else {
        other = child;
      }
    }
    int busy = settings.processes() - slots.availablePermits();
    if (other != null && idle.size() + busy > settings.processes()) {
      idle.remove(other);
      other.stop();
    }
    return null;
  }

  private synchronized void giveBack(ParserChild child) {
    if (closed) {
      child.stop();
    } else {
      idle.push(child);
    }
  }

  /** Ends the processes. Documents that are being read end with a rejection. */
  @Override
  public synchronized void close() {
    closed = true;
    idle.forEach(ParserChild::stop);
    idle.clear();
    pipes.shutdown();
  }
}
