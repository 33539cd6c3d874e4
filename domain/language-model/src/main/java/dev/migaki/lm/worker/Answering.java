package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.GenerationOptions;
import dev.migaki.lm.GenerationResult;
import dev.migaki.lm.Generator;
import dev.migaki.lm.LanguageModel;
import dev.migaki.lm.TokenListener;
import dev.migaki.lm.training.InvalidTrainingDataException;
import dev.migaki.lm.training.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers one prompt, piece by piece, or the questions of a file. */
final class Answering {

  private Answering() {}

  static void run(ModelTask task, Consumer<ObjectNode> events) throws IOException {
    GenerationOptions options =
        GenerationOptions.sampling(
            task.maxNewTokens() == null ? 256 : task.maxNewTokens(),
            task.temperature() == null ? 0 : task.temperature(),
            task.topP() == null ? 1 : task.topP(),
            task.seed() == null ? 0 : task.seed());
    try (LanguageModel base = LanguageModel.load(task.base())) {
      Optional<LanguageModel> tuned = task.adapter().map(base::withAdapter);
      try {
        answer(task, tuned.orElse(base), options, events);
      } finally {
        tuned.ifPresent(LanguageModel::close);
      }
    }
  }

  private static void answer(
      ModelTask task, LanguageModel model, GenerationOptions options, Consumer<ObjectNode> events)
      throws IOException {
    String prompt = task.prompt();
    long started = System.nanoTime();
    long made = 0;
    if (prompt != null) {
      int[] tokens = prompt(model, prompt, task.system(), Boolean.TRUE.equals(task.raw()));
      GenerationResult result = stream(model, tokens, options, events);
      made = result.completionTokens();
      events.accept(answerLine(1, result));
    } else {
      List<Question> questions = questions(task.input());
      List<int[]> prompts =
          questions.stream().map(question -> model.chat().prompt(question.messages())).toList();
      List<GenerationResult> results =
          new Generator(model)
              .generateAll(
                  prompts,
                  options,
                  finished ->
                      events.accept(
                          ProgressFile.event("step")
                              .put("step", finished)
                              .put("totalSteps", prompts.size())));
      for (int i = 0; i < results.size(); i++) {
        made += results.get(i).completionTokens();
        events.accept(answerLine(questions.get(i).line(), results.get(i)));
      }
    }
    double seconds = (System.nanoTime() - started) / 1e9;
    events.accept(
        ProgressFile.event("done")
            .put("completionTokens", made)
            .put("elapsedSeconds", ProgressFile.rounded(seconds))
            .put("tokensPerSecond", ProgressFile.rounded(made / Math.max(1e-9, seconds))));
  }

  private static int[] prompt(
      LanguageModel model, String prompt, @Nullable String system, boolean raw) {
    if (raw) {
      int[] tokens = model.tokenizer().encode(prompt);
      if (tokens.length == 0) {
        throw new IllegalArgumentException("the prompt is empty");
      }
      return tokens;
    }
    List<ChatMessage> messages = new ArrayList<>();
    if (system != null) {
      messages.add(new ChatMessage("system", system));
    }
    messages.add(new ChatMessage("user", prompt));
    return model.chat().prompt(messages);
  }

  private static GenerationResult stream(
      LanguageModel model, int[] prompt, GenerationOptions options, Consumer<ObjectNode> events) {
    TokenListener listener =
        piece -> {
          events.accept(ProgressFile.event("text").put("text", piece));
          return true;
        };
    return new Generator(model).continueText(prompt, options, listener);
  }

  private static ObjectNode answerLine(int line, GenerationResult result) {
    return ProgressFile.event("answer")
        .put("line", line)
        .put("answer", result.text())
        .put("logLikelihood", result.logLikelihood())
        .put("promptTokens", result.promptTokens())
        .put("completionTokens", result.completionTokens())
        .put("finishReason", result.finishReason().label());
  }

  private record Question(int line, List<ChatMessage> messages) {}

  private static List<Question> questions(Path file) throws IOException {
    List<Question> questions = new ArrayList<>();
    JsonLines.read(
        file, (where, number, line) -> questions.add(new Question(number, messages(where, line))));
    return questions;
  }

  /** A conversation that ends with an answer is asked without it. */
  private static List<ChatMessage> messages(String where, String line) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode message : JsonLines.json(where, line).path("messages")) {
      messages.add(JsonLines.message(where + ", message " + (messages.size() + 1), message));
    }
    if (!messages.isEmpty() && messages.get(messages.size() - 1).role().equals("assistant")) {
      messages.remove(messages.size() - 1);
    }
    if (messages.isEmpty()) {
      throw new InvalidTrainingDataException(where + ": needs 'messages' with a question");
    }
    return messages;
  }
}
