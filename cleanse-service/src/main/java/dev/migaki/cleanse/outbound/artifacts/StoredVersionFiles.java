package dev.migaki.cleanse.outbound.artifacts;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.cleanse.domain.VersionFilesStore;
import dev.migaki.contracts.ArtifactRef;
import dev.migaki.datasets.Example;
import dev.migaki.datasets.card.DataCard;
import dev.migaki.datasets.jsonl.ExampleJsonl;
import dev.migaki.datasets.sealing.Manifest;
import dev.migaki.datasets.sealing.SplitHistory;
import dev.migaki.datasets.sealing.SplitHistoryReader;
import dev.migaki.datasets.spill.SpillFile;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.ContentHash;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Examples and versions as content-addressed artifacts. */
@ApplicationScoped
public class StoredVersionFiles implements VersionFilesStore {
  private static final ErrorCode MANIFEST_INVALID = new ErrorCode("MANIFEST_INVALID");
  private static final String JSONL = "application/jsonl";

  private final ArtifactStore store;
  private final ObjectMapper mapper;

  StoredVersionFiles(ArtifactStore store, ObjectMapper mapper) {
    this.store = store;
    this.mapper = mapper;
  }

  @Override
  public ArtifactRef storeExamples(List<Example> examples) {
    return store.put(ExampleJsonl.write(examples), ExampleJsonl.MEDIA_TYPE);
  }

  @Override
  public List<Example> examples(ArtifactRef file) {
    return ExampleJsonl.read(store.read(file));
  }

  @Override
  public void forget(ArtifactRef file) {
    store.delete(file);
  }

  @Override
  public Unstored described(Manifest manifest) {
    List<ArtifactRef> artifacts = new ArrayList<>();
    Manifest described = manifest;
    for (Map.Entry<String, SpillFile> file : manifest.content().files().entrySet()) {
      ArtifactRef reference = hash(file.getValue()).toRef(mediaType(file.getKey()));
      artifacts.add(reference);
      described = described.withFile(file.getKey(), reference(reference));
    }
    ArtifactRef card = ContentHash.of(DataCard.of(described)).toRef(DataCard.MEDIA_TYPE);
    artifacts.add(card);
    described = described.withFile("data-card", reference(card));
    ArtifactRef reference = ContentHash.of(described.toJson()).toRef(Manifest.MEDIA_TYPE);
    artifacts.add(reference);
    return new Unstored(described, reference, artifacts);
  }

  @Override
  public void store(Unstored version) {
    Manifest manifest = version.manifest();
    manifest
        .content()
        .files()
        .forEach((name, content) -> store.put(content.open(), mediaType(name)));
    store.put(DataCard.of(manifest), DataCard.MEDIA_TYPE);
    store.put(manifest.toJson(), Manifest.MEDIA_TYPE);
  }

  private static String mediaType(String file) {
    return file.equals("balance") ? "application/json" : JSONL;
  }

  private static ContentHash hash(SpillFile file) {
    try {
      return ContentHash.copy(file.open(), OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read a sealed version's file", e);
    }
  }

  private static Manifest.FileReference reference(ArtifactRef ref) {
    return new Manifest.FileReference(
        ref.location(), ref.sha256(), ref.sizeBytes(), ref.mediaType());
  }

  @Override
  public SplitHistory history(ArtifactRef manifest) {
    Map<String, Supplier<InputStream>> files = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> file : read(manifest).path("files").properties()) {
      ArtifactRef reference = reference(file.getValue());
      files.put(file.getKey(), () -> store.open(reference));
    }
    return SplitHistoryReader.read(files);
  }

  @Override
  public byte[] manifest(ArtifactRef manifest) {
    return store.read(manifest);
  }

  @Override
  public List<String> lines(ArtifactRef manifest, String file) {
    JsonNode reference = read(manifest).path("files").path(file);
    return reference.isMissingNode()
        ? List.of()
        : new String(store.read(reference(reference)), StandardCharsets.UTF_8).lines().toList();
  }

  private JsonNode read(ArtifactRef manifest) {
    try {
      return mapper.readTree(store.read(manifest));
    } catch (IOException e) {
      throw new PermanentFailure(MANIFEST_INVALID, "a stored manifest is not JSON", e);
    }
  }

  private static ArtifactRef reference(JsonNode node) {
    return new ArtifactRef(
        node.path("location").asText(),
        node.path("sha256").asText(),
        node.path("sizeBytes").asLong(),
        node.path("mediaType").asText());
  }
}
