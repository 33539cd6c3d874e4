package dev.migaki.documents.parsing;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.migaki.documents.ParsedDocument;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** JSON documents and JSON lines; what the objects mean is {@link JsonShapes}' business. */
final class JsonReader implements FormatReader {

  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(200)
                      .maxStringLength(20_000_000)
                      .build())
              .build());

  @Override
  public ParsedDocument read(Source source, Blocks blocks) throws Refusal {
    TextDecoder.Decoded decoded = TextDecoder.decode(source.bytes(), source.hints().charset());
    JsonShapes shapes = new JsonShapes(blocks);
    JsonNode whole = wholeOrNull(decoded.text());
    String fault = whole != null && ChatFaults.isChat(whole) ? ChatFaults.of(whole) : null;
    if (fault != null) {
      throw new Refusal(RejectionCode.DAMAGED, "The chat example is faulty: " + fault + ".");
    } else if (whole != null) {
      shapes.add(whole);
    } else {
      readLines(decoded.text(), shapes, blocks);
    }
    return new ParsedDocument(
        source.type().mediaType(), decoded.charset(), null, null, blocks.list());
  }

  private static @Nullable JsonNode wholeOrNull(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      JsonNode node = MAPPER.readTree(parser);
      boolean more = parser.nextToken() != null;
      return node == null || more ? null : node;
    } catch (IOException e) {
      // not one value: lines, or broken, which the lines will tell
      return null;
    }
  }

  private static void readLines(String text, JsonShapes shapes, Blocks blocks) throws Refusal {
    List<String> lines = TextLines.split(text);
    ArrayNode values = MAPPER.createArrayNode();
    int good = 0;
    int bad = 0;
    int firstBad = 0;
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (line.isEmpty()) {
        continue;
      }
      try {
        JsonNode value = MAPPER.readTree(line);
        String fault = ChatFaults.isChat(value) ? ChatFaults.of(value) : null;
        if (fault == null) {
          values.add(value);
        } else {
          blocks.warn("line " + number + ": " + fault + ", left out");
        }
        good++;
      } catch (JsonProcessingException e) {
        bad++;
        firstBad = firstBad == 0 ? number : firstBad;
        blocks.warn("line " + number + ": not JSON, left out");
      }
    }
    shapes.add(values);
    if (bad > good) {
      throw new Refusal(
          RejectionCode.DAMAGED,
          "The file is not valid JSON: line " + firstBad + " cannot be read. Export it again.");
    }
  }

  /** Whether the beginning of a text is JSON as far as it goes. */
  static boolean looksLikeJson(String start) {
    int tokens = 0;
    try (JsonParser parser = MAPPER.createParser(start)) {
      JsonToken token = parser.nextToken();
      while (token != null && tokens < 50) {
        tokens++;
        token = parser.nextToken();
      }
      return tokens > 1;
    } catch (IOException e) {
      // cut off inside a value is fine, prose in braces breaks at once
      return tokens > 3;
    }
  }
}
