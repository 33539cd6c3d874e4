package dev.migaki.documents;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The stored form of a parsed document: UTF-8 JSON whose bytes depend on the document alone.
 *
 * <p>Written by hand, field by field, because the artifact's hash is the document's identity: a
 * renamed accessor or another mapper setting must not change it.
 */
public final class ParsedDocumentJson {

  /** Media type of the stored form. */
  public static final String MEDIA_TYPE = "application/vnd.migaki.parsed+json";

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          .build();
  private static final ObjectMapper MAPPER = new ObjectMapper(FACTORY);

  private ParsedDocumentJson() {}

  /** The document's JSON: same document, same bytes. */
  public static byte[] write(ParsedDocument document) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = FACTORY.createGenerator(bytes)) {
      json.writeStartObject();
      json.writeStringField("mediaType", document.mediaType());
      writeOptional(json, "charset", document.charset());
      writeOptional(json, "language", document.language());
      writeOptional(json, "title", document.title());
      json.writeArrayFieldStart("blocks");
      for (Block block : document.blocks()) {
        writeBlock(json, block);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException when the bytes are no parsed document
   */
  public static ParsedDocument read(byte[] json) {
    try {
      JsonNode root = MAPPER.readTree(json);
      List<Block> blocks = new ArrayList<>();
      for (JsonNode block : root.path("blocks")) {
        blocks.add(readBlock(block));
      }
      return new ParsedDocument(
          required(root, "mediaType"),
          optional(root, "charset"),
          optional(root, "language"),
          optional(root, "title"),
          blocks);
    } catch (JsonParseException e) {
      // the parser's own message would quote the document
      throw new IllegalArgumentException(
          "not a parsed document: JSON ends or breaks at line " + e.getLocation().getLineNr());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void writeBlock(JsonGenerator json, Block block) throws IOException {
    json.writeStartObject();
    if (block instanceof Block.Heading heading) {
      json.writeStringField("type", "heading");
      json.writeNumberField("level", heading.level());
      json.writeStringField("text", heading.text());
    } else if (block instanceof Block.Paragraph paragraph) {
      json.writeStringField("type", "paragraph");
      json.writeStringField("text", paragraph.text());
    } else if (block instanceof Block.ListItem item) {
      json.writeStringField("type", "list-item");
      json.writeNumberField("depth", item.depth());
      json.writeStringField("text", item.text());
    } else if (block instanceof Block.Table table) {
      writeTable(json, table);
    } else if (block instanceof Block.Code code) {
      json.writeStringField("type", "code");
      json.writeStringField("text", code.text());
    } else if (block instanceof Block.Turn turn) {
      json.writeStringField("type", "turn");
      json.writeStringField("role", turn.role().name());
      writeOptional(json, "speaker", turn.speaker());
      json.writeStringField("text", turn.text());
    } else if (block instanceof Block.QuestionAnswer pair) {
      json.writeStringField("type", "question-answer");
      json.writeStringField("question", pair.question());
      json.writeStringField("answer", pair.answer());
    } else if (block instanceof Block.Chat chat) {
      writeChat(json, chat);
    }
    json.writeNumberField("page", block.page());
    json.writeEndObject();
  }

  private static void writeTable(JsonGenerator json, Block.Table table) throws IOException {
    json.writeStringField("type", "table");
    json.writeBooleanField("hasHeader", table.hasHeader());
    json.writeArrayFieldStart("rows");
    for (List<String> row : table.rows()) {
      json.writeStartArray();
      for (String cell : row) {
        json.writeString(cell);
      }
      json.writeEndArray();
    }
    json.writeEndArray();
  }

  private static void writeChat(JsonGenerator json, Block.Chat chat) throws IOException {
    json.writeStringField("type", "chat");
    writeMessages(json, "messages", chat.messages());
    if (!chat.rejected().isEmpty()) {
      writeMessages(json, "rejected", chat.rejected());
    }
  }

  private static void writeMessages(JsonGenerator json, String name, List<Block.Message> messages)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (Block.Message message : messages) {
      json.writeStartObject();
      json.writeStringField("role", message.role());
      json.writeStringField("content", message.content());
      if (message.weight() == 0) {
        json.writeNumberField("weight", 0);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static Block readBlock(JsonNode node) {
    int page = node.path("page").asInt();
    String type = required(node, "type");
    return switch (type) {
      case "heading" -> new Block.Heading(node.path("level").asInt(), required(node, "text"), page);
      case "paragraph" -> new Block.Paragraph(required(node, "text"), page);
      case "list-item" ->
          new Block.ListItem(required(node, "text"), node.path("depth").asInt(), page);
      case "table" -> new Block.Table(readRows(node), node.path("hasHeader").asBoolean(), page);
      case "code" -> new Block.Code(required(node, "text"), page);
      case "turn" ->
          new Block.Turn(
              Block.Role.valueOf(required(node, "role")),
              optional(node, "speaker"),
              required(node, "text"),
              page);
      case "question-answer" ->
          new Block.QuestionAnswer(required(node, "question"), required(node, "answer"), page);
      case "chat" ->
          new Block.Chat(
              readMessages(node.path("messages")), readMessages(node.path("rejected")), page);
      default -> throw new IllegalArgumentException("unknown block type: " + type);
    };
  }

  private static List<List<String>> readRows(JsonNode table) {
    List<List<String>> rows = new ArrayList<>();
    for (JsonNode row : table.path("rows")) {
      List<String> cells = new ArrayList<>(row.size());
      row.forEach(cell -> cells.add(cell.asText()));
      rows.add(cells);
    }
    return rows;
  }

  private static List<Block.Message> readMessages(JsonNode array) {
    List<Block.Message> messages = new ArrayList<>();
    for (JsonNode message : array) {
      messages.add(
          new Block.Message(
              required(message, "role"),
              required(message, "content"),
              message.path("weight").asInt(1)));
    }
    return messages;
  }

  private static void writeOptional(JsonGenerator json, String name, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(name, value);
    }
  }

  private static String required(JsonNode node, String name) {
    String value = optional(node, name);
    if (value == null) {
      throw new IllegalArgumentException("not a parsed document: \"" + name + "\" is missing");
    }
    return value;
  }

  private static @Nullable String optional(JsonNode node, String name) {
    JsonNode value = node.get(name);
    return value == null || value.isNull() ? null : value.asText();
  }
}
