package dev.migaki.training.outbound.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.Directories;
import dev.migaki.platform.artifacts.DirectoryArchive;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.TransientFailure;
import dev.migaki.training.domain.TrainingFiles;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** A version's files out of the artifact store, a run's results into it. */
@ApplicationScoped
public class StoredTrainingFiles implements TrainingFiles {
  private static final ErrorCode WORK_DIRECTORY_UNUSABLE = new ErrorCode("WORK_DIRECTORY_UNUSABLE");

  private final ArtifactStore store;
  private final ObjectMapper mapper;

  StoredTrainingFiles(ArtifactStore store, ObjectMapper mapper) {
    this.store = store;
    this.mapper = mapper;
  }

  @Override
  public <T> Optional<T> withFile(
      ArtifactRef manifest, String name, Function<Path, T> computation) {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("migaki-quote");
      return fetch(manifest, name, directory).map(computation);
    } catch (IOException e) {
      throw new TransientFailure(
          WORK_DIRECTORY_UNUSABLE, "cannot write to the temporary directory", e);
    } finally {
      if (directory != null) {
        deleteQuietly(directory);
      }
    }
  }

  @Override
  public Optional<Path> fetch(ArtifactRef manifest, String name, Path directory) {
    try (InputStream in = store.open(manifest)) {
      JsonNode ref = mapper.readTree(in).path("files").path(name);
      if (ref.isMissingNode() || ref.isNull()) {
        return Optional.empty();
      }
      ArtifactRef file = mapper.treeToValue(ref, ArtifactRef.class);
      if (file.sizeBytes() == 0) {
        return Optional.empty();
      }
      Files.createDirectories(directory);
      Path target = directory.resolve(name + ".jsonl");
      try (InputStream content = store.open(file)) {
        Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
      }
      return Optional.of(target);
    } catch (IOException e) {
      throw new TransientFailure(
          WORK_DIRECTORY_UNUSABLE, "cannot bring the version's file '" + name + "' here", e);
    }
  }

  @Override
  public void clear(Path directory, String kept) {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        if (!file.getFileName().toString().equals(kept)) {
          Directories.delete(file);
        }
      }
    } catch (IOException e) {
      throw new TransientFailure(WORK_DIRECTORY_UNUSABLE, "cannot clear a run's directory", e);
    }
  }

  @Override
  public Path fetchDirectory(ArtifactRef stored, Path directory) {
    Path target = directory.resolve(stored.sha256());
    if (Files.isDirectory(target)) {
      return target;
    }
    try (InputStream in = store.open(stored)) {
      Files.createDirectories(directory);
      Path part = Files.createTempDirectory(directory, "part");
      DirectoryArchive.unpack(in, part);
      Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
      return target;
    } catch (IOException e) {
      throw new TransientFailure(
          WORK_DIRECTORY_UNUSABLE, "cannot unpack the model that the run starts from", e);
    }
  }

  @Override
  public ArtifactRef storeDirectory(Path directory, String mediaType) {
    try {
      Path zip = Files.createTempFile(directory.toAbsolutePath().getParent(), "model", ".zip");
      DirectoryArchive.pack(directory, zip);
      ArtifactRef ref = storeFile(zip, mediaType);
      Files.delete(zip);
      return ref;
    } catch (IOException e) {
      throw new TransientFailure(WORK_DIRECTORY_UNUSABLE, "cannot pack the model", e);
    }
  }

  @Override
  public ArtifactRef storeFile(Path file, String mediaType) {
    return store.put(file, mediaType);
  }

  @Override
  public ArtifactRef storeText(String text, String mediaType) {
    return store.put(text.getBytes(StandardCharsets.UTF_8), mediaType);
  }

  private static void deleteQuietly(Path directory) {
    try {
      Directories.delete(directory);
    } catch (IOException e) {
      // a left-over temporary file is the operating system's to clean; the quote itself is right
      return;
    }
  }
}
