package dev.migaki.lm.training;

import com.fasterxml.jackson.databind.JsonNode;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.tokenizer.ChatEncoding;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads OpenAI preference JSONL: {@code {"input": {"messages": […]}, "preferred_output": [one
 * assistant message], "non_preferred_output": [one assistant message]}}.
 */
public final class PreferenceFile {

  private static final String INPUT = "input.messages";
  private static final String ASSISTANT = "assistant";

  private PreferenceFile() {}

  /**
   * The audited content of a file.
   *
   * @param pairs one per line
   * @param rows the conversations of all pairs, two per line, with what was counted about them
   */
  public record Audited(List<PreferencePair> pairs, TrainingFile.Audited rows) {

    public Audited {
      pairs = List.copyOf(pairs);
    }
  }

  /**
   * Encodes every line. Only the two answers are supervised, not those inside the prompt.
   *
   * @param maxTokens longest row; longer ones are cut
   * @throws InvalidTrainingDataException for a line that is no pair, or whose answers do not differ
   *     within {@code maxTokens}; the message names line and field
   */
  public static Audited read(Path file, ChatEncoding encoding, int maxTokens) throws IOException {
    RowAudit rows = new RowAudit(encoding, maxTokens, 1f);
    List<PreferencePair> pairs = new ArrayList<>();
    JsonLines.read(
        file, (where, number, line) -> pairs.add(pair(where, number, line, rows, maxTokens)));
    return new Audited(pairs, rows.audited());
  }

  /**
   * Counts a file by a model's tokenizer, both conversations of a pair.
   *
   * @param directory as in {@link TrainingFile#size}
   * @throws InvalidTrainingDataException as {@link #read}
   */
  public static TrainingFile.Size size(Path directory, Path file) throws IOException {
    long[] counts = new long[2];
    TrainingFile.counting(
        directory,
        (encoding, limit) -> {
          Audited audited = read(file, encoding, limit);
          counts[0] = audited.pairs().size();
          counts[1] = audited.rows().tokens();
        });
    return new TrainingFile.Size((int) counts[0], counts[1]);
  }

  private static PreferencePair pair(
      String where, int number, String line, RowAudit rows, int maxTokens) {
    JsonNode json = JsonLines.json(where, line);
    List<RowAudit.Message> prompt = prompt(where, json.path("input"));
    ChatExample preferred = row(where, number, prompt, json, "preferred_output", rows);
    ChatExample rejected = row(where, number, prompt, json, "non_preferred_output", rows);
    if (Arrays.equals(preferred.tokens(), rejected.tokens())) {
      throw new InvalidTrainingDataException(
          where
              + ": 'preferred_output' and 'non_preferred_output' do not differ within "
              + maxTokens
              + " tokens; remove the line or shorten the prompt");
    }
    return new PreferencePair(number, preferred, rejected);
  }

  private static List<RowAudit.Message> prompt(String where, JsonNode input) {
    JsonLines.refuse(where + ", 'input'", input, "tools", "functions");
    List<RowAudit.Message> messages = new ArrayList<>();
    for (JsonNode message : JsonLines.array(where, input.path("messages"), INPUT)) {
      // an answer inside the prompt is context for both
      messages.add(new RowAudit.Message(message(where + ", '" + INPUT + "'", message), 0f));
    }
    if (messages.get(messages.size() - 1).message().role().equals(ASSISTANT)) {
      throw new InvalidTrainingDataException(
          where + ": '" + INPUT + "' ends with an assistant message; nothing is asked");
    }
    return messages;
  }

  /** A pair's loss has no weights: one that asks for them would be trained as if it did not. */
  private static ChatMessage message(String where, JsonNode message) {
    JsonLines.refuse(where, message, "weight");
    return JsonLines.message(where, message);
  }

  private static ChatExample row(
      String where,
      int number,
      List<RowAudit.Message> prompt,
      JsonNode json,
      String field,
      RowAudit rows) {
    JsonNode output = JsonLines.array(where, json.path(field), field);
    ChatMessage answer = message(where + ", '" + field + "'", output.path(0));
    if (output.size() != 1 || !answer.role().equals(ASSISTANT)) {
      throw new InvalidTrainingDataException(
          where + ": '" + field + "' must hold exactly one assistant message");
    }
    List<RowAudit.Message> messages = new ArrayList<>(prompt);
    messages.add(new RowAudit.Message(answer, 1f));
    return rows.add(where + ", '" + field + "'", number, messages);
  }
}
