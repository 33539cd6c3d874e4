package dev.migaki.lm.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.model.LlamaCheckpoint;
import dev.migaki.lm.model.ModelConfig;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.TextTokenizer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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
    List<ChatExample> examples = new ArrayList<>();
    Counts counts = new Counts(encoding.tokenizer());
    try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        Encoded encoded = example(file, number, line, encoding, firstAnswerTokensWeight);
        ChatExample example = encoded.example();
        counts.altered += encoded.altered() ? 1 : 0;
        if (example.tokens().length > maxTokens + 1) {
          counts.truncated++;
          example = cut(example, maxTokens + 1);
        }
        if (example.supervisedTokens() == 0) {
          throw new InvalidTrainingDataException(
              where(file, number)
                  + ": nothing to learn, no assistant token is supervised within "
                  + maxTokens
                  + " tokens; add an assistant message with weight 1 or shorten the prompt");
        }
        counts.add(example);
        examples.add(example);
      }
    }
    if (examples.isEmpty()) {
      throw new InvalidTrainingDataException(file.getFileName() + " holds no examples");
    }
    return new Audited(
        examples,
        counts.tokens,
        counts.supervised,
        counts.truncated,
        counts.openEnded,
        counts.altered);
  }

  private static final class Counts {
    private final Collection<Integer> markers;
    private long tokens;
    private long supervised;
    private int truncated;
    private int openEnded;
    private int altered;

    Counts(TextTokenizer tokenizer) {
      this.markers = tokenizer.specialTokens().values();
    }

    void add(ChatExample example) {
      tokens += example.tokens().length;
      supervised += example.supervisedTokens();
      int last = example.tokens().length - 1;
      while (example.weights()[last] == 0) {
        last--;
      }
      openEnded += markers.contains(example.tokens()[last]) ? 0 : 1;
    }
  }

  private record Encoded(ChatExample example, boolean altered) {}

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

  private static Encoded example(
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
    boolean altered = false;
    for (ChatEncoding.Segment segment : segments) {
      altered |=
          segment.part() == ChatEncoding.Part.ANSWER
              && !givesBack(encoding, segment, messages.get(segment.message()));
      for (int i = 0; i < segment.tokens().length; i++, at++) {
        if (segment.part() == ChatEncoding.Part.ANSWER) {
          weights[at] =
              messageWeights.get(segment.message()) * (i < FIRST_ANSWER_TOKENS ? firstWeight : 1f);
        }
        droppable[at] = segment.part() == ChatEncoding.Part.QUESTION;
      }
    }
    return new Encoded(new ChatExample(number, tokens, weights, droppable), altered);
  }

  private static boolean givesBack(
      ChatEncoding encoding, ChatEncoding.Segment segment, ChatMessage message) {
    String written = encoding.withoutMarkers(message.content()).strip();
    return encoding.tokenizer().decode(segment.tokens(), true).contains(written);
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
   * Longer ones than the context count as they are cut for training, so this times the passes is
   * what a run reports as trained.
   *
   * @param tokenizerDirectory a model directory, of which only tokenizer and template are read
   */
  public static long countTokens(Path tokenizerDirectory, Path file) throws IOException {
    Path config = tokenizerDirectory.resolve(LlamaCheckpoint.CONFIG_FILE);
    int limit =
        Files.exists(config) ? ModelConfig.read(config).maxPositions() + 1 : Integer.MAX_VALUE;
    try (TextTokenizer tokenizer =
            TextTokenizer.load(tokenizerDirectory.resolve(LlamaCheckpoint.TOKENIZER_FILE));
        java.util.stream.Stream<String> lines = Files.lines(file, StandardCharsets.UTF_8)) {
      ChatEncoding encoding = ChatEncoding.load(tokenizerDirectory, tokenizer);
      return lines
          .filter(line -> !line.isBlank())
          .mapToLong(
              line ->
                  Math.min(limit, example(file, 0, line, encoding, 1f).example().tokens().length))
          .sum();
    }
  }
}
