package dev.migaki.deploy.rest;

import dev.migaki.deploy.domain.ChatModels.Settings;
import dev.migaki.deploy.domain.ChatModels.TokenScore;
import dev.migaki.platform.openai.TokenLogprobs;
import dev.migaki.platform.openai.TokenLogprobs.Alternative;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Token scores in the form of the API. */
final class Logprobs {

  private Logprobs() {}

  /** Nothing when they were not asked for. */
  static @Nullable TokenLogprobs of(Settings settings, List<TokenScore> scores) {
    if (settings.alternatives() < 0) {
      return null;
    }
    return TokenLogprobs.of(
        scores.stream()
            .map(
                score ->
                    TokenLogprobs.token(
                        score.bytes(),
                        score.logprob(),
                        score.top().stream()
                            .map(top -> Alternative.of(top.bytes(), top.logprob()))
                            .toList()))
            .toList());
  }
}
