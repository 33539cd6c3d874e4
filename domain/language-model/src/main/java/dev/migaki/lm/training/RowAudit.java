package dev.migaki.lm.training;

import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.tokenizer.ChatEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/** Encodes the conversations of a file and counts what about them is odd. */
final class RowAudit {

  private static final int FIRST_ANSWER_TOKENS = 4;

  private final ChatEncoding encoding;
  private final int maxTokens;
  private final float firstWeight;
  private final Collection<Integer> markers;
  private final List<ChatExample> examples = new ArrayList<>();
  private long tokens;
  private long supervised;
  private int truncated;
  private int openEnded;
  private int altered;

  /**
   * @param maxTokens longest row; longer ones are cut
   * @param firstWeight loss weight of the first four tokens of each answer; later ones have 1
   */
  RowAudit(ChatEncoding encoding, int maxTokens, float firstWeight) {
    this.encoding = encoding;
    this.maxTokens = maxTokens;
    this.firstWeight = firstWeight;
    this.markers = encoding.tokenizer().specialTokens().values();
  }

  /**
   * A message as it is in the file.
   *
   * @param weight loss weight of an answer, 0 to leave it out of the loss
   */
  record Message(ChatMessage message, float weight) {}

  /**
   * Encodes a conversation and counts it.
   *
   * @param where file and line, for errors
   * @throws InvalidTrainingDataException when no token is supervised
   */
  ChatExample add(String where, int line, List<Message> messages) {
    Encoded encoded = encode(encoding, line, messages, firstWeight);
    ChatExample example = encoded.example();
    altered += encoded.altered() ? 1 : 0;
    if (example.tokens().length > maxTokens + 1) {
      truncated++;
      example = cut(example, maxTokens + 1);
    }
    if (example.supervisedTokens() == 0) {
      throw new InvalidTrainingDataException(
          where
              + ": nothing to learn, no assistant token is supervised within "
              + maxTokens
              + " tokens; add an assistant message with weight 1 or shorten the prompt");
    }
    count(example);
    examples.add(example);
    return example;
  }

  private void count(ChatExample example) {
    tokens += example.tokens().length;
    supervised += example.supervisedTokens();
    int last = example.tokens().length - 1;
    while (example.weights()[last] == 0) {
      last--;
    }
    openEnded += markers.contains(example.tokens()[last]) ? 0 : 1;
  }

  /** All conversations that were added, with what was counted. */
  TrainingFile.Audited audited() {
    return new TrainingFile.Audited(examples, tokens, supervised, truncated, openEnded, altered);
  }

  private static ChatExample cut(ChatExample example, int length) {
    return new ChatExample(
        example.line(),
        Arrays.copyOf(example.tokens(), length),
        Arrays.copyOf(example.weights(), length),
        Arrays.copyOf(example.droppable(), length));
  }

  /**
   * A conversation as tokens.
   *
   * @param altered whether the tokenizer does not give an answer back as it was written
   */
  record Encoded(ChatExample example, boolean altered) {}

  static Encoded encode(
      ChatEncoding encoding, int line, List<Message> messages, float firstWeight) {
    List<ChatEncoding.Segment> segments =
        encoding.segments(messages.stream().map(Message::message).toList());
    int[] tokens = ChatEncoding.join(segments);
    float[] weights = new float[tokens.length];
    boolean[] droppable = new boolean[tokens.length];
    int at = 0;
    boolean altered = false;
    for (ChatEncoding.Segment segment : segments) {
      boolean answer = segment.part() == ChatEncoding.Part.ANSWER;
      altered |= answer && !givesBack(encoding, segment, messages.get(segment.message()).message());
      for (int i = 0; i < segment.tokens().length; i++, at++) {
        if (answer) {
          weights[at] =
              messages.get(segment.message()).weight()
                  * (i < FIRST_ANSWER_TOKENS ? firstWeight : 1f);
        }
        droppable[at] = segment.part() == ChatEncoding.Part.QUESTION;
      }
    }
    return new Encoded(new ChatExample(line, tokens, weights, droppable), altered);
  }

  private static boolean givesBack(
      ChatEncoding encoding, ChatEncoding.Segment segment, ChatMessage message) {
    String written = encoding.withoutMarkers(message.content()).strip();
    return encoding.tokenizer().decode(segment.tokens(), true).contains(written);
  }
}
