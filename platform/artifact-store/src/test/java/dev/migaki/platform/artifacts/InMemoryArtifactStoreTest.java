package dev.migaki.platform.artifacts;

class InMemoryArtifactStoreTest extends ArtifactStoreContract {

  @Override
  ArtifactStore emptyStore() {
    return new InMemoryArtifactStore();
  }
}
