package dev.migaki.cleanse;

import dev.migaki.cleanse.domain.SealedFiles;
import dev.migaki.cleanse.outbound.artifacts.StoredSealedFiles;
import dev.migaki.contracts.ArtifactRef;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The real files, with something that happens once while a version is rewritten. */
@Alternative
@Priority(1)
@ApplicationScoped
public class InterruptedSealedFiles implements SealedFiles {
  private static final Runnable NOTHING = () -> {};

  private final StoredSealedFiles files;
  private final AtomicReference<Runnable> whenRewritten = new AtomicReference<>(NOTHING);

  InterruptedSealedFiles(StoredSealedFiles files) {
    this.files = files;
  }

  /** After an erasure has rewritten a version's files and before it commits. */
  void onceWhenRewritten(Runnable action) {
    whenRewritten.set(action);
  }

  @Override
  public Optional<Replacement> without(ArtifactRef manifest, String documentId) {
    Optional<Replacement> replacement = files.without(manifest, documentId);
    if (replacement.isPresent()) {
      whenRewritten.getAndSet(NOTHING).run();
    }
    return replacement;
  }

  @Override
  public Set<String> hashes(List<ArtifactRef> manifests) {
    return files.hashes(manifests);
  }

  @Override
  public void delete(ArtifactRef artifact) {
    files.delete(artifact);
  }
}
