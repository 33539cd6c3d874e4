package dev.migaki.cleanse.outbound.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.cleanse.config.CleanseConfig;
import dev.migaki.cleanse.domain.SealedFiles;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.sealing.VersionRedaction;
import dev.migaki.datasets.spill.SpillSpace;
import dev.migaki.platform.artifacts.ArtifactFailure;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Sealed versions as content-addressed artifacts, rewritten without withdrawn documents. */
@ApplicationScoped
public class StoredSealedFiles implements SealedFiles {
  private static final ErrorCode MANIFEST_INVALID = new ErrorCode("MANIFEST_INVALID");

  private final ArtifactStore store;
  private final ObjectMapper mapper;
  private final CleanseConfig config;

  StoredSealedFiles(ArtifactStore store, ObjectMapper mapper, CleanseConfig config) {
    this.store = store;
    this.mapper = mapper;
    this.config = config;
  }

  @Override
  public Optional<Replacement> without(ArtifactRef manifest, String documentId) {
    ObjectNode root = (ObjectNode) read(manifest);
    if (!removeDocument(root, documentId)) {
      return Optional.empty();
    }
    try (SpillSpace space = new SpillSpace(config.temporaryDirectory())) {
      return Optional.of(rewritten(manifest, root, documentId, space));
    }
  }

  private Replacement rewritten(
      ArtifactRef manifest, ObjectNode root, String documentId, SpillSpace space) {
    Map<String, ArtifactRef> before = new LinkedHashMap<>();
    Map<String, Supplier<InputStream>> contents = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> file : root.path("files").properties()) {
      ArtifactRef ref = reference(file.getValue());
      before.put(file.getKey(), ref);
      contents.put(file.getKey(), () -> store.open(ref));
    }
    VersionRedaction.Redacted redacted = VersionRedaction.without(documentId, contents, space);
    ObjectNode files = root.putObject("files");
    Map<String, ArtifactRef> replaced = new LinkedHashMap<>(before);
    redacted
        .files()
        .forEach(
            (name, content) -> {
              ArtifactRef old = before.get(name);
              if (old != null) {
                ArtifactRef stored = store.put(content.open(), old.mediaType());
                put(files.putObject(name), stored);
                replaced.remove(name, stored);
              }
            });
    root.put("redactions", root.path("redactions").asInt() + 1);
    replaced.put("manifest", manifest);
    return new Replacement(
        store.put(bytes(root), manifest.mediaType()), replaced, redacted.lines());
  }

  private static boolean removeDocument(ObjectNode manifest, String documentId) {
    JsonNode documents = manifest.path("documents");
    if (documents instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.get(i).path("id").asText().equals(documentId)) {
          array.remove(i);
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public Set<String> hashes(List<ArtifactRef> manifests) {
    Set<String> hashes = new HashSet<>();
    for (ArtifactRef manifest : manifests) {
      hashes.add(manifest.sha256());
      read(manifest).path("files").forEach(file -> hashes.add(file.path("sha256").asText()));
    }
    return hashes;
  }

  @Override
  public void delete(ArtifactRef artifact) {
    store.delete(artifact);
  }

  private JsonNode read(ArtifactRef manifest) {
    try {
      return mapper.readTree(store.read(manifest));
    } catch (ArtifactFailure e) {
      if (e.kind() == ArtifactFailure.Kind.ARTIFACT_MISSING) {
        // removed by hand: nothing is left to redact or to need
        return mapper.createObjectNode();
      }
      throw e;
    } catch (IOException e) {
      throw new PermanentFailure(MANIFEST_INVALID, "a stored manifest is not JSON", e);
    }
  }

  private byte[] bytes(ObjectNode manifest) {
    try {
      return mapper.writeValueAsBytes(manifest);
    } catch (IOException e) {
      throw new IllegalStateException("a manifest has a JSON form", e);
    }
  }

  private static void put(ObjectNode node, ArtifactRef ref) {
    node.put("location", ref.location());
    node.put("sha256", ref.sha256());
    node.put("sizeBytes", ref.sizeBytes());
    node.put("mediaType", ref.mediaType());
  }

  private static ArtifactRef reference(JsonNode node) {
    return new ArtifactRef(
        node.path("location").asText(),
        node.path("sha256").asText(),
        node.path("sizeBytes").asLong(),
        node.path("mediaType").asText());
  }
}
