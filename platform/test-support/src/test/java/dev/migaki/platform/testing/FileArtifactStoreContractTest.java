package dev.migaki.platform.testing;

import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.FileArtifactStore;
import java.io.IOException;
import java.nio.file.Files;

class FileArtifactStoreContractTest extends ArtifactStoreContract {

  @Override
  protected ArtifactStore emptyStore() throws IOException {
    return new FileArtifactStore(Files.createTempDirectory("artifacts-"));
  }
}
