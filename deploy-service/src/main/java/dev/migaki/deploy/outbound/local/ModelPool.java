package dev.migaki.deploy.outbound.local;

import dev.migaki.deploy.config.DeployConfig;
import dev.migaki.deploy.domain.ChatModels;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.device.ComputeDevice;
import dev.migaki.lm.generation.LoadedAdapter;
import dev.migaki.lm.model.AdapterFiles;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.DirectoryArchive;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Models in memory: loaded on first use, the least recently asked one put away when there are too
 * many or they take too much. A model that is being asked is never put away under its request.
 * Adapters share their base's weights and its batch.
 */
@ApplicationScoped
public class ModelPool implements ChatModels {
  private static final ErrorCode MODEL_UNUSABLE = new ErrorCode("MODEL_UNUSABLE");

  private final DeployConfig config;
  private final ArtifactStore store;
  private final Map<String, LoadedModel> loaded = new LinkedHashMap<>(16, 0.75f, true);

  ModelPool(DeployConfig config, ArtifactStore store) {
    this.config = config;
    this.store = store;
    // small models are fastest on one thread, and requests share the cores
    LanguageModel.useThreads(config.threads());
    ComputeDevice.use(config.device());
  }

  @Override
  public List<Answer> answer(
      ModelSource model, List<Turn> conversation, Settings settings, Predicate<Piece> pieces) {
    LoadedModel held = acquire(model);
    try {
      return held.answer(conversation, settings, pieces);
    } finally {
      held.release();
    }
  }

  @Override
  public void requireRoom(ModelSource model, List<Turn> conversation) {
    LoadedModel held = acquire(model);
    try {
      held.requireRoom(conversation);
    } finally {
      held.release();
    }
  }

  @Override
  public void warmUp(ModelSource model) {
    acquire(model).release();
  }

  @Override
  public List<String> baseModels() {
    Path directory = config.modelsDirectory();
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(
              child ->
                  Files.exists(child.resolve("config.json"))
                      && Files.exists(child.resolve("tokenizer.json")))
          .map(child -> child.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the models directory", e);
    }
  }

  private synchronized LoadedModel acquire(ModelSource source) {
    LoadedModel held = loaded.get(source.id());
    if (held == null) {
      held = load(source);
      loaded.put(source.id(), held);
      makeRoom(held);
    }
    held.acquire();
    return held;
  }

  private LoadedModel load(ModelSource source) {
    try {
      if (source.weights() == null) {
        return LoadedModel.whole(LanguageModel.load(baseDirectory(source)));
      }
      Path directory = config.workDirectory().resolve(source.weights().sha256());
      try (InputStream zip = store.open(source.weights())) {
        DirectoryArchive.unpack(zip, directory);
      }
      return AdapterFiles.isAdapter(directory)
          ? adapter(source, directory)
          : LoadedModel.whole(LanguageModel.load(directory));
    } catch (InvalidModelException e) {
      throw new PermanentFailure(
          MODEL_UNUSABLE, "the model " + source.id() + " cannot be loaded", e);
    } catch (IOException e) {
      throw new TransientFailure(
          MODEL_UNUSABLE, "the model " + source.id() + " cannot be unpacked", e);
    }
  }

  private Path baseDirectory(ModelSource source) {
    return config.modelsDirectory().resolve(source.baseModel());
  }

  /** Beside the base's weights where possible, merged into a copy where whole modules differ. */
  private LoadedModel adapter(ModelSource source, Path directory) {
    LoadedModel base = acquire(new ModelSource(source.baseModel(), source.baseModel(), null));
    try {
      Optional<LoadedAdapter> adapter = base.model().engine().load(directory);
      return adapter.isPresent()
          ? LoadedModel.over(base, adapter.get())
          : LoadedModel.whole(base.model().withAdapter(directory));
    } finally {
      base.release();
    }
  }

  /** Puts away what was not asked for longest, until the rest is within the limits. */
  private void makeRoom(LoadedModel newest) {
    List<Map.Entry<String, LoadedModel>> oldestFirst = new ArrayList<>(loaded.entrySet());
    for (Map.Entry<String, LoadedModel> entry : oldestFirst) {
      boolean tooMuch =
          loaded.size() > config.maxLoadedModels()
              || loaded.values().stream().mapToLong(LoadedModel::bytes).sum()
                  > config.maxModelMemory().asLongValue();
      if (tooMuch && entry.getValue() != newest && entry.getValue().closeIfIdle()) {
        loaded.remove(entry.getKey());
      }
    }
  }

  @PreDestroy
  synchronized void close() {
    // adapters before their bases: the second round frees what the first one released
    loaded.values().removeIf(LoadedModel::closeIfIdle);
    loaded.values().removeIf(LoadedModel::closeIfIdle);
  }
}
