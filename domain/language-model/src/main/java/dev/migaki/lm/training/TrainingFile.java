package dev.migaki.lm.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads OpenAI chat JSONL for fine-tuning and audits what of it is supervised.
 *
 * <p>The audit runs before the first step, because a template or role mistake that leaves no answer
 * tokens trains for hours and learns nothing.
 */
public final class TrainingFile {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int FIRST_ANSWER_TOKENS = 4;

  private TrainingFile() {}

  /**
   * The audited content of a file.
   *
   * @param examples one per line
   * @param supervisedTokens tokens with a loss, all examples together
   * @param truncatedRows lines that were longer than the context and were cut at its end
   */
  public record Audited(List<ChatExample> examples, long supervisedTokens, int truncatedRows) {

    public Audited {
      examples = List.copyOf(examples);
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
    List<ChatExample> examples = new ArrayList<>();
    long supervised = 0;
    int truncated = 0;
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        ChatExample example = example(file, number, line, encoding, firstAnswerTokensWeight);
        if (example.tokens().length > maxTokens + 1) {
          truncated++;
          example = cut(example, maxTokens + 1);
        }
        if (example.supervisedTokens() == 0) {
          throw new InvalidTrainingDataException(
              where(file, number)
                  + ": nothing to learn, no assistant token is supervised within "
                  + maxTokens
                  + " tokens; add an assistant message with weight 1 or shorten the prompt");
        }
        supervised += example.supervisedTokens();
        examples.add(example);
      }
    }
    if (examples.isEmpty()) {
      throw new InvalidTrainingDataException(file.getFileName() + " holds no examples");
    }
    return new Audited(examples, supervised, truncated);
  }

  private static ChatExample cut(ChatExample example, int length) {
    return new ChatExample(
        example.line(),
        Arrays.copyOf(example.tokens(), length),
        Arrays.copyOf(example.weights(), length),
        Arrays.copyOf(example.droppable(), length));
  }

  private static String where(Path file, int number) {
    return file.getFileName() + " line " + number;
  }

  private static ChatExample example(
      Path file, int number, String line, ChatEncoding encoding, float firstWeight) {
    List<ChatMessage> messages = new ArrayList<>();
    List<Float> messageWeights = new ArrayList<>();
    for (JsonNode message : messages(file, number, line)) {
      JsonNode role = message.path("role");
      JsonNode content = message.path("content");
      if (!role.isTextual() || !content.isTextual()) {
        throw new InvalidTrainingDataException(
            where(file, number) + ": every message needs a text 'role' and a text 'content'");
      }
      messages.add(new ChatMessage(role.asText(), content.asText()));
      messageWeights.add((float) message.path("weight").asDouble(1));
    }
    List<ChatEncoding.Segment> segments = encoding.segments(messages);
    int[] tokens = ChatEncoding.join(segments);
    float[] weights = new float[tokens.length];
    boolean[] droppable = new boolean[tokens.length];
    int at = 0;
    for (ChatEncoding.Segment segment : segments) {
      for (int i = 0; i < segment.tokens().length; i++, at++) {
        if (segment.part() == ChatEncoding.Part.ANSWER) {
          weights[at] =
              messageWeights.get(segment.message()) * (i < FIRST_ANSWER_TOKENS ? firstWeight : 1f);
        }
        droppable[at] = segment.part() == ChatEncoding.Part.QUESTION;
      }
    }
    return new ChatExample(number, tokens, weights, droppable);
  }

  private static JsonNode messages(Path file, int number, String line) {
    try {
      JsonNode messages = JSON.readTree(line).path("messages");
      if (messages.isArray() && !messages.isEmpty()) {
        return messages;
      }
    } catch (JsonProcessingException e) {
      // the parser's message quotes the text, which may be private
      throw new InvalidTrainingDataException(where(file, number) + ": not valid JSON");
    }
    throw new InvalidTrainingDataException(where(file, number) + ": no 'messages' array");
  }

  /**
   * Tokens of all conversations of a file, by a model's tokenizer, without loading the model.
   *
   * @param tokenizerDirectory a model directory, of which only tokenizer and template are read
   */
  public static long countTokens(Path tokenizerDirectory, Path file) throws IOException {
    try (TextTokenizer tokenizer =
            TextTokenizer.load(tokenizerDirectory.resolve(LlamaCheckpoint.TOKENIZER_FILE));
        java.util.stream.Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      ChatEncoding encoding = ChatEncoding.load(tokenizerDirectory, tokenizer);
      return lines
          .filter(line -> !line.isBlank())
          .mapToLong(line -> example(file, 0, line, encoding, 1f).tokens().length)
          .sum();
    }
  }
}
