package dev.migaki.cleanse;

import dev.migaki.cleanse.domain.VersionFilesStore;
import dev.migaki.cleanse.outbound.artifacts.StoredVersionFiles;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SplitHistory;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/** The real store, with something that happens once at a moment of a sealing. */
@Alternative
@Priority(1)
@ApplicationScoped
public class InterruptedVersionFiles implements VersionFilesStore {
  private static final Runnable NOTHING = () -> {};

  private final StoredVersionFiles files;
  private final AtomicReference<Runnable> whenReading = new AtomicReference<>(NOTHING);
  private final AtomicReference<Runnable> whenStored = new AtomicReference<>(NOTHING);

  InterruptedVersionFiles(StoredVersionFiles files) {
    this.files = files;
  }

  /** Before a sealing reads its first document. */
  void onceWhenReading(Runnable action) {
    whenReading.set(action);
  }

  /** After a sealing has stored its files and before it writes its version down. */
  void onceWhenStored(Runnable action) {
    whenStored.set(action);
  }

  @Override
  public ArtifactRef storeExamples(List<Example> examples) {
    return files.storeExamples(examples);
  }

  @Override
  public List<Example> examples(ArtifactRef file) {
    whenReading.getAndSet(NOTHING).run();
    return files.examples(file);
  }

  @Override
  public void forget(ArtifactRef file) {
    files.forget(file);
  }

  @Override
  public Unstored described(Manifest manifest) {
    return files.described(manifest);
  }

  @Override
  public void store(Unstored version) {
    files.store(version);
    whenStored.getAndSet(NOTHING).run();
  }

  @Override
  public SplitHistory history(ArtifactRef manifest) {
    return files.history(manifest);
  }

  @Override
  public byte[] manifest(ArtifactRef manifest) {
    return files.manifest(manifest);
  }

  @Override
  public List<String> lines(ArtifactRef manifest, String file) {
    return files.lines(manifest, file);
  }
}
