package dev.migaki.lm.training;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.ChatMessage;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Lines of a training file, each a JSON object; messages never quote the text, it is private. */
public final class JsonLines {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private JsonLines() {}

  /** Takes one line. */
  public interface Reader {
    /**
     * @param where file and line, for errors
     * @param number of the line, from 1
     */
    void line(String where, int number, String text);
  }

  /**
   * Passes on all lines that are not blank. A byte order mark is skipped.
   *
   * @throws InvalidTrainingDataException when there are none, or one is not UTF-8
   */
  public static void read(Path file, Reader reader) throws IOException {
    boolean any = false;
    // one char per byte: a reader that decodes ahead could not name the line that is wrong
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
      int number = 0;
      for (String bytes = lines.readLine(); bytes != null; bytes = lines.readLine()) {
        number++;
        String line = decoded(bytes.getBytes(StandardCharsets.ISO_8859_1), file, number);
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

  private static String decoded(byte[] line, Path file, int number) {
    try {
      String text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
      return number == 1 && text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new InvalidTrainingDataException(
          file.getFileName() + " is not UTF-8 (line " + number + "); convert it");
    }
  }

  /**
   * @throws InvalidTrainingDataException when it is no JSON
   */
  public static JsonNode json(String where, String text) {
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
  public static JsonNode array(String where, JsonNode value, String field) {
    if (!value.isArray() || value.isEmpty()) {
      throw new InvalidTrainingDataException(where + ": no '" + field + "' array");
    }
    return value;
  }

  /**
   * @throws InvalidTrainingDataException when role or content is missing or no text, or there are
   *     calls of tools, which would be lost
   */
  public static ChatMessage message(String where, JsonNode message) {
    refuse(where, message, "tool_calls", "function_call");
    JsonNode role = message.path("role");
    JsonNode content = message.path("content");
    if (!role.isTextual() || !content.isTextual()) {
      throw new InvalidTrainingDataException(
          where + ": every message needs a text 'role' and a text 'content'");
    }
    return new ChatMessage(role.asText(), content.asText());
  }

  /**
   * @throws InvalidTrainingDataException when one of the fields is there and not empty
   */
  static void refuse(String where, JsonNode object, String... fields) {
    for (String field : fields) {
      JsonNode value = object.path(field);
      boolean absent =
          value.isMissingNode() || value.isNull() || (value.isContainerNode() && value.isEmpty());
      if (!absent) {
        throw new InvalidTrainingDataException(
            where + ": '" + field + "' is not supported; remove it or the line");
      }
    }
  }
}
