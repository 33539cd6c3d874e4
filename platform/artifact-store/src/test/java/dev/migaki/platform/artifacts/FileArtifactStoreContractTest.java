package dev.migaki.platform.artifacts;

import java.io.IOException;
import java.nio.file.Files;

class FileArtifactStoreContractTest extends ArtifactStoreContract {

  @Override
  ArtifactStore emptyStore() throws IOException {
    return new FileArtifactStore(Files.createTempDirectory("artifacts-"));
  }
}
