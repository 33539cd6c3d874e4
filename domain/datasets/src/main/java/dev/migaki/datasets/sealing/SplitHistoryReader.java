package dev.migaki.datasets.sealing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Reads from the files of a sealed version what it trained and what it held out. */
public final class SplitHistoryReader {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final List<String> HELD = List.of("validation", "test", "edge", "unanswerable");

  private SplitHistoryReader() {}

  /**
   * @param files name to content, as {@link SealedVersion#files()} has them
   */
  public static SplitHistory read(Map<String, byte[]> files) {
    List<String> trained = new ArrayList<>();
    List<String> held = new ArrayList<>();
    addQuestions(files.getOrDefault("train", new byte[0]), trained);
    for (String name : HELD) {
      addQuestions(files.getOrDefault(name, new byte[0]), held);
    }
    return new SplitHistory(trained, held);
  }

  private static void addQuestions(byte[] file, List<String> questions) {
    for (String line : new String(file, StandardCharsets.UTF_8).lines().toList()) {
      try {
        for (JsonNode message : MAPPER.readTree(line).path("messages")) {
          if (message.path("role").asText().equals("user")) {
            questions.add(message.path("content").asText());
          }
        }
      } catch (JsonProcessingException e) {
        throw new IllegalArgumentException("a file of a sealed version is not JSON lines");
      }
    }
  }
}
