package dev.migaki.cli.demo;

import dev.migaki.cli.stack.ProcessMemory;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Samples the memory of this process and all processes below it, and keeps the peak. */
final class MemoryMeter implements AutoCloseable {
  private static final long PERIOD_MILLIS = 1000;

  private final ScheduledExecutorService timer;
  private final AtomicLong peakBytes = new AtomicLong();
  private final ProcessHandle supervisor;

  MemoryMeter(ProcessHandle supervisor) {
    this.supervisor = supervisor;
    timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "memory-meter");
              thread.setDaemon(true);
              return thread;
            });
    timer.scheduleAtFixedRate(this::sample, 0, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** The largest sum of resident sets seen so far, in MB (2^20 bytes). */
  long peakMegabytes() {
    return peakBytes.get() / (1024 * 1024);
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }

  private void sample() {
    long own = ProcessMemory.ofProcess(ProcessHandle.current().pid());
    long sum = own + ProcessMemory.residentBytes(supervisor);
    peakBytes.accumulateAndGet(sum, Math::max);
  }
}
