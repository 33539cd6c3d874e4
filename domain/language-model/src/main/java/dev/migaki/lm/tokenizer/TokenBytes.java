package dev.migaki.lm.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.migaki.lm.InvalidModelException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;

/**
 * The bytes that each token stands for: what a decoder that works token by token needs, because one
 * character may be spread over several tokens.
 *
 * <p>Knows the two notations in use: byte-level BPE (GPT-2's table of printable stand-ins) and
 * SentencePiece ({@code ▁} for a space, {@code <0xE3>} for a byte). Immutable.
 */
public final class TokenBytes {

  private static final byte[] NONE = {};
  private static final int[] BYTE_OF_CHARACTER = byteLevelAlphabet();

  private final byte[][] bytes;
  private final boolean[] special;
  private final boolean stripsFirstSpace;

  private TokenBytes(byte[][] bytes, boolean[] special, boolean stripsFirstSpace) {
    this.bytes = bytes;
    this.special = special;
    this.stripsFirstSpace = stripsFirstSpace;
  }

  /**
   * @param file a {@code tokenizer.json}
   * @throws InvalidModelException when it cannot be read
   */
  public static TokenBytes read(Path file) {
    JsonNode json;
    try {
      json = new ObjectMapper().readTree(Files.readAllBytes(file));
    } catch (IOException e) {
      throw new InvalidModelException(
          "Cannot read the tokenizer " + file + ": " + e.getMessage(), e);
    }
    boolean byteLevel = json.path("decoder").toString().contains("\"ByteLevel\"");
    JsonNode vocabulary = json.path("model").path("vocab");
    int size = 0;
    for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
      size = Math.max(size, entry.getValue().asInt() + 1);
    }
    for (JsonNode token : json.path("added_tokens")) {
      size = Math.max(size, token.path("id").asInt() + 1);
    }
    byte[][] bytes = new byte[size][];
    Arrays.fill(bytes, NONE);
    for (Map.Entry<String, JsonNode> entry : vocabulary.properties()) {
      String written = entry.getKey();
      bytes[entry.getValue().asInt()] =
          byteLevel ? byteLevelToken(written) : sentencePieceToken(written);
    }
    boolean[] special = new boolean[size];
    for (JsonNode token : json.path("added_tokens")) {
      int id = token.path("id").asInt();
      special[id] = token.path("special").asBoolean(false);
      bytes[id] = token.path("content").asText().getBytes(StandardCharsets.UTF_8);
    }
    return new TokenBytes(bytes, special, !byteLevel && stripsFirstSpace(json.path("decoder")));
  }

  /** Number of ids, unused ones included. */
  public int size() {
    return bytes.length;
  }

  /** The bytes of a token, empty for an id that no text has; shared, not to be changed. */
  public byte[] of(int token) {
    return token < 0 || token >= bytes.length ? NONE : bytes[token];
  }

  /** Whether a token is markup that is no part of any text. */
  public boolean isSpecial(int token) {
    return token >= 0 && token < special.length && special[token];
  }

  /** Whether a text's first space is an artefact of the tokenizer. */
  public boolean stripsFirstSpace() {
    return stripsFirstSpace;
  }

  private static boolean stripsFirstSpace(JsonNode decoder) {
    return decoder.toString().contains("\"Metaspace\"") || decoder.toString().contains("\"Strip\"");
  }

  private static byte[] byteLevelToken(String written) {
    byte[] bytes = new byte[written.length()];
    for (int i = 0; i < bytes.length; i++) {
      char character = written.charAt(i);
      int value = character < BYTE_OF_CHARACTER.length ? BYTE_OF_CHARACTER[character] : -1;
      if (value < 0) {
        return written.getBytes(StandardCharsets.UTF_8);
      }
      bytes[i] = (byte) value;
    }
    return bytes;
  }

  private static byte[] sentencePieceToken(String written) {
    if (written.length() == 6 && written.startsWith("<0x") && written.endsWith(">")) {
      return new byte[] {(byte) Integer.parseInt(written.substring(3, 5), 16)};
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(written.replace('\u2581', ' ').getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  /** GPT-2's {@code bytes_to_unicode}, inverted: printable bytes stand for themselves. */
  private static int[] byteLevelAlphabet() {
    int[] bytes = new int[0x180];
    Arrays.fill(bytes, -1);
    int next = 0x100;
    for (int value = 0; value < 256; value++) {
      boolean printable =
          (value >= '!' && value <= '~')
              || (value >= 0xA1 && value <= 0xAC)
              || (value >= 0xAE && value <= 0xFF);
      bytes[printable ? value : next++] = value;
    }
    return bytes;
  }
}
