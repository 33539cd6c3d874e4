package dev.migaki.deploy.outbound.local;

import dev.migaki.deploy.domain.ChatModels.Answer;
import dev.migaki.deploy.domain.ChatModels.Piece;
import dev.migaki.deploy.domain.ChatModels.PromptTooLong;
import dev.migaki.deploy.domain.ChatModels.Settings;
import dev.migaki.deploy.domain.ChatModels.TokenScore;
import dev.migaki.deploy.domain.ChatModels.Turn;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationOptions.Format;
import dev.migaki.lm.GenerationOptions.Penalties;
import dev.migaki.lm.GenerationOptions.Sampling;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.Generator;
import dev.migaki.lm.PromptTooLongException;
import dev.migaki.lm.TokenListener;
import dev.migaki.lm.TokenLogprob;
import dev.migaki.lm.generation.RunningAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** A request in the language model's terms, and its answers in the stage's. */
final class Answering {

  private Answering() {}

  /** Starts all choices at once, so that they decode together, and hands them over in order. */
  static List<Answer> answer(
      Generator generator, int[] prompt, Settings settings, Predicate<Piece> pieces) {
    GenerationOptions options = options(settings);
    List<RunningAnswer> running = new ArrayList<>();
    List<Answer> answers = new ArrayList<>();
    try {
      for (int i = 0; i < settings.choices(); i++) {
        running.add(generator.start(prompt, options.withSeed(options.seed() + i)));
      }
      for (int i = 0; i < running.size(); i++) {
        GenerationResult result = running.get(i).await(listener(i, pieces));
        if (result.finishReason() == GenerationResult.FinishReason.CANCELLED) {
          // whoever asked has gone, and wants none of the others either
          running.forEach(RunningAnswer::cancel);
        }
        answers.add(answer(result));
      }
      return answers;
    } catch (PromptTooLongException e) {
      throw new PromptTooLong(e.promptTokens(), e.maxTokens());
    } finally {
      // frees the places after a failure; nothing happens to answers that have ended
      running.forEach(RunningAnswer::cancel);
    }
  }

  static List<ChatMessage> messages(List<Turn> conversation) {
    return conversation.stream().map(turn -> new ChatMessage(turn.role(), turn.text())).toList();
  }

  private static TokenListener listener(int choice, Predicate<Piece> pieces) {
    return new TokenListener() {
      @Override
      public boolean onText(String piece) {
        return onPiece(piece, List.of());
      }

      @Override
      public boolean onPiece(String piece, List<TokenLogprob> logprobs) {
        return pieces.test(new Piece(choice, piece, scores(logprobs)));
      }
    };
  }

  private static GenerationOptions options(Settings settings) {
    int maxTokens = settings.maxTokens() == null ? Integer.MAX_VALUE : settings.maxTokens();
    return GenerationOptions.greedy(maxTokens)
        .withSampling(
            new Sampling(
                settings.drawing().temperature(),
                settings.drawing().topP(),
                settings.drawing().topK(),
                settings.drawing().minP()))
        .withPenalties(
            new Penalties(
                settings.penalties().presence(),
                settings.penalties().frequency(),
                settings.penalties().repetition()))
        .withLogitBias(settings.logitBias())
        .withStop(settings.stops())
        .withSeed(settings.drawing().seed())
        .withTopLogprobs(settings.alternatives())
        .withFormat(settings.jsonObject() ? Format.JSON_OBJECT : Format.TEXT);
  }

  private static Answer answer(GenerationResult result) {
    return new Answer(
        result.text(),
        result.promptTokens(),
        result.cachedTokens(),
        result.completionTokens(),
        result.finishReason() == GenerationResult.FinishReason.LENGTH,
        scores(result.logprobs()));
  }

  private static List<TokenScore> scores(List<TokenLogprob> logprobs) {
    return logprobs.stream()
        .map(
            token ->
                new TokenScore(
                    token.bytes().stream().map(Byte::toUnsignedInt).toList(),
                    token.logprob(),
                    scores(token.top())))
        .toList();
  }
}
