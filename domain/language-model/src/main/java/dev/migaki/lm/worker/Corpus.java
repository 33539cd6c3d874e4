package dev.migaki.lm.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.ChatMessage;
import dev.migaki.lm.tokenizer.ChatEncoding;
import dev.migaki.lm.tokenizer.ChatTemplate;
import dev.migaki.lm.tokenizer.TextTokenizer;
import dev.migaki.lm.training.TokenRows;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads pre-training text: JSONL lines of {@code {"text"}} or {@code {"messages"}}, one document
 * each.
 */
final class Corpus {

  private static final ObjectMapper JSON = new ObjectMapper();

  private Corpus() {}

  /**
   * Token ids of every document, each ended by the end-of-text token; tokens that are no answer in
   * chats are marked as context.
   */
  static List<int[]> encode(List<Path> files, TextTokenizer tokenizer) throws IOException {
    ChatEncoding chat = new ChatEncoding(tokenizer, ChatTemplate.chatMl());
    int end = tokenizer.specialToken(ChatEncoding.END_OF_TEXT).orElseThrow();
    List<int[]> documents = new ArrayList<>();
    forEachLine(
        files,
        line -> {
          int[] tokens =
              line.has("messages")
                  ? chatTokens(chat.segments(messages(line)))
                  : tokenizer.encode(chat.withoutMarkers(line.path("text").asText("")));
          if (tokens.length > 0) {
            int[] document = Arrays.copyOf(tokens, tokens.length + 1);
            document[tokens.length] = line.has("messages") ? end | TokenRows.CONTEXT : end;
            documents.add(document);
          }
        });
    return documents;
  }

  private static int[] chatTokens(List<ChatEncoding.Segment> segments) {
    int[] tokens = ChatEncoding.join(segments);
    int at = 0;
    for (ChatEncoding.Segment segment : segments) {
      for (int i = 0; i < segment.tokens().length; i++, at++) {
        if (segment.part() != ChatEncoding.Part.ANSWER) {
          tokens[at] |= TokenRows.CONTEXT;
        }
      }
    }
    return tokens;
  }

  /** Every text in the files, without markup. */
  static void forEachText(List<Path> files, Consumer<String> consumer) throws IOException {
    forEachLine(
        files,
        line -> {
          if (line.has("messages")) {
            messages(line).forEach(message -> consumer.accept(message.content()));
          } else {
            consumer.accept(line.path("text").asText(""));
          }
        });
  }

  private static List<ChatMessage> messages(JsonNode line) {
    List<ChatMessage> messages = new ArrayList<>();
    for (JsonNode message : line.path("messages")) {
      messages.add(
          new ChatMessage(message.path("role").asText("user"), message.path("content").asText("")));
    }
    return messages;
  }

  private static void forEachLine(List<Path> files, Consumer<JsonNode> consumer)
      throws IOException {
    for (Path file : files) {
      try (BufferedReader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
        int number = 0;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
          number++;
          if (line.isBlank()) {
            continue;
          }
          try {
            consumer.accept(JSON.readTree(line));
          } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IOException(file + " line " + number + " is not valid JSON", e);
          }
        }
      }
    }
  }
}
