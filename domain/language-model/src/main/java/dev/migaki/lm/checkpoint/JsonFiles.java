package dev.migaki.lm.checkpoint;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The JSON files of a model directory. They hold settings, no text of anyone's. */
public final class JsonFiles {

  private static final ObjectMapper JSON = new ObjectMapper();

  private JsonFiles() {}

  /**
   * Reads an object.
   *
   * @throws InvalidModelException when the file cannot be read or is no JSON object; the message
   *     names file and line
   */
  public static JsonNode object(Path file) {
    try {
      JsonNode json = JSON.readTree(Files.readAllBytes(file));
      if (json == null || !json.isObject()) {
        throw new InvalidModelException(file + ": is not a JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw new InvalidModelException(
          file
              + " is not valid JSON (line "
              + e.getLocation().getLineNr()
              + "): "
              + e.getOriginalMessage(),
          e);
    } catch (IOException e) {
      throw new InvalidModelException("Cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
