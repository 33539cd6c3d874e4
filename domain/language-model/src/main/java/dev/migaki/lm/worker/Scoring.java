package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.generation.TokenScores;
import dev.migaki.lm.training.ChatExample;
import dev.migaki.lm.training.InvalidTrainingDataException;
import dev.migaki.lm.training.TrainingFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** How likely the answers of a chat file are to a model, token by token. */
final class Scoring {

  private Scoring() {}

  /**
   * One {@code example} event per line of the file.
   *
   * @throws InvalidTrainingDataException for a line that is no conversation, has no answer, or is
   *     longer than the model's context: a score of a part would not be comparable
   */
  static void run(ModelTask task, Consumer<ObjectNode> events) throws IOException {
    Path input = task.input();
    try (LanguageModel base = LanguageModel.load(task.base())) {
      Optional<LanguageModel> tuned = task.adapter().map(base::withAdapter);
      try {
        LanguageModel model = tuned.orElse(base);
        List<ChatExample> examples =
            TrainingFile.read(input, model.chat(), Integer.MAX_VALUE - 1, 1f).examples();
        score(model, input, examples, events);
      } finally {
        tuned.ifPresent(LanguageModel::close);
      }
    }
  }

  private static void score(
      LanguageModel model, Path input, List<ChatExample> examples, Consumer<ObjectNode> events) {
    int context = model.config().maxPositions();
    for (ChatExample example : examples) {
      if (example.tokens().length > context + 1) {
        throw new InvalidTrainingDataException(
            input.getFileName()
                + " line "
                + example.line()
                + ": "
                + example.tokens().length
                + " tokens, the model's context holds "
                + context
                + "; shorten the conversation");
      }
    }
    TokenScores scores = new TokenScores(model);
    double sum = 0;
    long counted = 0;
    for (ChatExample example : examples) {
      double[] values = scores.of(example.tokens());
      ObjectNode line = line(example, values);
      sum += line.path("logLikelihood").doubleValue();
      counted += example.supervisedTokens();
      events.accept(line);
    }
    events.accept(
        ProgressFile.event("done")
            .put("examples", examples.size())
            .put("supervisedTokens", counted)
            .put("logLikelihood", sum)
            .put("meanLoss", -sum / counted)
            .put("perplexity", Math.exp(-sum / counted)));
  }

  private static ObjectNode line(ChatExample example, double[] values) {
    ObjectNode json =
        ProgressFile.event("example")
            .put("line", example.line())
            .put("tokens", example.tokens().length)
            .put("supervisedTokens", example.supervisedTokens());
    double sum = 0;
    ArrayNode ids = ProgressFile.line().arrayNode();
    ArrayNode likelihoods = ProgressFile.line().arrayNode();
    ArrayNode supervised = ProgressFile.line().arrayNode();
    for (int i = 0; i < example.tokens().length; i++) {
      ids.add(example.tokens()[i]);
      supervised.add(i > 0 && example.weights()[i] > 0);
      if (i == 0) {
        // nothing stands before the first token
        likelihoods.addNull();
        continue;
      }
      likelihoods.add(values[i - 1]);
      if (example.weights()[i] > 0) {
        sum += values[i - 1];
      }
    }
    json.put("logLikelihood", sum).put("meanLoss", -sum / example.supervisedTokens());
    json.set("tokenIds", ids);
    json.set("tokenLogLikelihoods", likelihoods);
    json.set("tokenSupervised", supervised);
    return json;
  }
}
