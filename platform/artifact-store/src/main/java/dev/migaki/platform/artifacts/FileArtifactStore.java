package dev.migaki.platform.artifacts;

import static dev.migaki.platform.artifacts.ArtifactFailure.Kind.ARTIFACT_MISSING;
import static dev.migaki.platform.artifacts.ArtifactFailure.Kind.ARTIFACT_STORE_UNAVAILABLE;
import static java.util.Objects.requireNonNull;

import dev.migaki.contracts.ArtifactRef;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import java.util.concurrent.Callable;

/**
 * Artifacts as files in one directory, which all services of a machine (or a shared volume) use.
 *
 * <p>Content is written to {@code incoming/}, forced to disk and renamed to its place: a reader
 * sees all of it or nothing, and a crash leaves at most an unfinished file in {@code incoming/}.
 * Within {@link #together} what was renamed is forced at the end, in parallel: the disk's journal
 * takes many at the price of one. The directory is created for its owner only, since original
 * documents lie in it as they came.
 */
public final class FileArtifactStore implements ArtifactStore {

  private final Path root;
  private final Path incoming;
  private final ThreadLocal<PendingForces> pending = new ThreadLocal<>();

  /**
   * @param root created when absent
   */
  public FileArtifactStore(Path root) {
    this.root = root.toAbsolutePath().normalize();
    this.incoming = this.root.resolve("incoming");
    try {
      Files.createDirectories(incoming, ownerOnly());
    } catch (IOException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot create the artifact directory", e);
    }
  }

  @Override
  public ArtifactRef put(InputStream content, String mediaType) {
    Path temporary = incoming.resolve(UUID.randomUUID().toString());
    try {
      try {
        ContentHash hash = write(content, temporary);
        publish(temporary, hash);
        return hash.toRef(mediaType);
      } finally {
        Files.deleteIfExists(temporary);
      }
    } catch (IOException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot store an artifact of type " + mediaType, e);
    }
  }

  /** Nothing is written when the content is there already. */
  @Override
  public ArtifactRef put(byte[] content, String mediaType) {
    ContentHash hash = ContentHash.of(content);
    try {
      if (!isThere(hash)) {
        Path temporary = incoming.resolve(UUID.randomUUID().toString());
        try {
          write(content, temporary);
          rename(temporary, hash);
        } catch (IOException e) {
          Files.deleteIfExists(temporary);
          throw e;
        }
      }
      return hash.toRef(mediaType);
    } catch (IOException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot store an artifact of type " + mediaType, e);
    }
  }

  @Override
  public <T> T together(Callable<T> work) throws Exception {
    if (pending.get() != null) {
      return work.call();
    }
    PendingForces forces = new PendingForces();
    pending.set(forces);
    try {
      T result = work.call();
      force(forces);
      return result;
    } finally {
      pending.remove();
    }
  }

  private static void force(PendingForces forces) {
    try {
      forces.carryOut();
    } catch (IOException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot force artifacts to the disk", e);
    }
  }

  @Override
  public InputStream open(ArtifactRef artifact) {
    Path file = file(artifact);
    return verified(
        artifact,
        () -> {
          hash(file).requireMatch(artifact);
          return Files.newInputStream(file);
        });
  }

  @Override
  public byte[] read(ArtifactRef artifact) {
    return verified(
        artifact,
        () -> {
          byte[] content = Files.readAllBytes(file(artifact));
          ContentHash.of(content).requireMatch(artifact);
          return content;
        });
  }

  /** What has to be read from the disk before anything of it is handed out. */
  @FunctionalInterface
  private interface Reading<T> {
    T run() throws IOException;
  }

  private static <T> T verified(ArtifactRef artifact, Reading<T> reading) {
    try {
      return reading.run();
    } catch (NoSuchFileException e) {
      throw new ArtifactFailure(
          ARTIFACT_MISSING, "artifact " + artifact.sha256() + " is not in the store", e);
    } catch (IOException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot read artifact " + artifact.sha256(), e);
    }
  }

  @Override
  public boolean exists(ArtifactRef artifact) {
    return Files.isRegularFile(file(artifact));
  }

  @Override
  public void delete(ArtifactRef artifact) {
    try {
      Files.deleteIfExists(file(artifact));
    } catch (IOException e) {
      throw new ArtifactFailure(
          ARTIFACT_STORE_UNAVAILABLE, "cannot delete artifact " + artifact.sha256(), e);
    }
  }

  /**
   * The place follows from the hash alone; a location that says otherwise could point anywhere and
   * is not followed.
   */
  private Path file(ArtifactRef artifact) {
    return root.resolve(new ContentHash(artifact.sha256(), artifact.sizeBytes()).location());
  }

  private ContentHash write(InputStream content, Path temporary) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ContentHash hash = ContentHash.copy(content, Channels.newOutputStream(channel));
      if (pending.get() == null) {
        channel.force(true);
      }
      return hash;
    }
  }

  private void write(byte[] content, Path temporary) throws IOException {
    try (FileChannel channel =
        FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      ByteBuffer rest = ByteBuffer.wrap(content);
      while (rest.hasRemaining()) {
        channel.write(rest);
      }
      if (pending.get() == null) {
        channel.force(true);
      }
    }
  }

  private void publish(Path temporary, ContentHash hash) throws IOException {
    if (!isThere(hash)) {
      rename(temporary, hash);
    }
  }

  /** Whether the content lies in its place; if so it is forced to the disk or will be. */
  private boolean isThere(ContentHash hash) throws IOException {
    Path target = root.resolve(hash.location());
    if (!Files.exists(target) || !hash(target).equals(hash)) {
      return false;
    }
    // who wrote it may not have forced it yet
    PendingForces forces = pending.get();
    if (forces == null) {
      PendingForces.force(target);
    } else {
      forces.add(target, directoryOf(target));
    }
    return true;
  }

  private void rename(Path temporary, ContentHash hash) throws IOException {
    Path target = root.resolve(hash.location());
    Path directory = directoryOf(target);
    try {
      move(temporary, target);
    } catch (NoSuchFileException e) {
      Files.createDirectories(directory);
      move(temporary, target);
    }
    PendingForces forces = pending.get();
    if (forces != null) {
      forces.add(target, directory);
    } else if (isPosix()) {
      // makes the rename itself durable; elsewhere the file system sees to it
      PendingForces.force(directory);
    }
  }

  private static void move(Path temporary, Path target) throws IOException {
    Files.move(
        temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }

  private static Path directoryOf(Path target) {
    return requireNonNull(target.getParent(), "a location has a directory");
  }

  private static ContentHash hash(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return ContentHash.copy(in, OutputStream.nullOutputStream());
    }
  }

  private static FileAttribute<?>[] ownerOnly() {
    return isPosix()
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
        }
        : new FileAttribute<?>[0];
  }

  static boolean isPosix() {
    return FileSystems.getDefault().supportedFileAttributeViews().contains("posix");
  }
}
