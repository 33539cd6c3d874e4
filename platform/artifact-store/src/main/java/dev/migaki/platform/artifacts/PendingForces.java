package dev.migaki.platform.artifacts;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Files and directories that have to reach the disk, and the threads that see to it. */
final class PendingForces {
  private static final int AT_ONCE = 8;
  private static final ExecutorService THREADS =
      Executors.newFixedThreadPool(
          AT_ONCE,
          task -> {
            Thread thread = new Thread(task, "artifact-force");
            thread.setDaemon(true);
            return thread;
          });

  private final Set<Path> files = new LinkedHashSet<>();
  private final Set<Path> directories = new LinkedHashSet<>();

  void add(Path file, Path directory) {
    files.add(file);
    directories.add(directory);
  }

  /** Returns when everything is on the disk: the files first, then the names. */
  void carryOut() throws IOException {
    forceAll(files);
    if (FileArtifactStore.isPosix()) {
      forceAll(directories);
    }
  }

  private static void forceAll(Set<Path> paths) throws IOException {
    List<Future<?>> forced = new ArrayList<>();
    for (Path path : paths) {
      forced.add(
          THREADS.submit(
              () -> {
                force(path);
                return null;
              }));
    }
    for (Future<?> force : forced) {
      try {
        force.get();
      } catch (ExecutionException e) {
        throw new IOException("cannot force an artifact to disk", e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException("interrupted while artifacts were forced to disk", e);
      }
    }
  }

  static void force(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      channel.force(true);
    } catch (NoSuchFileException e) {
      // forgotten again meanwhile: nothing is left that could be lost
      return;
    }
  }
}
