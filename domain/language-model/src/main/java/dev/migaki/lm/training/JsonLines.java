package dev.migaki.lm.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.ChatMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of a training file, each a JSON object; messages never quote the text, it is private. */
final class JsonLines {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonLines() {}

  /** Takes one line. */
  interface Reader {
    /**
     * @param where file and line, for errors
     * @param number of the line, from 1
     */
    void line(String where, int number, String text);
  }

  /**
   * Passes on all lines that are not blank.
   *
   * @throws InvalidTrainingDataException when there are none
   */
  static void read(Path file, Reader reader) throws IOException {
    boolean any = false;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank()) {
          any = true;
          reader.line(file.getFileName() + " line " + number, number, line);
        }
      }
    }
    if (!any) {
      throw new InvalidTrainingDataException(file.getFileName() + " holds no examples");
    }
  }

  /**
   * @throws InvalidTrainingDataException when it is no JSON
   */
  static JsonNode json(String where, String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      // the parser's message quotes the text
      throw new InvalidTrainingDataException(where + ": not valid JSON");
    }
  }

  /**
   * @param field its name, for the error
   * @throws InvalidTrainingDataException when it is no array or an empty one
   */
  static JsonNode array(String where, JsonNode value, String field) {
    if (!value.isArray() || value.isEmpty()) {
      throw new InvalidTrainingDataException(where + ": no '" + field + "' array");
    }
    return value;
  }

  /**
   * @throws InvalidTrainingDataException when role or content is missing or no text
   */
  static ChatMessage message(String where, JsonNode message) {
    JsonNode role = message.path("role");
    JsonNode content = message.path("content");
    if (!role.isTextual() || !content.isTextual()) {
      throw new InvalidTrainingDataException(
          where + ": every message needs a text 'role' and a text 'content'");
    }
    return new ChatMessage(role.asText(), content.asText());
  }
}
