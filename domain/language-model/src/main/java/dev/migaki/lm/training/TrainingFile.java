package dev.migaki.lm.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads OpenAI chat JSONL for fine-tuning and audits what of it is supervised.
 *
 * <p>The audit runs before the first step, because a template or role mistake that leaves no answer
 * tokens trains for hours and learns nothing.
 */
public final class TrainingFile {

  private TrainingFile() {}

  /**
   * The audited content of a file.
   *
   * @param examples one per line
   * @param tokens tokens of all conversations, cut ones as cut
   * @param supervisedTokens tokens with a loss, all examples together
   * @param truncatedRows lines that were longer than the context and were cut at its end
   * @param openEndedRows lines whose last supervised token is no end marker: the model would not
   *     learn to stop there
   * @param alteredRows lines with an answer that the tokenizer does not give back as it was written
   */
  public record Audited(
      List<ChatExample> examples,
      long tokens,
      long supervisedTokens,
      int truncatedRows,
      int openEndedRows,
      int alteredRows) {

    public Audited {
      examples = List.copyOf(examples);
    }

    /** Supervised tokens per token, in {@code (0, 1]}. */
    public double supervisedShare() {
      return (double) supervisedTokens / Math.max(1, tokens);
    }
  }

  /**
   * Encodes every line.
   *
   * @param maxTokens longest row; longer ones are cut
   * @param firstAnswerTokensWeight loss weight of the first four tokens of each answer, where the
   *     right answer is chosen; later ones have 1
   * @throws InvalidTrainingDataException for a line that is no conversation or has no supervised
   *     token
   */
  public static Audited read(
      Path file, ChatEncoding encoding, int maxTokens, float firstAnswerTokensWeight)
      throws IOException {
    RowAudit rows = new RowAudit(encoding, maxTokens, firstAnswerTokensWeight);
    JsonLines.read(file, (where, number, line) -> rows.add(where, number, messages(where, line)));
    return rows.audited();
  }

  private static List<RowAudit.Message> messages(String where, String line) {
    List<RowAudit.Message> messages = new ArrayList<>();
    JsonNode json = JsonLines.json(where, line);
    JsonLines.refuse(where, json, "tools", "functions");
    for (JsonNode message : JsonLines.array(where, json.path("messages"), "messages")) {
      String which = where + ", message " + (messages.size() + 1);
      messages.add(new RowAudit.Message(JsonLines.message(which, message), weight(which, message)));
    }
    return messages;
  }

  /** OpenAI's rule: a turn counts or does not. Absent, it counts. */
  private static float weight(String where, JsonNode message) {
    JsonNode weight = message.path("weight");
    if (weight.isMissingNode() || weight.isNull()) {
      return 1f;
    }
    if (!weight.isInt() || weight.intValue() < 0 || weight.intValue() > 1) {
      throw new InvalidTrainingDataException(where + ": 'weight' must be 0 or 1");
    }
    return weight.intValue();
  }

  /**
   * How much there is to train, without loading a model.
   *
   * @param examples lines
   * @param tokens of all conversations; times the passes this is what a run reports as trained
   */
  public record Size(int examples, long tokens) {}

  /**
   * Counts a file by a model's tokenizer. Longer conversations than the context count as they are
   * cut for training.
   *
   * @param directory a model directory, of which only tokenizer, template and the context's length
   *     are read
   * @throws InvalidTrainingDataException for a line that is no conversation
   */
  public static Size size(Path directory, Path file) throws IOException {
    long[] counts = new long[2];
    counting(
        directory,
        (encoding, limit) ->
            JsonLines.read(
                file,
                (where, number, line) -> {
                  ChatExample example =
                      RowAudit.encode(encoding, number, messages(where, line), 1f).example();
                  counts[0]++;
                  counts[1] += Math.min(limit + 1L, example.tokens().length);
                }));
    return new Size((int) counts[0], counts[1]);
  }

  /** Counts with a model's encoding and context. */
  interface Counting {
    void with(ChatEncoding encoding, int maxTokens) throws IOException;
  }

  static void counting(Path directory, Counting counting) throws IOException {
    Path config = directory.resolve(LlamaCheckpoint.CONFIG_FILE);
    int limit =
        Files.exists(config) ? ModelConfig.read(config).maxPositions() : Integer.MAX_VALUE - 1;
    try (TextTokenizer tokenizer =
        TextTokenizer.load(directory.resolve(LlamaCheckpoint.TOKENIZER_FILE))) {
      counting.with(ChatEncoding.load(directory, tokenizer), limit);
    }
  }
}
