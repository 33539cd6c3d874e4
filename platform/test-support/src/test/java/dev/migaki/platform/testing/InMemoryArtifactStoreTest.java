package dev.migaki.platform.testing;

import dev.migaki.platform.artifacts.ArtifactStore;

class InMemoryArtifactStoreTest extends ArtifactStoreContract {

  @Override
  protected ArtifactStore emptyStore() {
    return new InMemoryArtifactStore();
  }
}
