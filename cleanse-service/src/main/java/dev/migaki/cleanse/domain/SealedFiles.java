package dev.migaki.cleanse.domain;

import dev.migaki.contracts.ArtifactRef;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The stored files of sealed versions, for erasure. */
public interface SealedFiles {

  /**
   * A version without a document.
   *
   * @param manifest that stands for the version from now on
   * @param replaced what it replaces, by name; to be deleted when nothing else needs it
   * @param lines how many lines were taken out
   */
  record Replacement(ArtifactRef manifest, Map<String, ArtifactRef> replaced, int lines) {}

  /** Stores the version of this manifest without a document; empty if it does not name it. */
  Optional<Replacement> without(ArtifactRef manifest, String documentId);

  /** Hashes of everything that versions with these manifests need. */
  Set<String> hashes(List<ArtifactRef> manifests);

  /** Deletes an artifact; nothing happens when it is gone already. */
  void delete(ArtifactRef artifact);
}
