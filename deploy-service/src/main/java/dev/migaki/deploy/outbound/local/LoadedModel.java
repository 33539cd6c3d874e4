package dev.migaki.deploy.outbound.local;

import dev.migaki.deploy.domain.ChatModels.Answer;
import dev.migaki.deploy.domain.ChatModels.Piece;
import dev.migaki.deploy.domain.ChatModels.PromptTooLong;
import dev.migaki.deploy.domain.ChatModels.Settings;
import dev.migaki.deploy.domain.ChatModels.Turn;
import dev.migaki.lm.Generator;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.generation.LoadedAdapter;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A model in memory with the number of requests that are using it. An adapter counts as a user of
 * its base, so a base stays while one of its adapters does.
 */
final class LoadedModel {
  private final LanguageModel model;
  private final Generator generator;
  private final @Nullable LoadedAdapter adapter;
  private final @Nullable LoadedModel base;
  private final long bytes;
  private int users;
  private boolean closed;

  private LoadedModel(
      LanguageModel model,
      @Nullable LoadedAdapter adapter,
      @Nullable LoadedModel base,
      long bytes) {
    this.model = model;
    this.adapter = adapter;
    this.base = base;
    this.bytes = bytes;
    this.generator = new Generator(model, adapter);
  }

  /** A model with weights of its own. */
  static LoadedModel whole(LanguageModel model) {
    return new LoadedModel(model, null, null, model.memoryBytes());
  }

  /** An adapter over a base that others use too. */
  static LoadedModel over(LoadedModel base, LoadedAdapter adapter) {
    base.acquire();
    return new LoadedModel(base.model, adapter, base, adapter.bytes());
  }

  LanguageModel model() {
    return model;
  }

  /** Memory that closing gives back. */
  long bytes() {
    return bytes;
  }

  List<Answer> answer(List<Turn> conversation, Settings settings, Predicate<Piece> pieces) {
    return Answering.answer(
        generator, model.chat().prompt(Answering.messages(conversation)), settings, pieces);
  }

  void requireRoom(List<Turn> conversation) {
    int tokens = model.chat().prompt(Answering.messages(conversation)).length;
    if (tokens >= model.config().maxPositions()) {
      throw new PromptTooLong(tokens, model.config().maxPositions());
    }
  }

  synchronized void acquire() {
    users++;
  }

  synchronized void release() {
    users--;
  }

  /** Frees the memory unless a request or an adapter is using it; true when it is freed. */
  synchronized boolean closeIfIdle() {
    if (users == 0 && !closed) {
      closed = true;
      if (adapter != null && base != null) {
        adapter.close();
        base.release();
      } else {
        model.close();
      }
    }
    return closed;
  }
}
