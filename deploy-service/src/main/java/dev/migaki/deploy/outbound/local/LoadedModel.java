package dev.migaki.deploy.outbound.local;

import dev.migaki.deploy.config.DeployConfig;
import dev.migaki.deploy.domain.ChatModels.Answer;
import dev.migaki.deploy.domain.ChatModels.ModelSource;
import dev.migaki.deploy.domain.ChatModels.PromptTooLong;
import dev.migaki.deploy.domain.ChatModels.Settings;
import dev.migaki.deploy.domain.ChatModels.Turn;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.Generator;
import dev.migaki.lm.InvalidModelException;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.platform.artifacts.ArtifactStore;
import dev.migaki.platform.artifacts.DirectoryArchive;
import dev.migaki.platform.stage.ErrorCode;
import dev.migaki.platform.stage.PermanentFailure;
import dev.migaki.platform.stage.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Predicate;

/** A model in memory with the number of requests that are using it. */
final class LoadedModel {
  private static final ErrorCode MODEL_UNUSABLE = new ErrorCode("MODEL_UNUSABLE");

  private final LanguageModel model;
  private final Generator generator;
  private int users;
  private boolean closed;

  private LoadedModel(LanguageModel model) {
    this.model = model;
    this.generator = new Generator(model);
  }

  static LoadedModel load(ModelSource source, DeployConfig config, ArtifactStore store) {
    Path baseDirectory = config.modelsDirectory().resolve(source.baseModel());
    try {
      LanguageModel base = LanguageModel.load(baseDirectory);
      if (source.weights() == null) {
        return new LoadedModel(base);
      }
      try (base;
          InputStream zip = store.open(source.weights())) {
        Path directory = config.workDirectory().resolve(source.weights().sha256());
        DirectoryArchive.unpack(zip, directory);
        return new LoadedModel(base.withAdapter(directory));
      }
    } catch (InvalidModelException e) {
      throw new PermanentFailure(
          MODEL_UNUSABLE, "the model " + source.id() + " cannot be loaded", e);
    } catch (IOException e) {
      throw new TransientFailure(
          MODEL_UNUSABLE, "the model " + source.id() + " cannot be unpacked", e);
    }
  }

  Answer answer(List<Turn> conversation, Settings settings, Predicate<String> pieces) {
    List<ChatMessage> messages =
        conversation.stream().map(turn -> new ChatMessage(turn.role(), turn.text())).toList();
    int maxTokens = settings.maxTokens() == null ? Integer.MAX_VALUE : settings.maxTokens();
    try {
      GenerationResult result =
          generator.generate(
              messages,
              GenerationOptions.sampling(
                      maxTokens, settings.temperature(), settings.topP(), settings.seed())
                  .withStop(settings.stops()),
              pieces::test);
      return new Answer(
          result.text(),
          result.promptTokens(),
          result.completionTokens(),
          result.finishReason() == GenerationResult.FinishReason.LENGTH);
    } catch (PromptTooLongException e) {
      throw new PromptTooLong(
          "The conversation has %d tokens, this model reads at most %d; shorten it."
              .formatted(e.promptTokens(), e.maxTokens()));
    }
  }

  synchronized void acquire() {
    users++;
  }

  synchronized void release() {
    users--;
  }

  /** Frees the memory unless a request is using it; true when it is freed. */
  synchronized boolean closeIfIdle() {
    if (users == 0 && !closed) {
      closed = true;
      model.close();
    }
    return closed;
  }
}
