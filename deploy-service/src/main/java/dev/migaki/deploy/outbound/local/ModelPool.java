package dev.migaki.deploy.outbound.local;

import dev.migaki.deploy.config.DeployConfig;
import dev.migaki.deploy.domain.ChatModels;
import dev.migaki.lm.LanguageModel;
import dev.migaki.platform.artifacts.ArtifactStore;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Models in memory: loaded on first use, the least recently asked one put away when there are too
 * many. A model that is being asked is never put away under its request.
 */
@ApplicationScoped
public class ModelPool implements ChatModels {
  private final DeployConfig config;
  private final ArtifactStore store;
  private final Map<String, LoadedModel> loaded = new LinkedHashMap<>(16, 0.75f, true);

  ModelPool(DeployConfig config, ArtifactStore store) {
    this.config = config;
    this.store = store;
    // small models are fastest on one thread, and requests share the cores
    LanguageModel.useThreads(config.threads());
  }

  @Override
  public Answer answer(
      ModelSource model, List<Turn> conversation, Settings settings, Predicate<String> pieces) {
    LoadedModel held = acquire(model);
    try {
      return held.answer(conversation, settings, pieces);
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

  private synchronized LoadedModel acquire(ModelSource model) {
    LoadedModel held = loaded.get(model.id());
    if (held == null) {
      makeRoom();
      held = LoadedModel.load(model, config, store);
      loaded.put(model.id(), held);
    }
    held.acquire();
    return held;
  }

  private void makeRoom() {
    Iterator<LoadedModel> oldestFirst = loaded.values().iterator();
    while (loaded.size() >= config.maxLoadedModels() && oldestFirst.hasNext()) {
      if (oldestFirst.next().closeIfIdle()) {
        oldestFirst.remove();
      }
    }
  }

  @PreDestroy
  synchronized void close() {
    loaded.values().forEach(LoadedModel::closeIfIdle);
    loaded.clear();
  }
}
